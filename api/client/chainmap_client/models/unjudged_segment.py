from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="UnjudgedSegment")


@_attrs_define
class UnjudgedSegment:
    """A segment of which the data says too little (数据不足).

    Attributes:
        chain_id (str):
        expected (float):
        p_unseen (float):
        segment (str):
        segment_id (str):
    """

    chain_id: str
    expected: float
    p_unseen: float
    segment: str
    segment_id: str

    def to_dict(self) -> dict[str, Any]:
        chain_id = self.chain_id

        expected = self.expected

        p_unseen = self.p_unseen

        segment = self.segment

        segment_id = self.segment_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain_id": chain_id,
                "expected": expected,
                "p_unseen": p_unseen,
                "segment": segment,
                "segment_id": segment_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chain_id = d.pop("chain_id")

        expected = d.pop("expected")

        p_unseen = d.pop("p_unseen")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        unjudged_segment = cls(
            chain_id=chain_id,
            expected=expected,
            p_unseen=p_unseen,
            segment=segment,
            segment_id=segment_id,
        )

        return unjudged_segment
