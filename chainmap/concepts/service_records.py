"""Records of the service itself: snapshots, companies, questions, jobs, saved lists, audit."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chainmap.concepts.json_kinds import WHOLE, Flag, Number
from chainmap.concepts.plain_text import ONE_LINE
from chainmap.concepts.record_days import Day
from chainmap.concepts.records import Record, SegmentRecord

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), ONE_LINE
]


class SnapshotRecord(Record):
    """What every answer rests on: the code, the taxonomy and the data, by their hashes."""

    id: str = Field(description="Stands in `Chainmap-Snapshot` of every answer made from it")
    code_version: str
    taxonomy_sha256: str
    data_sha256: str
    models_sha256: str
    edition: dt.date = Field(description="Day of the company roster")
    coverage: str = Field(description="What the data can and cannot see")
    may_act: bool = Field(description="Whether answers may be acted on without a further check")
    saved: SavedSnapshot | None = Field(
        default=None, description="The list that was saved; null for what the service answers from"
    )


class SavedSnapshot(Record):
    """A list that was saved with all it was ranked from."""

    name: str
    content_id: str = Field(description="SHA-256 of the manifest: equal lists have equal ones")
    sha256: str = Field(description="SHA-256 of the list's canonical JSON")
    created_at: dt.datetime
    saved_by: str | None = Field(description="Key or account that saved it")
    n_targets: int
    n_candidates: int
    question: dict[str, Any]
    options: dict[str, Any]
    versions: dict[str, str] = Field(
        description="Of data, roster, models, model, taxonomy, catalogue, policy and code"
    )


class CompanyPlacement(Record):
    """A segment a company is in."""

    segment_id: str
    segment: str
    chain_id: str
    role: str = Field(description="make, rd, serve or trade")
    confidence: float
    evidence: str


class CompanySummary(Record):
    """A company of the roster, in short."""

    id: str
    name: str = Field(description="Registered name")
    short_name: str
    stock_code: str | None
    city_code: str
    city: str
    province: str
    products: list[str]
    segments: list[str] = Field(description="Ids of the segments it is in, main segment first")


class CompanyRecord(CompanySummary):
    """A company of the roster."""

    founded_year: int | None
    listed_year: int | None
    kinds: list[str]
    parent_id: str | None
    group_id: str
    source: str = Field(description="Where its facts can be checked")
    note: str
    placements: list[CompanyPlacement]


class SegmentSummary(Record):
    """A segment (环节), in short."""

    id: str
    name: str
    name_en: str
    chain_id: str
    chain: str
    group: str
    stage: str
    kind: str
    n_companies: int = Field(description="Counted as in `SegmentRecord`")
    n_citations: int


class SegmentDetail(SegmentRecord):
    """A segment with the companies in it."""

    chain: str
    companies: list[CompanySummary] = Field(
        description="Every company placed on the segment, in whatever role, by id: also who serves "
        "a product or only trades in it, whom `n_companies` does not count"
    )


class TargetQuestion(Record):
    """A question for targets, with weights of one's own."""

    city: Name = Field(examples=["330600"], description="绍兴, 绍兴市, Shaoxing or 330600")
    chain: Name | None = Field(default=None, examples=["integrated-circuits"])
    segment: Name | None = None
    as_of: Day | None = Field(default=None, description="Null is the roster's day")
    include_expired: Flag = False
    top: Annotated[int, Field(strict=True, ge=1, le=500), WHOLE] = 20
    per_segment: Annotated[int, Field(strict=True, ge=0, le=500), WHOLE] = Field(
        default=3, description="0 is no limit"
    )
    weights: dict[str, Annotated[Number, Field(ge=0, le=3, allow_inf_nan=False)]] = Field(
        default={},
        max_length=32,
        description="What each family named is multiplied by; the others by 1",
        examples=[{"affinity": 0.5}],
    )
    mode: Literal["chain", "industry", "leader", "advantage"] | None = Field(
        default=None, description="产业链招商, 目标产业招商, 龙头引商, 优势资源引商"
    )
    leader: Name | None = Field(default=None, description="Leading firm; only with mode leader")
    industries: list[Name] = Field(
        default=[], max_length=20, description="Groups or chains; only with mode industry"
    )
    home: Name | None = Field(
        default=None, description="Province or city of the firms", examples=["上海"]
    )
    listed: Flag | None = Field(default=None, description="Only firms that are (not) listed")
    title: Name | None = Field(default=None, description="Only firms that bear this public title")
    kind: Literal["build", "fill", "strengthen", "extend"] | None = Field(
        default=None, description="Only firms ranked for gaps of this kind"
    )


class ListRequest(Record):
    """A target list to be made and kept."""

    name: Name
    question: TargetQuestion


class BatchRequest(Record):
    """The same question for many cities; each answer is kept as a list."""

    name: Name
    cities: list[Name] = Field(min_length=1, max_length=400)
    question: TargetQuestion = Field(description="Its city is replaced by each of `cities`")


class ImportAsked(Record):
    """A file that was sent to be imported."""

    what: Literal["companies", "projects"]
    name: str = Field(description="As the sender calls it")
    sha256: str
    bytes: int
    as_of: dt.date | None


class CatalogueBuild(Record):
    """A catalogue (招商目录) to be drafted."""

    city: Name
    year: Annotated[int, Field(strict=True, ge=2000, le=2100), WHOLE] | None = None
    per_chain: Annotated[int, Field(strict=True, ge=1, le=100), WHOLE] | None = Field(
        default=None, description="Most items per chain"
    )


class PresenceBuild(Record):
    """The workspace's companies to be placed and counted."""

    as_of: Day | None = None


class JobRecord(Record):
    """A job: work that goes on after the request."""

    id: str
    kind: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float = Field(ge=0, le=1)
    step: str
    attempts: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    result: dict[str, Any] | None
    problem: dict[str, Any] | None


class SavedListSummary(Record):
    """A list that is kept, without its content."""

    id: str
    name: str
    kind: str
    snapshot_id: str = Field(description="What it was made from; may be older than today's")
    sha256: str = Field(description="Hash of its content")
    created_at: dt.datetime
    question: dict[str, Any]
    content_id: str | None = Field(
        default=None, description="Snapshot of all inputs; null for lists kept without them"
    )
    saved_by: str | None = Field(default=None, description="Key or account that saved it")


class AuditRecord(Record):
    """One entry of the audit log; its digest is over its fields and the digest before."""

    seq: int
    at: str
    actor: str
    action: str
    object: str
    outcome: str
    detail: str
    request_id: str
    previous: str
    digest: str
