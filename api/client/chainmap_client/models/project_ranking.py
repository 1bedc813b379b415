from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.project_basis import ProjectBasis
    from ..models.project_ranking_counts import ProjectRankingCounts
    from ..models.project_ranking_weights import ProjectRankingWeights
    from ..models.ranked_project import RankedProject


T = TypeVar("T", bound="ProjectRanking")


@_attrs_define
class ProjectRanking:
    """A city's projects: the ranked ones first, then the rest with the reason.

    Attributes:
        basis (ProjectBasis): What an answer about projects rests on.
        counts (ProjectRankingCounts): Projects by state
        n_projects (int): All projects looked at; the counts add up to it
        projects (list[RankedProject]):
        weights (ProjectRankingWeights): Priority and relation as numbers
    """

    basis: ProjectBasis
    counts: ProjectRankingCounts
    n_projects: int
    projects: list[RankedProject]
    weights: ProjectRankingWeights

    def to_dict(self) -> dict[str, Any]:
        basis = self.basis.to_dict()

        counts = self.counts.to_dict()

        n_projects = self.n_projects

        projects = []
        for projects_item_data in self.projects:
            projects_item = projects_item_data.to_dict()
            projects.append(projects_item)

        weights = self.weights.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "basis": basis,
                "counts": counts,
                "n_projects": n_projects,
                "projects": projects,
                "weights": weights,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.project_basis import ProjectBasis  # noqa: PLC0415
        from ..models.project_ranking_counts import ProjectRankingCounts  # noqa: PLC0415
        from ..models.project_ranking_weights import ProjectRankingWeights  # noqa: PLC0415
        from ..models.ranked_project import RankedProject  # noqa: PLC0415

        d = dict(src_dict)
        basis = ProjectBasis.from_dict(d.pop("basis"))

        counts = ProjectRankingCounts.from_dict(d.pop("counts"))

        n_projects = d.pop("n_projects")

        projects = []
        _projects = d.pop("projects")
        for projects_item_data in _projects:
            projects_item = RankedProject.from_dict(projects_item_data)

            projects.append(projects_item)

        weights = ProjectRankingWeights.from_dict(d.pop("weights"))

        project_ranking = cls(
            basis=basis,
            counts=counts,
            n_projects=n_projects,
            projects=projects,
            weights=weights,
        )

        return project_ranking
