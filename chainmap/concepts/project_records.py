"""Projects of lists (项目), how they rank against a catalogue, and propositions (项目建议)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from chainmap.concepts.admission import RuleAnswer
from chainmap.concepts.records import CitationRecord, Record

ProjectState = Literal["ranked", "filtered", "unmatched", "elsewhere", "completed"]
STATE_ZH: dict[ProjectState, str] = {
    "ranked": "可对接",
    "filtered": "准入不符",
    "unmatched": "未对上目录",
    "elsewhere": "意向他市",
    "completed": "已投产",
}
"""What becomes of a project in a city, as a reader sees it; every project has one."""


class ProjectRecord(Record):
    """A project as the newest lists state it; null is not stated. Money in 万元."""

    id: str = Field(description="Stable; made from the project's code, or its name and sponsor")
    code: str | None = None
    name: str
    sponsor: str | None = Field(default=None, description="投资方; never a natural person")
    place: str | None = Field(default=None, description="Place wished for, as stated")
    city_code: str | None = Field(default=None, description="GB/T 2260 of that place")
    county: str | None = None
    segment: str | None = Field(default=None, description="环节, as stated")
    chain: str | None = Field(default=None, description="产业链, as stated")
    product: str | None = None
    content: str | None = Field(default=None, description="建设内容")
    process: str | None = Field(default=None, description="Processes and product key words")
    industry_code: str | None = None
    investment_10k: float | None = Field(default=None, description="Total, 万 of the currency")
    investment_currency: str | None = Field(default=None, description="ISO 4217")
    fixed_investment_10k: float | None = Field(default=None, description="固定资产投资, CNY")
    output_10k: float | None = Field(default=None, description="达产年产值, CNY")
    tax_10k: float | None = Field(default=None, description="达产年税收, CNY")
    land_mu: float | None = None
    energy_tce: float | None = Field(default=None, description="年综合能耗, 吨标准煤")
    emissions: str | None = None
    stage: str | None = Field(default=None, description="策划, 签约, 开工 or 投产")
    guidance_class: str | None = None
    market_access: str | None = None
    foreign_access: str | None = None
    standards_met: str | None = None
    eia_approval: str | None = None
    discharge_permit: str | None = None
    zoning_fit: str | None = None
    energy_review: str | None = None
    foreign: str | None = None
    signed: dt.date | None = None
    started: dt.date | None = None
    completed: dt.date | None = None
    source: str | None = Field(default=None, description="Where the list has it from")
    first_as_of: dt.date | None = Field(default=None, description="Day of the first list with it")
    as_of: dt.date | None = Field(default=None, description="Day of the newest list with it")
    n_statements: int = Field(default=1, description="Lists that speak of it")


class SegmentMatch(Record):
    """A segment a project may belong to."""

    segment_id: str
    segment: str
    chain_id: str
    confidence: float = Field(description="0..1; below 0.9 to be confirmed by hand")
    why: str


class RankedProject(Record):
    """A project against a city's catalogue: matched, screened, scored."""

    rank: int | None = Field(description="Null where it is not ranked; see `state`")
    state: str = Field(description="ranked, filtered, unmatched, elsewhere or completed")
    state_zh: str
    project_id: str
    name: str
    sponsor: str | None
    stage: str | None
    segment_id: str | None
    segment: str | None = Field(description="Segment it was matched to")
    confidence: float | None
    to_confirm: bool = Field(description="The match is not sure; an official confirms it")
    match_why: str
    item_id: str | None = Field(description="Catalogue item it was matched to")
    item: str | None
    priority: str | None
    score: float | None = Field(description="0..100, product of the parts; no probability")
    parts: dict[str, float] = Field(description="priority, relation, confidence, size; each 0..1")
    formula: str = Field(description="The score with its inputs, in words and numbers")
    reason: str = Field(description="Why it stands where it stands, in words")
    screen: dict[str, str] = Field(description="pass, fail or unknown by metric of the terms")
    failed: list[RuleAnswer] = Field(description="Binding rules not met, each with its fact")
    to_supply: list[str] = Field(description="待补资料: what is unknown, and whom to ask")
    other_items: list[str] = Field(description="Further catalogue items it would answer to")
    project: ProjectRecord
    matches: list[SegmentMatch]
    answers: list[RuleAnswer] = Field(description="Every rule's answer, binding ones first")
    citations: list[CitationRecord] = Field(description="Policy passages behind the item")


class ProjectBasis(Record):
    """What an answer about projects rests on."""

    city_code: str
    city: str
    catalogue: str = Field(description="Version name of the catalogue")
    catalogue_label: str
    catalogue_approved: bool
    as_of: dt.date = Field(description="Day on which admission rules must be in force")
    edition: dt.date = Field(description="Day of the company roster")
    projects_sha256: str | None = Field(description="Hash of the projects; null without any")
    code_version: str
    taxonomy_sha256: str
    data_sha256: str
    coverage: str = Field(description="What the data can and cannot see")
    may_act: bool = Field(description="Whether the list may be acted on without a further check")


class ProjectRanking(Record):
    """A city's projects: the ranked ones first, then the rest with the reason."""

    basis: ProjectBasis
    n_projects: int = Field(description="All projects looked at; the counts add up to it")
    counts: dict[str, int] = Field(description="Projects by state")
    weights: dict[str, float] = Field(description="Priority and relation as numbers")
    projects: list[RankedProject]


class SizeRecord(Record):
    """How large a project a catalogue item looks for (规模区间), 万元."""

    low_10k_cny: float | None = Field(description="Null: unknown")
    high_10k_cny: float | None
    n_projects: int = Field(description="Known projects of the segment it rests on")
    text: str = Field(description="The range and what it rests on, in words")


class PropositionTerm(Record):
    """An admission term of a proposition."""

    id: str
    metric: str
    metric_zh: str
    requirement: str
    value: float | None = Field(description="Null where none is asked for, or it is not known")
    unit: str | None
    place: str
    binding: bool
    source: str
    ask: str


class SponsorRecord(Record):
    """A company to be won for a proposition (招引对象)."""

    rank: int
    company_id: str
    company: str
    short_name: str
    stock_code: str | None
    home_city_code: str
    home_city: str
    score: float = Field(description="As the target list ranks it; natural logarithm")
    chance: float = Field(description="Chance of a site of it here that makes the segment")
    usual_chance: float = Field(description="Mean chance of the candidate companies of its chain")
    reasons: list[str]
    products: list[str]
    source: str


class PropositionRecord(Record):
    """A project proposition (项目建议) made from one catalogue item."""

    rank: int
    item_id: str
    title: str
    chain_id: str
    chain: str
    segment_id: str
    segment: str
    kind: str | None
    kind_zh: str
    priority: str | None
    priority_zh: str
    direction: str
    wanted: list[str] = Field(description="Kinds of targets looked for")
    sites: list[str] = Field(description="Places that plans assign the field to")
    period: str
    size: SizeRecord
    terms: list[PropositionTerm]
    to_ask: list[str] = Field(description="Terms whose value is unknown, and whom to ask")
    reasons: list[str]
    sponsors: list[SponsorRecord] = Field(description="Ranked; rank 1 first")
    sponsor_note: str = Field(description="Why there are none, where there are none")
    citations: list[CitationRecord]


class PropositionList(Record):
    """A city's project propositions, the most urgent first."""

    basis: ProjectBasis
    chain_id: str | None
    chain: str | None
    sponsors_each: int
    propositions: list[PropositionRecord]
