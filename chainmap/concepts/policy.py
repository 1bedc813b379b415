"""What a policy document is made of once it has been read.

Every `start` and `end` is a code point offset into the raw decoded text, end
exclusive, with no newline translation: `raw[term.start:term.end] == term.surface`.
Raw text of a docx, pdf or html file is the text as `chainmap.sources.policy` draws it out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Offset = Annotated[int, Field(ge=0)]
DamageKind = Literal[
    "chrome",
    "pinyin",
    "stray_space",
    "wrapped_line",
    "byte_shift",
    "encoding",
    "lost_character",
    "lost_heading",
    "lost_number",
    "lost_unit",
    "lost_text",
    "broken_mark",
    "duplicate_text",
    "flattened_table",
    "inconsistent_number",
    "elsewhere",
    "unknown_layout",
]
BoxKind = Literal["zhuanlan", "key_area", "enumeration", "lead"]
TermRole = Literal["leaf", "group", "context"]
Stage = Literal["upstream", "midstream", "downstream", "support"]
Comparator = Literal["=", "≥", ">", "≤", "<", "≈", "力争"]
AdminLevel = Literal["country", "province", "city", "county", "town", "zone", "platform", "group"]
MechanismCategory = Literal[
    "精准招商",
    "招商目录",
    "产业链全景图",
    "招商数据库",
    "需求库",
    "准入",
    "跟踪服务",
    "错位发展",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Span(_Frozen):
    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _runs_forward(self) -> _Span:
        if self.end < self.start:
            raise ValueError(f"end {self.end} before start {self.start}")
        return self


class Region(_Frozen):
    """The place a document is in force for."""

    name: str
    code: str | None = None


class Period(_Frozen):
    """The years a plan covers; `horizons` are the years its goals look to, rising."""

    start: int | None = None
    end: int | None = None
    horizons: tuple[int, ...] = ()


class Document(_Frozen):
    """The card of one document; null where the text does not say."""

    file: str
    sha256: str
    title: str | None = None
    issuer: str | None = None
    region: Region | None = None
    published: str | None = Field(default=None, description="ISO date, as far as the text goes")
    period: Period = Period()
    cites: tuple[str, ...] = ()


class Damage(_Span):
    """One place where the text came in broken: repaired, or lost for good, as `note` says."""

    kind: DamageKind
    note: str


class Box(_Span):
    """One passage that states directions: a 专栏, a key area, an enumeration, a lead sentence."""

    id: str
    label: str
    title: str
    kind: BoxKind
    parent_section: str | None = None


class Item(_Span):
    """One sub-domain inside a box; `inferred` names carry the reason in `inferred_reason`."""

    id: str
    box: str
    name: str
    inferred: bool = False
    inferred_reason: str | None = None
    chain: str | None = None


class Term(_Span):
    """One product, technology or field a document names, with the verb that governs it."""

    id: str
    item: str | None = None
    box: str
    term: str
    surface: str
    verb: str | None = None
    verb_start: Offset | None = None
    verb_end: Offset | None = None
    role: TermRole = "leaf"
    chain: str | None = None
    segment: str | None = None
    stage: Stage | None = None


class GoalStatement(_Frozen):
    """What one quantified goal says; a lost unit stays null and `damaged` is true.

    `value_max` is the upper end where the text gives a range (5—6个). `growth` is a
    yearly rate in `growth_unit` (% or 个百分点). `value` is the number as printed,
    its multiplier stays in the unit (1.6, 万家). `region` is null for a place below the
    plan's own that no table knows; `indicator` then names it.
    """

    indicator: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    comparator: Comparator = "="
    year: int | None = None
    region: str | None = None
    base_value: float | None = None
    base_year: int | None = None
    growth: float | None = None
    growth_unit: str | None = None
    responsible: tuple[str, ...] = ()
    damaged: bool = False


class Goal(GoalStatement, _Span):
    """One quantified goal and its place in the text; `region_code` is that of `region`."""

    region_code: str | None = None


class Position(_Span):
    """What a document assigns to a place or platform: fields (`terms`) or a `role`."""

    place: str
    code: str | None = None
    admin_level: AdminLevel | None = None
    terms: tuple[str, ...] = ()
    role: str | None = None


class Mechanism(_Span):
    """One statement on how investment promotion is to work."""

    category: MechanismCategory
    statement: str


class PolicyExtraction(_Frozen):
    """Everything read out of one document, in text order."""

    document: Document
    damage: tuple[Damage, ...] = ()
    boxes: tuple[Box, ...] = ()
    items: tuple[Item, ...] = ()
    terms: tuple[Term, ...] = ()
    goals: tuple[Goal, ...] = ()
    positions: tuple[Position, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
