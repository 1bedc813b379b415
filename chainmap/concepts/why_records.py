"""Answers to why a company is on a list, and why not."""

from __future__ import annotations

from pydantic import Field

from chainmap.concepts.records import Basis, CitationRecord, PolicyPart, Record, TargetRecord


class FamilyPart(Record):
    """What one family of the score adds over the city's median candidate."""

    family: str
    family_zh: str
    contribution: float = Field(description="In natural logarithms; below 0 it takes away")
    evidence: str = Field(
        description="recorded, computed, inferred, searched_none, not_searched or to_ask"
    )
    evidence_zh: str
    text: str = Field(description="What it rests on, in Chinese")


class PartnerRecord(Record):
    """A company of the city that would buy from the target or supply it."""

    company_id: str
    short_name: str
    segment_id: str
    segment: str
    side: str = Field(description="customer or supplier")
    side_zh: str
    source: str = Field(description="Where the company's facts can be checked")


class RemovalRecord(Record):
    """What taking the strongest evidence out does to the rank, worked out by ranking again."""

    family: str
    family_zh: str
    rank: int = Field(description="Among all ranked companies, without limits")
    rank_without: int
    text: str


class WhyRecord(Record):
    """Why a company stands where it does (为什么)."""

    basis: Basis
    answer: str = Field(description="The answer in short, in Chinese")
    on_list: bool = Field(description="Whether the list asked for holds it")
    rank_overall: int = Field(description="Among all ranked companies, without limits")
    n_ranked: int = Field(description="Companies ranked")
    target: TargetRecord
    families: list[FamilyPart] = Field(description="In the order of the score's families")
    strongest: RemovalRecord | None = Field(
        description="Null where it is above the median candidate in nothing"
    )
    partners: list[PartnerRecord] = Field(
        description="Companies of the city in the segment's direct users and suppliers"
    )
    passages: list[PolicyPart] = Field(description="Passages behind the policy weight")
    citations: list[CitationRecord]
    checked_at: str = Field(description="Where the company's facts can be checked, in Chinese")


class ChangeRecord(Record):
    """A change after which the list, ranked again, holds the company."""

    kind: str = Field(
        description="top, per_segment, segment, weight, makes, staff, family, selection"
    )
    kind_zh: str
    text: str = Field(description="The change in Chinese")
    amount: float | None = Field(
        description="New length, limit, weight or staff; a family's rise in natural logarithms"
    )
    family: str | None
    segment_id: str | None
    rank_after: int
    command: str | None = Field(description="Options that ask for it; null where facts must change")


class RuleFact(Record):
    """A rule that kept a company out, and the fact it rests on."""

    rule: str
    rule_source: str
    fact: str
    fact_source: str


class SegmentState(Record):
    """A segment of the company, and why the city has no gap there in the selection."""

    segment_id: str
    segment: str
    text: str


class WhyNotRecord(Record):
    """Why a company is not on a list, and what would bring it in (为什么不)."""

    basis: Basis
    given: str
    company_id: str | None = Field(description="Null where the roster does not hold it")
    company: str | None
    stage: str = Field(
        description="not_in_roster, home, group_site, not_yet, no_gap, vetoed, segment_limit, "
        "below_cut or listed: the one stage at which it fell out"
    )
    stage_zh: str
    answer: str = Field(description="The answer in short, in Chinese")
    nearest: list[str] = Field(description="Names that come close, where it is not in the roster")
    rank_overall: int | None
    n_ranked: int
    rules: list[RuleFact]
    segments: list[SegmentState]
    changes: list[ChangeRecord] = Field(
        description="The smallest change of each kind; every one verified by ranking again"
    )
    citations: list[CitationRecord]
    why: WhyRecord | None = Field(description="Where the list holds it after all")
