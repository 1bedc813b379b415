from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ApprovalAsked")


@_attrs_define
class ApprovalAsked:
    """An approval (审定): who, when, why, and what it takes the place of.

    Attributes:
        by (str): Office or position; a person's name is refused
        date (datetime.date):
        in_use (str): Version in use as far as the approver knows, empty where there is none yet; 409 where it has
            changed since
        why (str | Unset):  Default: ''.
    """

    by: str
    date: datetime.date
    in_use: str
    why: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        by = self.by

        date = self.date.isoformat()

        in_use = self.in_use

        why = self.why

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "by": by,
                "date": date,
                "in_use": in_use,
            }
        )
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        by = d.pop("by")

        date = datetime.date.fromisoformat(d.pop("date"))

        in_use = d.pop("in_use")

        why = d.pop("why", UNSET)

        approval_asked = cls(
            by=by,
            date=date,
            in_use=in_use,
            why=why,
        )

        return approval_asked
