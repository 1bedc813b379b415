"""The panorama (产业链全景图) as a record: stages, groups and segments with a city's numbers."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from chainmap.concepts.records import Record

StateName = Literal["strong", "present", "weak", "absent", "unknown"]

STATE_ZH: dict[StateName, str] = {
    "strong": "强",
    "present": "有",
    "weak": "弱",
    "absent": "缺",
    "unknown": "数据不足",
}
"""How a reader sees a segment's state, strongest first."""

STATE_EN: dict[StateName, str] = {
    "strong": "strong",
    "present": "present",
    "weak": "weak",
    "absent": "absent",
    "unknown": "not enough data",
}


class PanoramaSegment(Record):
    """A segment as a chip of the panorama."""

    id: str
    name: str
    name_en: str
    kind: str = Field(description="product or service")
    state: StateName = Field(description="strong, present, weak, absent, unknown (too little data)")
    n_companies: int = Field(description="Companies of the roster in the city")
    n_leaders: int
    n_nation: int = Field(description="Companies of the roster anywhere")
    expected: float = Field(description="Companies to be expected from the city's size")
    theta: float = Field(description="Posterior mean of the location quotient")
    theta_low: float = Field(description="Lower end of its 90% interval")
    theta_high: float
    gap_kind: str | None = Field(default=None, description="build, fill, strengthen, extend")
    gap_kind_zh: str | None = None
    gap_rank: int | None = Field(default=None, description="Rank among the chain's gaps")
    gap_rank_low: int | None = Field(default=None, description="Lower end of its 90% interval")
    gap_rank_high: int | None = None
    gap_score: float | None = None
    suppliers: list[str] = Field(description="Segments that supply it, any chain")
    users: list[str] = Field(description="Segments it supplies, any chain")

    def called(self, lang: str) -> str:
        """Return its name in `zh` or `en`."""
        return self.name_en if lang == "en" else self.name


class PanoramaGroup(Record):
    """A box of the panorama."""

    id: str
    name: str
    name_en: str
    segments: list[PanoramaSegment]

    def called(self, lang: str) -> str:
        """Return its name in `zh` or `en`."""
        return self.name_en if lang == "en" else self.name


class PanoramaStage(Record):
    """A column of the panorama; support is the band below the columns."""

    stage: str
    name: str
    name_en: str
    groups: list[PanoramaGroup]

    def called(self, lang: str) -> str:
        """Return its name in `zh` or `en`."""
        return self.name_en if lang == "en" else self.name

    @property
    def segments(self) -> list[PanoramaSegment]:
        """The segments of all its groups, in drawing order."""
        return [segment for group in self.groups for segment in group.segments]


class Panorama(Record):
    """A chain with one city's numbers; stages left to right, support last, empty ones left out."""

    city_code: str
    city: str
    city_en: str
    chain_id: str
    chain: str
    chain_en: str
    edition: dt.date = Field(description="Day of the company roster")
    enough_data: bool
    coverage: str = Field(description="What the data can and cannot see")
    stages: list[PanoramaStage]

    @property
    def segments(self) -> list[PanoramaSegment]:
        """Every segment in drawing order."""
        return [segment for stage in self.stages for segment in stage.segments]

    def count(self, *states: StateName) -> int:
        """Return how many segments are in one of `states`."""
        return sum(segment.state in states for segment in self.segments)
