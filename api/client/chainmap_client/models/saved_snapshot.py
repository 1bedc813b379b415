from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.saved_snapshot_options import SavedSnapshotOptions
    from ..models.saved_snapshot_question import SavedSnapshotQuestion
    from ..models.saved_snapshot_versions import SavedSnapshotVersions


T = TypeVar("T", bound="SavedSnapshot")


@_attrs_define
class SavedSnapshot:
    """A list that was saved with all it was ranked from.

    Attributes:
        content_id (str): SHA-256 of the manifest: equal lists have equal ones
        created_at (datetime.datetime):
        n_candidates (int):
        n_targets (int):
        name (str):
        options (SavedSnapshotOptions):
        question (SavedSnapshotQuestion):
        saved_by (None | str): Key or account that saved it
        sha256 (str): SHA-256 of the list's canonical JSON
        versions (SavedSnapshotVersions): Of data, roster, models, model, taxonomy, catalogue, policy and code
    """

    content_id: str
    created_at: datetime.datetime
    n_candidates: int
    n_targets: int
    name: str
    options: SavedSnapshotOptions
    question: SavedSnapshotQuestion
    saved_by: None | str
    sha256: str
    versions: SavedSnapshotVersions

    def to_dict(self) -> dict[str, Any]:
        content_id = self.content_id

        created_at = self.created_at.isoformat()

        n_candidates = self.n_candidates

        n_targets = self.n_targets

        name = self.name

        options = self.options.to_dict()

        question = self.question.to_dict()

        saved_by: None | str
        saved_by = self.saved_by

        sha256 = self.sha256

        versions = self.versions.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "content_id": content_id,
                "created_at": created_at,
                "n_candidates": n_candidates,
                "n_targets": n_targets,
                "name": name,
                "options": options,
                "question": question,
                "saved_by": saved_by,
                "sha256": sha256,
                "versions": versions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.saved_snapshot_options import SavedSnapshotOptions  # noqa: PLC0415
        from ..models.saved_snapshot_question import SavedSnapshotQuestion  # noqa: PLC0415
        from ..models.saved_snapshot_versions import SavedSnapshotVersions  # noqa: PLC0415

        d = dict(src_dict)
        content_id = d.pop("content_id")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        n_candidates = d.pop("n_candidates")

        n_targets = d.pop("n_targets")

        name = d.pop("name")

        options = SavedSnapshotOptions.from_dict(d.pop("options"))

        question = SavedSnapshotQuestion.from_dict(d.pop("question"))

        def _parse_saved_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        saved_by = _parse_saved_by(d.pop("saved_by"))

        sha256 = d.pop("sha256")

        versions = SavedSnapshotVersions.from_dict(d.pop("versions"))

        saved_snapshot = cls(
            content_id=content_id,
            created_at=created_at,
            n_candidates=n_candidates,
            n_targets=n_targets,
            name=name,
            options=options,
            question=question,
            saved_by=saved_by,
            sha256=sha256,
            versions=versions,
        )

        return saved_snapshot
