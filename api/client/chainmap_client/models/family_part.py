from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="FamilyPart")


@_attrs_define
class FamilyPart:
    """What one family of the score adds over the city's median candidate.

    Attributes:
        contribution (float): In natural logarithms; below 0 it takes away
        evidence (str): recorded, computed, inferred, searched_none, not_searched or to_ask
        evidence_zh (str):
        family (str):
        family_zh (str):
        text (str): What it rests on, in Chinese
    """

    contribution: float
    evidence: str
    evidence_zh: str
    family: str
    family_zh: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        contribution = self.contribution

        evidence = self.evidence

        evidence_zh = self.evidence_zh

        family = self.family

        family_zh = self.family_zh

        text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "contribution": contribution,
                "evidence": evidence,
                "evidence_zh": evidence_zh,
                "family": family,
                "family_zh": family_zh,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        contribution = d.pop("contribution")

        evidence = d.pop("evidence")

        evidence_zh = d.pop("evidence_zh")

        family = d.pop("family")

        family_zh = d.pop("family_zh")

        text = d.pop("text")

        family_part = cls(
            contribution=contribution,
            evidence=evidence,
            evidence_zh=evidence_zh,
            family=family,
            family_zh=family_zh,
            text=text,
        )

        return family_part
