from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.mention_record_change import MentionRecordChange

if TYPE_CHECKING:
    from ..models.passage_note import PassageNote


T = TypeVar("T", bound="MentionRecord")


@_attrs_define
class MentionRecord:
    """What one round does with one field.

    Attributes:
        change (MentionRecordChange):
        in_force (bool): Whether one of them is in force
        passages (list[PassageNote]):
        plans (list[str]): Ids of the round's plans that name the field
        region (str):
        year (int | None):
    """

    change: MentionRecordChange
    in_force: bool
    passages: list[PassageNote]
    plans: list[str]
    region: str
    year: int | None

    def to_dict(self) -> dict[str, Any]:
        change = self.change.value

        in_force = self.in_force

        passages = []
        for passages_item_data in self.passages:
            passages_item = passages_item_data.to_dict()
            passages.append(passages_item)

        plans = self.plans

        region = self.region

        year: int | None
        year = self.year

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "change": change,
                "in_force": in_force,
                "passages": passages,
                "plans": plans,
                "region": region,
                "year": year,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.passage_note import PassageNote  # noqa: PLC0415

        d = dict(src_dict)
        change = MentionRecordChange(d.pop("change"))

        in_force = d.pop("in_force")

        passages = []
        _passages = d.pop("passages")
        for passages_item_data in _passages:
            passages_item = PassageNote.from_dict(passages_item_data)

            passages.append(passages_item)

        plans = cast(list[str], d.pop("plans"))

        region = d.pop("region")

        def _parse_year(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        year = _parse_year(d.pop("year"))

        mention_record = cls(
            change=change,
            in_force=in_force,
            passages=passages,
            plans=plans,
            region=region,
            year=year,
        )

        return mention_record
