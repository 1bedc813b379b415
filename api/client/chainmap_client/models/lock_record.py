from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.lock_record_state import LockRecordState

T = TypeVar("T", bound="LockRecord")


@_attrs_define
class LockRecord:
    """What became of a lock.

    Attributes:
        city (str):
        company (str):
        note (str):
        state (LockRecordState):
        until (datetime.date):
    """

    city: str
    company: str
    note: str
    state: LockRecordState
    until: datetime.date

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        company = self.company

        note = self.note

        state = self.state.value

        until = self.until.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "company": company,
                "note": note,
                "state": state,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        company = d.pop("company")

        note = d.pop("note")

        state = LockRecordState(d.pop("state"))

        until = datetime.date.fromisoformat(d.pop("until"))

        lock_record = cls(
            city=city,
            company=company,
            note=note,
            state=state,
            until=until,
        )

        return lock_record
