"""Policy weight (政策权重): how strongly plans in force name a segment, seen from one city."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.provenance import PolicySource
from chainmap.concepts.register import PositionFact
from chainmap.gaps.passages import (
    Passage,
    cited_passages,
    city_positions,
    elsewhere,
    lifted,
    overlap,
    speaks_of,
)
from chainmap.sources.places import City

SCOPE_STRENGTH = {CiteScope.SEGMENT: 1.0, CiteScope.GROUP: 0.6, CiteScope.CHAIN: 0.3}
"""How much a passage says about one segment when it names it, its group, or its whole chain."""

LEVEL_STRENGTH = {"city": 1.0, "province": 0.8, "nation": 0.6}
"""methods 8.3: a city's own plan binds it most."""

AGE_SCALE_YEARS = 3.0
"""methods 8.3: τ, years after which a plan's pull has fallen to 1/e."""

AGE_FLOOR = 0.2
"""Least age factor of a plan in force: it binds until its last day, and e^(-5/3) = 0.19 is what a
five-year plan (五年规划), the longest usual, would be down to by then. Expired plans, counted only
on request, have no floor."""

SHOWN_CITATIONS = 3
"""Passages listed with a gap; more would bury the one that matters."""

PARTS = pl.List(
    pl.Struct(
        {
            "passage": pl.String,
            "document": pl.String,
            "place": pl.String,
            "scope": pl.String,
            "level": pl.String,
            "verb": pl.String,
            "scope_strength": pl.Float64,
            "level_strength": pl.Float64,
            "wording": pl.Float64,
            "age_years": pl.Float64,
            "age_factor": pl.Float64,
            "contribution": pl.Float64,
        }
    )
)
"""One counted passage: contribution is the product of its four factors, each 0..1."""


class Clock(NamedTuple):
    """The day of the answer, and whether plans that are over by then count too."""

    as_of: dt.date
    include_expired: bool = False

    def counts(self, document: PolicySource) -> bool:
        """Return whether a document may drive a score: in force, or over and asked for."""
        over = self.include_expired and document.expired(self.as_of)
        return over or document.in_force(self.as_of)


class Age(NamedTuple):
    """A plan's age in years (null where nothing dates it) and what is left of its pull."""

    years: float | None
    factor: float


def applies_to(document: PolicySource, city: City) -> bool:
    """Return whether a document governs the city: its own, its province's, or the nation's."""
    own = {"city": city.code, "province": city.province_code}
    return document.level == "nation" or document.region_code == own[document.level]


def age_of(document: PolicySource, day: dt.date) -> Age:
    """Return a plan's age on `day` and e^(-age/τ), at least `AGE_FLOOR` while it is in force.

    Age counts from `PolicySource.dating`; a plan nothing dates is taken at the floor.

    Source:
        methods 8.3.
    """
    dating = document.dating()
    floor = AGE_FLOOR if document.in_force(day) else 0.0
    if dating is None:
        return Age(None, AGE_FLOOR)
    years = max(0.0, (day - dating.day).days / 365.25)
    return Age(round(years, 2), round(max(floor, math.exp(-years / AGE_SCALE_YEARS)), 12))


def policy_weights(
    library: ChainLibrary,
    city: City,
    as_of: dt.date,
    include_expired: bool = False,
    positions: Iterable[PositionFact] = (),
) -> pl.DataFrame:
    """Return each segment's policy weight for a city, by segment.

    The weight is 1 − Π(1 − s·v·l·a) over passages of plans that govern the city and are in force
    on `as_of`: s by `SCOPE_STRENGTH`, v the wording of its verb (`taxonomy/policy-verbs.yml`), l by
    `LEVEL_STRENGTH`, a by `age_of`. A position that assigns the segment's field to a place of the
    city is a passage at city level; what is said of another city's place does not count here.
    Passages that overlap in one document are one statement and
    count once, at the strongest reading. A plan whose period is over counts only with
    `include_expired`.

    Returns:
        `segment_id, policy_weight` (0..1), `policy_scope` (nearest counted scope or null),
        `citations` (ids: counted ones strongest first, then the city's expired ones, nearest scope
        first, as background; none of a plan that is not out yet),
        `policy_parts` (`PARTS`: every counted passage, strongest first).

    Source:
        methods 8.3; scope strength and positions are ours.
    """
    clock = Clock(as_of, include_expired)
    positions = tuple(positions)
    placed, away = city_positions(library, positions, city), elsewhere(positions, city)
    said_away = {d: [p for p in away if p.document == d] for d in {p.document for p in away}}
    ages = {
        name: age_of(document, as_of)
        for name, document in library.documents.items()
        if applies_to(document, city) and clock.counts(document)
    }
    rows = []
    for segment_id in sorted(library.segments):
        cited = cited_passages(library, segment_id)
        governing = [
            passage
            for passage in lifted(cited, placed.get(segment_id, []))
            if passage.document.id in ages
            and (
                passage.place is not None
                or not speaks_of(passage, said_away.get(passage.document.id, ()))
            )
        ]
        parts = _once([_part(p, library, ages[p.document.id]) for p in governing], governing)
        weight, scope = _combined(parts)
        shown = _shown([p for p in cited if not p.document.ahead(as_of)], parts, city)
        rows.append((segment_id, weight, scope, shown, parts))
    return pl.DataFrame(
        rows,
        schema={
            "segment_id": pl.String,
            "policy_weight": pl.Float64,
            "policy_scope": pl.String,
            "citations": pl.List(pl.String),
            "policy_parts": PARTS,
        },
        orient="row",
    )


Part = dict[str, str | float | None]


def _part(passage: Passage, library: ChainLibrary, age: Age) -> Part:
    factors = {
        "scope_strength": SCOPE_STRENGTH[passage.scope],
        "level_strength": LEVEL_STRENGTH[passage.level],
        "wording": library.wording.strength(passage.verb).value,
        "age_factor": age.factor,
    }
    return {
        "passage": passage.id,
        "document": passage.document.id,
        "place": passage.place,
        "scope": passage.scope.value,
        "level": passage.level,
        "verb": passage.verb,
        "age_years": age.years,
        "contribution": round(math.prod(factors.values()), 12),
        **factors,
    }


def _combined(parts: list[Part]) -> tuple[float, str | None]:
    """Return the weight of counted passages together and their nearest scope."""
    scopes = {part["scope"] for part in parts}
    missed = math.prod(1.0 - _number(part["contribution"]) for part in parts)
    nearest = next((scope.value for scope in CiteScope if scope.value in scopes), None)
    return round(1.0 - missed, 12), nearest


def _once(parts: list[Part], passages: list[Passage]) -> list[Part]:
    """Return parts strongest first, each stretch of a document once."""
    order = sorted(
        zip(parts, passages, strict=True),
        key=lambda both: (-_number(both[0]["contribution"]), both[1].document.id, both[1].start),
    )
    kept: list[tuple[Part, Passage]] = []
    for part, passage in order:
        if not any(overlap(passage, other) for _, other in kept):
            kept.append((part, passage))
    return [part for part, _ in kept]


def _shown(cited: list[Passage], parts: list[Part], city: City) -> list[str]:
    """Return the passages to show: counted ones strongest first, then the city's own background.

    What another city's or province's plan says is no source for this city.
    """
    known = [passage.id for passage in cited]
    counted = [str(part["passage"]) for part in parts if part["passage"] in known]
    background = [
        passage.id
        for passage in cited
        if passage.id not in counted and applies_to(passage.document, city)
    ]
    return [*counted, *background][:SHOWN_CITATIONS]


def _number(value: str | float | None) -> float:
    assert isinstance(value, float)
    return value
