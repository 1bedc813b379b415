from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.overlap_record import OverlapRecord


T = TypeVar("T", bound="AllocationSummary")


@_attrs_define
class AllocationSummary:
    """An allocation in numbers.

    Attributes:
        after (OverlapRecord): How alike the lists are.
        before (OverlapRecord): How alike the lists are.
        fit_loss (float): Mean over cities of 1 − mean fit
        n_conflicts (int):
        n_yields (int): Company × city that was given up
        overlap_fall (float): 1 − Jaccard after ÷ before; 0 where there was none
        score_loss (float): Mean fall of the score, natural logarithms: 0.1 is about a tenth less likely
    """

    after: OverlapRecord
    before: OverlapRecord
    fit_loss: float
    n_conflicts: int
    n_yields: int
    overlap_fall: float
    score_loss: float

    def to_dict(self) -> dict[str, Any]:
        after = self.after.to_dict()

        before = self.before.to_dict()

        fit_loss = self.fit_loss

        n_conflicts = self.n_conflicts

        n_yields = self.n_yields

        overlap_fall = self.overlap_fall

        score_loss = self.score_loss

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "after": after,
                "before": before,
                "fit_loss": fit_loss,
                "n_conflicts": n_conflicts,
                "n_yields": n_yields,
                "overlap_fall": overlap_fall,
                "score_loss": score_loss,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.overlap_record import OverlapRecord  # noqa: PLC0415

        d = dict(src_dict)
        after = OverlapRecord.from_dict(d.pop("after"))

        before = OverlapRecord.from_dict(d.pop("before"))

        fit_loss = d.pop("fit_loss")

        n_conflicts = d.pop("n_conflicts")

        n_yields = d.pop("n_yields")

        overlap_fall = d.pop("overlap_fall")

        score_loss = d.pop("score_loss")

        allocation_summary = cls(
            after=after,
            before=before,
            fit_loss=fit_loss,
            n_conflicts=n_conflicts,
            n_yields=n_yields,
            overlap_fall=overlap_fall,
            score_loss=score_loss,
        )

        return allocation_summary
