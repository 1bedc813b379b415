from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PartnerRecord")


@_attrs_define
class PartnerRecord:
    """A company of the city that would buy from the target or supply it.

    Attributes:
        company_id (str):
        segment (str):
        segment_id (str):
        short_name (str):
        side (str): customer or supplier
        side_zh (str):
        source (str): Where the company's facts can be checked
    """

    company_id: str
    segment: str
    segment_id: str
    short_name: str
    side: str
    side_zh: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        company_id = self.company_id

        segment = self.segment

        segment_id = self.segment_id

        short_name = self.short_name

        side = self.side

        side_zh = self.side_zh

        source = self.source

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "company_id": company_id,
                "segment": segment,
                "segment_id": segment_id,
                "short_name": short_name,
                "side": side,
                "side_zh": side_zh,
                "source": source,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        company_id = d.pop("company_id")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        short_name = d.pop("short_name")

        side = d.pop("side")

        side_zh = d.pop("side_zh")

        source = d.pop("source")

        partner_record = cls(
            company_id=company_id,
            segment=segment,
            segment_id=segment_id,
            short_name=short_name,
            side=side,
            side_zh=side_zh,
            source=source,
        )

        return partner_record
