"""What leaves the house: one shape for the API, the command's JSON and every file.

Field names are a contract (`api/openapi.json`); descriptions are what a consumer reads.
"""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """A frozen record without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CitationRecord(Record):
    """A policy passage (出处) behind a statement."""

    id: str
    document_id: str
    title: str = Field(description="Title of the policy document")
    box: str = Field(description="专栏, key area or article")
    start: int = Field(description="First code point in the raw document")
    end: int = Field(description="Code point after the last")
    sha256: str = Field(description="Hash of the raw document the offsets refer to")
    names: list[str] = Field(description="Terms the passage names")
    in_force: bool = Field(description="Whether the plan's period covers the day of the answer")
    scope: str | None = Field(
        default=None,
        description="segment, group or chain: whether it names the segment itself, its group or "
        "its whole chain; null where it stands for no one segment. `TracePassage.scope` says the "
        "same in Chinese",
    )


class SegmentRecord(Record):
    """A segment (环节) of an industry chain."""

    id: str
    name: str
    name_en: str
    chain_id: str
    group_id: str
    group: str
    stage: str = Field(description="upstream, midstream, downstream or support")
    kind: str = Field(description="product or service")
    definition: str
    aliases: list[str]
    terms: list[str]
    excludes: list[str]
    industry_codes: list[str] = Field(description="GB/T 4754-2017 classes")
    emerging_codes: list[str] = Field(description="战略性新兴产业分类(2018) codes")
    suppliers: list[str] = Field(description="Segments that supply it")
    users: list[str] = Field(description="Segments it supplies")
    n_companies: int = Field(
        description="Companies of the roster that make or develop it or, where it is a service, "
        "serve it; whoever only trades in it never counts. A segment's `companies` and "
        "`searchCompanies` list every role, so that they may be longer"
    )
    citations: list[CitationRecord]


class ChainSummary(Record):
    """An industry chain (产业链), in short."""

    id: str
    name: str
    name_en: str
    summary: str
    n_groups: int
    n_segments: int
    n_companies: int = Field(
        description="Companies of the roster counted in one of its segments, each once: those that "
        "make or develop and, in a segment that is a service, serve; never whoever only trades. "
        "`searchCompanies` with `chain` lists every role, so that it may find more"
    )


class ChainRecord(ChainSummary):
    """An industry chain with its segments, in drawing order."""

    segments: list[SegmentRecord]


class CityRecord(Record):
    """A prefecture-level city."""

    code: str = Field(description="GB/T 2260")
    name: str
    short_name: str
    name_en: str
    province: str
    lon: float
    lat: float
    n_companies: int


class PolicyPart(Record):
    """One passage behind a policy weight: contribution is the product of its four factors."""

    passage: str = Field(description="Citation id, or document@offset for a position")
    document: str
    title: str
    place: str | None = Field(description="Place of the city the plan assigns the field to")
    scope: str = Field(description="What it names: segment, group or chain")
    level: str = Field(description="city, province or nation")
    verb: str | None = Field(description="Wording that governs the field, as the plan writes it")
    scope_strength: float
    level_strength: float
    wording: float = Field(description="Strength of the verb, taxonomy/policy-verbs.yml")
    age_years: float | None = Field(description="Null where nothing dates the plan")
    age_factor: float
    dated: str = Field(description="What the age counts from, in words")
    contribution: float


class Basis(Record):
    """What a list rests on, so that it can be made again."""

    city_code: str
    city: str
    chain_id: str | None
    chain: str | None = Field(description="Name of the chain asked for; null is all")
    as_of: dt.date = Field(description="Day on which plans must be in force")
    edition: dt.date = Field(description="Day of the company roster")
    include_expired: bool
    plans_in_force: list[str] = Field(description="Titles of the plans that drive the score")
    code_version: str
    taxonomy_sha256: str
    data_sha256: str
    catalogue_version: str | None = Field(description="Investment catalogue in use; null is none")
    enough_data: bool = Field(description="False: too few companies to speak of the city's gaps")
    coverage: str = Field(description="What the data can and cannot see")
    may_act: bool = Field(description="Whether the list may be acted on without a further check")
    city_en: str = Field(default="", description="Empty in lists saved before it was told")
    chain_en: str | None = Field(default=None, description="As `chain`, in English")


class TargetRecord(Record):
    """One target (招商目标企业) of a ranked list."""

    rank: int
    company_id: str
    company: str = Field(description="Registered name")
    short_name: str
    stock_code: str | None
    home_city_code: str
    home_city: str
    home_province: str
    segment_id: str
    segment: str = Field(description="The gap it would fill")
    made_segment_id: str
    made_segment: str = Field(description="The segment it is in today")
    role: str
    gap_kind: str
    gap_kind_zh: str
    score: float = Field(
        description="How far above the city's median candidate, in natural logarithms: 0.7 more is "
        "about twice as likely. The sum of the parts"
    )
    parts: dict[str, float] = Field(
        description="What each family adds over the median candidate; below 0 it takes away"
    )
    rank_low: int = Field(description="Lower end of the rank's 90% interval")
    rank_high: int = Field(description="Upper end of the rank's 90% interval")
    chance: float = Field(description="Calibrated chance that it opens a site for this here")
    usual_chance: float = Field(description="Mean chance of the candidate companies of its chain")
    makes: float = Field(description="Calibrated chance that it makes the segment")
    expands: float = Field(description="Calibrated chance of a site in any other city")
    goes_there: float = Field(description="Share of that which is this city's")
    reasons: list[str]
    reason_families: list[str] = Field(
        default=[],
        description="Family of each reason, in the same order; mode where it is the mode's ground",
    )
    counter_evidence: list[str] = Field(description="What speaks against it, or is not known")
    evidence: dict[str, str] = Field(
        description="How each family is known: recorded, computed, inferred, searched_none, "
        "not_searched, to_ask"
    )
    catalogue_item: str | None = Field(description="Item of the catalogue in use; null is none")
    wanted_met: list[str] = Field(description="Kinds of target the item asks for and it is")
    terms_met: int = Field(description="Binding terms of the item that are known to be met")
    terms_unknown: int = Field(description="Binding terms that have to be asked about")
    products: list[str]
    distance_km: float
    source: str = Field(description="Where the company's facts can be checked")
    citations: list[CitationRecord]


class TargetList(Record):
    """A ranked target list (招商目标清单) for a city."""

    basis: Basis
    weights: dict[str, float] = Field(description="What each family is multiplied by; usually 1")
    custom: bool = Field(description="Whether a weight is not 1, so that the order is one's own")
    model: str = Field(description="Release of the ranker")
    per_segment: int = Field(description="Most companies for one segment; 0 is no limit")
    mode: str | None = Field(
        default=None, description="chain, industry, leader or advantage, where one is asked for"
    )
    mode_zh: str | None = None
    selected: str | None = Field(default=None, description="What the mode selected, in Chinese")
    targets: list[TargetRecord]
