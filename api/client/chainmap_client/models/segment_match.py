from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="SegmentMatch")


@_attrs_define
class SegmentMatch:
    """A segment a project may belong to.

    Attributes:
        chain_id (str):
        confidence (float): 0..1; below 0.9 to be confirmed by hand
        segment (str):
        segment_id (str):
        why (str):
    """

    chain_id: str
    confidence: float
    segment: str
    segment_id: str
    why: str

    def to_dict(self) -> dict[str, Any]:
        chain_id = self.chain_id

        confidence = self.confidence

        segment = self.segment

        segment_id = self.segment_id

        why = self.why

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain_id": chain_id,
                "confidence": confidence,
                "segment": segment,
                "segment_id": segment_id,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chain_id = d.pop("chain_id")

        confidence = d.pop("confidence")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        why = d.pop("why")

        segment_match = cls(
            chain_id=chain_id,
            confidence=confidence,
            segment=segment,
            segment_id=segment_id,
            why=why,
        )

        return segment_match
