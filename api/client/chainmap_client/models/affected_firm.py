from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="AffectedFirm")


@_attrs_define
class AffectedFirm:
    """A local firm in a segment that uses the gap's segment, or supplies it.

    Attributes:
        company_id (str):
        gains (str): supplier or customer: which a closed gap would be to it
        in_segment (str):
        in_segment_id (str):
        short_name (str):
    """

    company_id: str
    gains: str
    in_segment: str
    in_segment_id: str
    short_name: str

    def to_dict(self) -> dict[str, Any]:
        company_id = self.company_id

        gains = self.gains

        in_segment = self.in_segment

        in_segment_id = self.in_segment_id

        short_name = self.short_name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "company_id": company_id,
                "gains": gains,
                "in_segment": in_segment,
                "in_segment_id": in_segment_id,
                "short_name": short_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        company_id = d.pop("company_id")

        gains = d.pop("gains")

        in_segment = d.pop("in_segment")

        in_segment_id = d.pop("in_segment_id")

        short_name = d.pop("short_name")

        affected_firm = cls(
            company_id=company_id,
            gains=gains,
            in_segment=in_segment,
            in_segment_id=in_segment_id,
            short_name=short_name,
        )

        return affected_firm
