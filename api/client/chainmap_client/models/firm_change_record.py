from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.firm_change_record_move import FirmChangeRecordMove

if TYPE_CHECKING:
    from ..models.firm_change_record_parts import FirmChangeRecordParts
    from ..models.firm_change_record_parts_120 import FirmChangeRecordParts120


T = TypeVar("T", bound="FirmChangeRecord")


@_attrs_define
class FirmChangeRecord:
    """What became of one firm between two lists, and through what.

    Attributes:
        company (str):
        company_id (str):
        move (FirmChangeRecordMove):
        parts (FirmChangeRecordParts): What of the rise is due to the firm's data and the city's measured need, to
            policy and catalogue, the model, the parameters, the other firms, and the program; two decimals that add up to
            the rise
        parts_120 (FirmChangeRecordParts120): The same, exact: Shapley values in 120ths of a rank
        rank_after (int | None):
        rank_before (int | None): Null where the list does not hold it
        rise (int): Ranks it rose, below 0 it fell; a list that does not hold it counts as one rank behind that list's
            end
        segment_after (None | str):
        segment_before (None | str):
    """

    company: str
    company_id: str
    move: FirmChangeRecordMove
    parts: FirmChangeRecordParts
    parts_120: FirmChangeRecordParts120
    rank_after: int | None
    rank_before: int | None
    rise: int
    segment_after: None | str
    segment_before: None | str

    def to_dict(self) -> dict[str, Any]:
        company = self.company

        company_id = self.company_id

        move = self.move.value

        parts = self.parts.to_dict()

        parts_120 = self.parts_120.to_dict()

        rank_after: int | None
        rank_after = self.rank_after

        rank_before: int | None
        rank_before = self.rank_before

        rise = self.rise

        segment_after: None | str
        segment_after = self.segment_after

        segment_before: None | str
        segment_before = self.segment_before

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "company": company,
                "company_id": company_id,
                "move": move,
                "parts": parts,
                "parts_120": parts_120,
                "rank_after": rank_after,
                "rank_before": rank_before,
                "rise": rise,
                "segment_after": segment_after,
                "segment_before": segment_before,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.firm_change_record_parts import FirmChangeRecordParts  # noqa: PLC0415
        from ..models.firm_change_record_parts_120 import FirmChangeRecordParts120  # noqa: PLC0415

        d = dict(src_dict)
        company = d.pop("company")

        company_id = d.pop("company_id")

        move = FirmChangeRecordMove(d.pop("move"))

        parts = FirmChangeRecordParts.from_dict(d.pop("parts"))

        parts_120 = FirmChangeRecordParts120.from_dict(d.pop("parts_120"))

        def _parse_rank_after(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank_after = _parse_rank_after(d.pop("rank_after"))

        def _parse_rank_before(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank_before = _parse_rank_before(d.pop("rank_before"))

        rise = d.pop("rise")

        def _parse_segment_after(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        segment_after = _parse_segment_after(d.pop("segment_after"))

        def _parse_segment_before(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        segment_before = _parse_segment_before(d.pop("segment_before"))

        firm_change_record = cls(
            company=company,
            company_id=company_id,
            move=move,
            parts=parts,
            parts_120=parts_120,
            rank_after=rank_after,
            rank_before=rank_before,
            rise=rise,
            segment_after=segment_after,
            segment_before=segment_before,
        )

        return firm_change_record
