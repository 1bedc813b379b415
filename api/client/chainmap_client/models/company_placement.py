from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CompanyPlacement")


@_attrs_define
class CompanyPlacement:
    """A segment a company is in.

    Attributes:
        chain_id (str):
        confidence (float):
        evidence (str):
        role (str): make, rd, serve or trade
        segment (str):
        segment_id (str):
    """

    chain_id: str
    confidence: float
    evidence: str
    role: str
    segment: str
    segment_id: str

    def to_dict(self) -> dict[str, Any]:
        chain_id = self.chain_id

        confidence = self.confidence

        evidence = self.evidence

        role = self.role

        segment = self.segment

        segment_id = self.segment_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain_id": chain_id,
                "confidence": confidence,
                "evidence": evidence,
                "role": role,
                "segment": segment,
                "segment_id": segment_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chain_id = d.pop("chain_id")

        confidence = d.pop("confidence")

        evidence = d.pop("evidence")

        role = d.pop("role")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        company_placement = cls(
            chain_id=chain_id,
            confidence=confidence,
            evidence=evidence,
            role=role,
            segment=segment,
            segment_id=segment_id,
        )

        return company_placement
