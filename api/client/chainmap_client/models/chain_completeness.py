from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="ChainCompleteness")


@_attrs_define
class ChainCompleteness:
    """How much of a chain the city has (产业链完整度), weighted by criticality.

    Attributes:
        chain (str):
        chain_id (str):
        completeness (float): With makers the data may not show
        completeness_high (float):
        completeness_low (float):
        engagement (float):
        n_present (int):
        n_segments (int):
        percentile (float | None): Share of peers below the city
        seen (float): Share that the data shows
    """

    chain: str
    chain_id: str
    completeness: float
    completeness_high: float
    completeness_low: float
    engagement: float
    n_present: int
    n_segments: int
    percentile: float | None
    seen: float

    def to_dict(self) -> dict[str, Any]:
        chain = self.chain

        chain_id = self.chain_id

        completeness = self.completeness

        completeness_high = self.completeness_high

        completeness_low = self.completeness_low

        engagement = self.engagement

        n_present = self.n_present

        n_segments = self.n_segments

        percentile: float | None
        percentile = self.percentile

        seen = self.seen

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain": chain,
                "chain_id": chain_id,
                "completeness": completeness,
                "completeness_high": completeness_high,
                "completeness_low": completeness_low,
                "engagement": engagement,
                "n_present": n_present,
                "n_segments": n_segments,
                "percentile": percentile,
                "seen": seen,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chain = d.pop("chain")

        chain_id = d.pop("chain_id")

        completeness = d.pop("completeness")

        completeness_high = d.pop("completeness_high")

        completeness_low = d.pop("completeness_low")

        engagement = d.pop("engagement")

        n_present = d.pop("n_present")

        n_segments = d.pop("n_segments")

        def _parse_percentile(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        percentile = _parse_percentile(d.pop("percentile"))

        seen = d.pop("seen")

        chain_completeness = cls(
            chain=chain,
            chain_id=chain_id,
            completeness=completeness,
            completeness_high=completeness_high,
            completeness_low=completeness_low,
            engagement=engagement,
            n_present=n_present,
            n_segments=n_segments,
            percentile=percentile,
            seen=seen,
        )

        return chain_completeness
