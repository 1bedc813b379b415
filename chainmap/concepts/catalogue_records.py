"""Catalogues (招商目录) as they leave the house: items, terms, versions."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from chainmap.concepts.plain_text import ONE_LINE, SOME_LINES
from chainmap.concepts.record_days import Day
from chainmap.concepts.records import CitationRecord, Record

Office = Annotated[
    str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True), ONE_LINE
]


class TermRecord(Record):
    """One admission term (准入条件) of a catalogue."""

    id: str
    metric: str = Field(description="What is measured, such as tax_per_mu")
    metric_zh: str
    requirement: str
    value: float | None = Field(description="Null is unknown: `ask` says whom to ask")
    unit: str | None
    place: str
    place_code: str
    since: dt.date | None
    binding: bool = Field(description="False: for reference only")
    source: str | None = Field(description="Document it stands in; null is unknown")
    ask: str


class CatalogueItemRecord(Record):
    """One thing a city wants to attract (目录条目)."""

    id: str
    chain_id: str
    chain: str
    segment_id: str
    name: str
    direction: str = Field(description="What is to be attracted, in a sentence")
    kind: str | None = Field(description="build, fill, strengthen or extend; null is undecided")
    kind_zh: str | None
    priority: str | None = Field(description="high, middle or low; null is undecided")
    priority_zh: str | None
    wanted: list[str] = Field(description="Kinds of company looked for")
    wanted_zh: list[str]
    sites: list[str] = Field(description="Places of the city that plans assign the field to")
    terms: list[str] = Field(description="Ids of its admission terms")
    start_year: int
    end_year: int | None = Field(description="Null: as long as the catalogue")
    reasons: list[str]
    incentive: str = Field(description="Never drafted; text here needs fair-competition review")
    needs_review: bool = Field(description="Whether fair-competition review is due (公平竞争审查)")
    note: str
    origin: str = Field(description="draft, added or imported")
    citations: list[CitationRecord]


class CatalogueVersion(Record):
    """One version of a city's catalogue, without its items."""

    version: str = Field(description="Its name within the city, such as 2026-v1")
    version_name: str = Field(description="The name everything downstream states")
    label: str
    city_code: str
    city: str
    year: int
    status: str = Field(description="draft or approved")
    in_use: bool = Field(description="Whether targets are weighed by it")
    bundled: bool = Field(description="Whether it came with the program")
    n_items: int
    based_on: str | None = Field(description="Version it was made from")
    content_sha256: str = Field(description="Hash of what it says, whatever its standing")
    approved_by: str | None = Field(description="An office, never a person")
    approved_on: dt.date | None
    approved_why: str


class CatalogueList(Record):
    """A version of a city's catalogue with its items, in catalogue order."""

    catalogue: CatalogueVersion
    plans: list[str] = Field(description="Titles of the plans in force it rests on")
    terms: list[TermRecord]
    coverage: str = Field(description="What the data can and cannot see")
    may_act: bool = Field(description="Whether it may be acted on without a further check")
    items: list[CatalogueItemRecord]


class ApprovalAsked(Record):
    """An approval (审定): who, when, why, and what it takes the place of."""

    by: Office = Field(description="Office or position; a person's name is refused")
    date: Day
    why: Annotated[str, StringConstraints(max_length=500, strip_whitespace=True), SOME_LINES] = ""
    in_use: str = Field(
        max_length=40,
        description=(
            "Version in use as far as the approver knows, empty where there is none yet; "
            "409 where it has changed since"
        ),
    )
