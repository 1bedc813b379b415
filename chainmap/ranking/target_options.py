"""What a target list is asked for with: length, limits, weights of the families."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.ranking.families import FAMILIES, Family

LARGEST_WEIGHT = 3.0
"""A family may count up to three times; more would let one family drown the others."""


def _ones() -> dict[str, float]:
    return dict.fromkeys(FAMILIES, 1.0)


@dataclass(frozen=True)
class TargetOptions:
    """Parameters of a target list, with their defaults on record.

    Attributes:
        top: Length of the list; 0 is no limit.
        per_segment: At most this many companies for one segment, so that a list shows the chain
            and not one popular segment; 0 means no limit.
        weights: What each family of `FAMILIES` is multiplied by, 0 to 3; 1 is as measured.
        year: Only firms and sites known at the end of this year; None is all the roster knows.
        gamma: Strength of the policy weight inside the gap score, as `GapOptions.gamma`.
        wanted_lift: How many times likelier a firm is taken to be right where it is of a kind the
            catalogue asks for; judged (docs/decisions/0023).
        draws: Draws behind the rank interval; 0 leaves it out.
    """

    top: int = 20
    per_segment: int = 3
    weights: dict[str, float] = field(default_factory=_ones)
    year: int | None = None
    gamma: float = GapOptions.gamma
    wanted_lift: float = 1.5
    draws: int = 64

    def __post_init__(self) -> None:
        if self.top < 0 or self.per_segment < 0:
            raise InputError(f"top={self.top}、per_segment={self.per_segment} 应不小于 0。")
        if set(self.weights) != set(FAMILIES):
            raise InputError(
                f"权重应恰好包含：{'、'.join(FAMILIES)}；给出的是：{'、'.join(self.weights)}。"
            )
        values = self.weights.values()
        if not all(isfinite(v) and 0.0 <= v <= LARGEST_WEIGHT for v in values):
            raise InputError(f"权重应在 0 到 {LARGEST_WEIGHT:g} 之间，1 为不调整。")
        if not any(values):
            raise InputError("权重不能全为 0。", todo="请至少保留一项。")

    @cached_property
    def multipliers(self) -> tuple[float, ...]:
        """The weights, in the order of `FAMILIES`."""
        return tuple(float(self.weights[name]) for name in FAMILIES)

    @cached_property
    def custom(self) -> bool:
        """Whether a weight differs from 1."""
        return any(weight != 1.0 for weight in self.multipliers)


def weights_from(changes: list[str]) -> dict[str, float]:
    """Return the weights with `family=value` changes applied, each 0 to 3.

    Raises:
        InputError: A change names no family or no number.
    """
    weights = _ones()
    for change in changes:
        name, _, value = change.partition("=")
        try:
            if name not in weights:
                raise ValueError(name)
            weights[name] = float(value)
        except ValueError as error:
            known = "、".join(f"{family.value}（{family.zh}）" for family in Family)
            raise InputError(
                f"权重“{change}”应写作 名称=数值，数值 0 到 {LARGEST_WEIGHT:g}。",
                todo=f"可用名称：{known}。",
            ) from error
    return weights


def year_known(day: dt.date, edition: dt.date) -> int | None:
    """Return the last year that is over on a day before the roster's own; None from that day on.

    Firms and sites are dated by year only, so that the running year is not known yet.
    """
    if day >= edition:
        return None
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1
