"""A gap as a picture: its parts as bars, and its place among the chain's gaps on both axes."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from chainmap.concepts.gap_records import GapRecord

_PARTS = (
    ("need", 0, "需求", "Need", "缺额 ×（关键度与外部依赖的平均）",
     "shortfall times the mean of criticality and outside dependence"),
    ("shortfall", 1, "缺额", "Shortfall", "比全国平均水平少多少；有企业而缺应有的龙头时有下限",
     "how far below the national level; with a floor where the leader to be expected is not"),
    ("criticality", 1, "关键度", "Criticality", "链内位置、前后向关联与供给集中",
     "its place in the chain, linkages, and how concentrated supply is"),
    ("dependence", 1, "外部依赖", "Outside dependence", "本省和 200 公里内供应不足的程度",
     "how little the province and 200 km around supply"),
    ("density_percentile", 0, "关联（本市分位）", "Relatedness (percentile)",
     "与本市现有产业的关联密度，在本市各环节中的分位",
     "relatedness to what the city has, ranked in it"),
    ("policy_weight", 0, "政策权重", "Policy weight", "在期规划点名的强度",
     "how strongly plans in force name it"),
    ("engagement", 0, "产业链参与度", "Engagement", "本市在整条链上的已有份额",
     "the city's share of the whole chain"),
)  # fmt: skip
"""Field of `GapRecord`, depth under the one above, names, and what it says; all run 0..1."""

_SIDE, _EDGE = 300.0, 34.0


class Part(NamedTuple):
    """One bar of the picture: value 0..1, and whether it is a part of the one above."""

    name: str
    value: float
    meaning: str
    sub: bool


class Dot(NamedTuple):
    """A gap on the plane of feasibility (x) and need (y), in px of a 300 × 300 picture."""

    segment_id: str
    kind: str
    x: float
    y: float
    score: float
    here: bool


class Plane(NamedTuple):
    """The plane: where its axes end, the medians' lines in px, and the dots, the one meant last."""

    x_end: float
    y_end: float
    x_median: float
    y_median: float
    dots: list[Dot]


def parts(gap: GapRecord, lang: str) -> list[Part]:
    """Return the bars of a gap's score in reading order."""
    return [
        Part(
            en if lang == "en" else zh,
            getattr(gap, field),
            meaning_en if lang == "en" else meaning_zh,
            bool(depth),
        )
        for field, depth, zh, en, meaning_zh, meaning_en in _PARTS
    ]


def plane(gaps: list[GapRecord], here: str) -> Plane:
    """Return a chain's gaps on both axes, which end just beyond the largest value."""
    x_end, y_end = (
        1.05 * max(values) for values in ([g.feasibility for g in gaps], [g.need for g in gaps])
    )
    room = _SIDE - _EDGE - 10

    def x(value: float) -> float:
        return round(_EDGE + value / max(x_end, 1e-9) * room, 1)

    def y(value: float) -> float:
        return round(_SIDE - _EDGE - value / max(y_end, 1e-9) * room, 1)

    dots = [
        Dot(g.segment_id, g.kind, x(g.feasibility), y(g.need), g.gap_score, g.segment_id == here)
        for g in gaps
    ]
    return Plane(
        x_end,
        y_end,
        x(median(g.feasibility for g in gaps)),
        y(median(g.need for g in gaps)),
        sorted(dots, key=lambda dot: dot.here),
    )
