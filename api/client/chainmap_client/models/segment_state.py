from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="SegmentState")


@_attrs_define
class SegmentState:
    """A segment of the company, and why the city has no gap there in the selection.

    Attributes:
        segment (str):
        segment_id (str):
        text (str):
    """

    segment: str
    segment_id: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        segment = self.segment

        segment_id = self.segment_id

        text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "segment": segment,
                "segment_id": segment_id,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        text = d.pop("text")

        segment_state = cls(
            segment=segment,
            segment_id=segment_id,
            text=text,
        )

        return segment_state
