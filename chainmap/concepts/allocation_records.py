"""Records of an allocation (错位分配): lists of many cities, conflicts, overlap."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chainmap.concepts.json_kinds import WHOLE, Flag
from chainmap.concepts.plain_text import ONE_LINE
from chainmap.concepts.record_days import Day
from chainmap.concepts.records import Record

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), ONE_LINE
]
LockState = Literal["held", "expired", "not_allocated", "elsewhere"]
LOCK_STATE_ZH: dict[LockState, str] = {
    "held": "有效，已照办",
    "expired": "已过期，不计",
    "not_allocated": "有效，未进本市清单",
    "elsewhere": "有效，城市不在本次分配",
}


class TalkLock(Record):
    """A first-report, first-talk right (首报首谈): until the day no other city is pushed to it."""

    company: Name = Field(description="Id, registered name or short name")
    city: Name
    until: Day = Field(description="Last day on which it holds")


class CityLink(Record):
    """Two cities that share a target (飞地): a company both are pushed counts once."""

    city: Name
    partner: Name


class AllocationQuestion(Record):
    """What is to be allocated."""

    cities: list[Name] = Field(default=[], max_length=60, examples=[["绍兴", "宁波"]])
    province: Name | None = Field(default=None, description="All its cities", examples=["浙江"])
    chain: Name | None = None
    top: Annotated[int, Field(strict=True, ge=1, le=200), WHOLE] = Field(
        default=20, description="Places of each city's list"
    )
    max_cities: Annotated[int, Field(strict=True, ge=1, le=60), WHOLE] = Field(
        default=2, description="Cities a company at most"
    )
    per_segment: Annotated[int, Field(strict=True, ge=0, le=200), WHOLE] = Field(
        default=3, description="0 is no limit"
    )
    links: list[CityLink] = Field(default=[], max_length=60)
    locks: list[TalkLock] = Field(default=[], max_length=2000)
    as_of: Day | None = Field(default=None, description="Null is the roster's day")
    include_expired: Flag = False


class AllocatedTarget(Record):
    """One place of a city's list."""

    rank: int
    own_rank: int | None = Field(
        description="Rank in the city's own list; null: the limit per segment leaves it out there"
    )
    origin: Literal["own", "substitute", "lock"] = Field(
        description="Whether it was in the city's own list, stands in for another, or is locked"
    )
    company_id: str
    company: str
    home_city: str
    segment_id: str
    segment: str
    chain: str
    score: float = Field(description="As in the city's target list")
    fit: float = Field(description="0 is the city's median candidate, 1 the mean of its own list")
    own_plan: bool = Field(description="Whether a plan of the city itself names the segment")
    chain_share: float = Field(description="Engagement in the chain over the most engaged city's")
    also_pushed_to: list[str]
    neighbours: list[str] = Field(
        description="Near cities whose lists seek the same segment, with the distance"
    )


class CityAllocation(Record):
    """A city's list."""

    city_code: str
    city: str
    n_own: int = Field(description="Places that stand in its own list too")
    fit_loss: float = Field(description="1 − mean fit")
    score_loss: float = Field(description="Fall of the mean score, natural logarithms")
    targets: list[AllocatedTarget]


class ClaimRecord(Record):
    """A city that wants or got a company others want too."""

    city_code: str
    city: str
    own_rank: int | None
    fit: float
    wanted: bool = Field(description="Whether it stands in the city's own list")
    got: bool
    reason: str = Field(description="Why it yields, in one sentence; empty where it got it")
    substitute: str | None = Field(description="What it got instead")
    substitute_fit: float | None


class ConflictRecord(Record):
    """A company some city wants and does not get."""

    company_id: str
    company: str
    holders: list[str] = Field(description="Cities it was allocated to")
    claims: list[ClaimRecord]


class NearGapRecord(Record):
    """Two near cities that seek the same segment."""

    segment_id: str
    segment: str
    city: str
    n_targets: int = Field(description="Companies the city's list holds for it")
    neighbour: str
    n_neighbour_targets: int
    distance_km: float


class LockRecord(Record):
    """What became of a lock."""

    company: str
    city: str
    until: dt.date
    state: LockState
    note: str


class OverlapRecord(Record):
    """How alike the lists are."""

    jaccard: float = Field(description="Mean over pairs of cities, 0..1")
    shared: float = Field(description="Share of places whose company another city is pushed too")
    most_cities: int = Field(description="Cities of the company pushed to most")
    n_companies: int


class AllocationSummary(Record):
    """An allocation in numbers."""

    before: OverlapRecord
    after: OverlapRecord
    overlap_fall: float = Field(description="1 − Jaccard after ÷ before; 0 where there was none")
    fit_loss: float = Field(description="Mean over cities of 1 − mean fit")
    score_loss: float = Field(
        description="Mean fall of the score, natural logarithms: 0.1 is about a tenth less likely"
    )
    n_conflicts: int
    n_yields: int = Field(description="Company × city that was given up")


class Allocation(Record):
    """Lists of many cities made at once."""

    as_of: dt.date
    edition: dt.date
    chain: str | None
    top: int
    max_cities: int
    per_segment: int
    plan_bonus: float
    chain_bonus: float
    links: list[CityLink]
    plans_in_force: dict[str, list[str]] = Field(
        description="City → plans of the city itself; a bonus rests on them"
    )
    coverage: str
    may_act: bool
    summary: AllocationSummary
    cities: list[CityAllocation]
    conflicts: list[ConflictRecord]
    near_gaps: list[NearGapRecord]
    locks: list[LockRecord]
    notes: list[str]
