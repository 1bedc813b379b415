from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="TalkLock")


@_attrs_define
class TalkLock:
    """A first-report, first-talk right (首报首谈): until the day no other city is pushed to it.

    Attributes:
        city (str):
        company (str): Id, registered name or short name
        until (datetime.date): Last day on which it holds
    """

    city: str
    company: str
    until: datetime.date

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        company = self.company

        until = self.until.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "company": company,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        company = d.pop("company")

        until = datetime.date.fromisoformat(d.pop("until"))

        talk_lock = cls(
            city=city,
            company=company,
            until=until,
        )

        return talk_lock
