from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.field_record import FieldRecord
    from ..models.round_record import RoundRecord


T = TypeVar("T", bound="Timeline")


@_attrs_define
class Timeline:
    """Which fields enter, stay and leave between plans.

    Attributes:
        as_of (datetime.date):
        fields (list[FieldRecord]):
        note (str):
        rounds (list[RoundRecord]):
    """

    as_of: datetime.date
    fields: list[FieldRecord]
    note: str
    rounds: list[RoundRecord]

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        fields = []
        for fields_item_data in self.fields:
            fields_item = fields_item_data.to_dict()
            fields.append(fields_item)

        note = self.note

        rounds = []
        for rounds_item_data in self.rounds:
            rounds_item = rounds_item_data.to_dict()
            rounds.append(rounds_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "fields": fields,
                "note": note,
                "rounds": rounds,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.field_record import FieldRecord  # noqa: PLC0415
        from ..models.round_record import RoundRecord  # noqa: PLC0415

        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        fields = []
        _fields = d.pop("fields")
        for fields_item_data in _fields:
            fields_item = FieldRecord.from_dict(fields_item_data)

            fields.append(fields_item)

        note = d.pop("note")

        rounds = []
        _rounds = d.pop("rounds")
        for rounds_item_data in _rounds:
            rounds_item = RoundRecord.from_dict(rounds_item_data)

            rounds.append(rounds_item)

        timeline = cls(
            as_of=as_of,
            fields=fields,
            note=note,
            rounds=rounds,
        )

        return timeline
