"""Records of the policy commands: plans, timeline of fields, goals, passages of a segment."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from chainmap.concepts.records import Record
from chainmap.concepts.register import GoalFact

Change = Literal["first", "enters", "stays", "leaves", "absent"]

Reach = Literal["own", "county", "province", "other"]

CHANGE_ZH: dict[Change, str] = {
    "first": "首见",
    "enters": "进入",
    "stays": "延续",
    "leaves": "退出",
    "absent": "",
}


class PlanRecord(Record):
    """A plan and whether it is in force on the day of the answer."""

    id: str
    title: str
    region_code: str | None
    region: str
    published: dt.date | None
    start: int | None
    end: int | None
    in_force: bool
    expired: bool
    dated: str = Field(description="What the plan's age counts from, in words")

    @property
    def state(self) -> str:
        """In force, over, or not begun, in words."""
        if self.expired:
            return "已到期"
        return "在期" if self.in_force else "未生效"

    @property
    def years(self) -> str:
        """The period as a reader sees it."""
        if self.start is None and self.end is None:
            return "期限不详"
        return f"{self.start or ''}—{self.end or ''}".strip("—") if self.start else f"至{self.end}"


class RoundRecord(Record):
    """Plans of one region that date from one year, read together."""

    region: str
    region_code: str
    year: int | None
    plans: list[PlanRecord]

    @property
    def head(self) -> str:
        """The round in a few words: region, years, state."""
        ends = [plan.end for plan in self.plans if plan.end is not None]
        years = f"{self.year or ''}—{max(ends)}" if ends else str(self.year or "")
        live = any(plan.in_force for plan in self.plans)
        return f"{self.region} {years}（{'在期' if live else self.plans[0].state}）"


class PassageNote(Record):
    """Where a plan names a field: box and code points of the raw document."""

    citation_id: str
    box: str
    start: int
    end: int
    names: list[str]


class MentionRecord(Record):
    """What one round does with one field."""

    region: str
    year: int | None
    change: Change
    plans: list[str] = Field(description="Ids of the round's plans that name the field")
    in_force: bool = Field(description="Whether one of them is in force")
    passages: list[PassageNote]


class FieldRecord(Record):
    """One field through the rounds of every region."""

    id: str
    name: str
    aliases: list[str]
    chain_id: str | None
    chain: str | None
    in_force: bool = Field(description="Whether a plan in force names it")
    remark: str = Field(description="Where the plans name it, in the curator's words")
    mentions: list[MentionRecord]


class Timeline(Record):
    """Which fields enter, stay and leave between plans."""

    as_of: dt.date
    rounds: list[RoundRecord]
    fields: list[FieldRecord]
    note: str


class GoalRecord(GoalFact):
    """A goal with its plan and place in words."""

    title: str
    reach: Reach
    in_force: bool
    expired: bool

    @property
    def identity(self) -> str:
        """What tells it from every other goal: one passage may set several."""
        said = (self.document, self.start, self.end, self.indicator, self.region, self.year)
        return "@".join(map(str, said))


class GoalRegister(Record):
    """Quantified goals of plans; for one city its own first, then its province's."""

    as_of: dt.date
    city: str | None
    plans: list[PlanRecord]
    goals: list[GoalRecord]


class TracePassage(Record):
    """One passage that names a segment."""

    kind: Literal["citation", "position", "extracted"]
    id: str
    scope: str = Field(
        description="What it names, in Chinese: 点名环节 the segment, 点名所属板块 its group, "
        "点名所属产业 its whole chain"
    )
    cite_scope: str = Field(
        description="The same as `CitationRecord.scope` has it: segment, group or chain"
    )
    document_id: str
    title: str
    sha256: str
    box: str
    start: int
    end: int
    names: list[str]
    place: str | None = None
    verb: str | None = None
    wording: float
    in_force: bool
    expired: bool
    text: Literal["absent", "at_hand", "changed"] = "absent"
    surface: str | None = Field(default=None, description="The passage itself, as in the raw file")
    sentence: str | None = Field(default=None, description="The sentence around it, spaces closed")


class Trace(Record):
    """Every passage behind a segment: its own, its group's, its chain's."""

    as_of: dt.date
    segment_id: str
    segment: str
    group: str
    chain: str
    passages: list[TracePassage]
    changed_files: list[str] = Field(description="Files that bear a document's name, not its hash")
