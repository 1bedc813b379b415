"""The transparent baseline: a weighted mean of six features, weights on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

import polars as pl

from chainmap.errors import InputError
from chainmap.ranking.features import FEATURES
from chainmap.tables import Candidates

DEFAULT_WEIGHTS = {
    "segment_fit": 0.30,
    "gap_priority": 0.30,
    "standing": 0.15,
    "nearness": 0.10,
    "same_province": 0.05,
    "policy_naming": 0.10,
}
"""Judged, not learned: fit and need first, who they are next, where they are last.

They stay until a back-test replaces them (docs/decisions/0005)."""


@dataclass(frozen=True)
class TargetOptions:
    """Parameters of a target list, with their defaults on record.

    Attributes:
        top: Length of the list; 0 is no limit.
        per_segment: At most this many companies for one segment, so that a list shows the chain
            and not one popular segment; 0 means no limit.
        weights: Weight of each feature of `FEATURES`, ≥ 0, not all 0; scaled to sum 1.
    """

    top: int = 20
    per_segment: int = 3
    weights: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))

    def __post_init__(self) -> None:
        if self.top < 0 or self.per_segment < 0:
            raise InputError(f"top={self.top}、per_segment={self.per_segment} 应不小于 0。")
        if set(self.weights) != set(FEATURES):
            raise InputError(
                f"权重应恰好包含：{'、'.join(FEATURES)}；给出的是：{'、'.join(self.weights)}。"
            )
        if min(self.weights.values()) < 0 or sum(self.weights.values()) <= 0:
            raise InputError("权重不能为负，也不能全为 0。")

    def shares(self) -> list[float]:
        """Return the weights scaled to sum 1, in the order of `FEATURES`."""
        total = sum(self.weights.values())
        return [self.weights[name] / total for name in FEATURES]


def weights_from(changes: list[str]) -> dict[str, float]:
    """Return the default weights with `name=value` changes applied.

    Raises:
        InputError: A change names no feature or no number.
    """
    weights = dict(DEFAULT_WEIGHTS)
    for change in changes:
        name, _, value = change.partition("=")
        try:
            if name not in weights:
                raise ValueError(name)
            weights[name] = float(value)
            if not isfinite(weights[name]):
                raise ValueError(value)
        except ValueError as error:
            raise InputError(
                f"权重“{change}”应写作 名称=数值。", todo=f"可用名称：{'、'.join(weights)}。"
            ) from error
    return weights


def rank_candidates(candidates: Candidates, options: TargetOptions) -> pl.DataFrame:
    """Return the ranked companies, best first, each for the segment it scores highest in.

    score = 100 · Σ weight · feature. `parts` are the six summands in points, in the order of
    `FEATURES`, and add up to the score. Ties break by company id, so a list rebuilds byte for
    byte.

    Returns:
        Columns of `Candidates` plus `score`, `parts`, `edges` (parts minus the median candidate's)
        and `rank` 1..n.
    """
    parts = [
        (pl.col(name) * share * 100.0).round(9)
        for name, share in zip(FEATURES, options.shares(), strict=True)
    ]
    scored = candidates.with_columns(parts=pl.concat_list(parts)).with_columns(
        score=pl.col("parts").list.sum().round(9).clip(0.0, 100.0),
        edges=pl.concat_list(part - part.median() for part in parts),
    )
    ordered = scored.sort(
        ["score", "company_id", "segment_id"], descending=[True, False, False]
    ).unique("company_id", keep="first", maintain_order=True)
    if options.per_segment:
        nth = pl.int_range(pl.len()).over("segment_id")
        ordered = ordered.filter(nth < options.per_segment)
    chosen = ordered.head(options.top) if options.top else ordered
    return chosen.with_columns(rank=pl.int_range(1, chosen.height + 1, dtype=pl.Int64))
