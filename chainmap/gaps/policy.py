"""Policy weight (政策权重): how strongly plans in force name a segment, seen from one city."""

from __future__ import annotations

import datetime as dt

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.provenance import Citation, PolicySource
from chainmap.sources.places import City

SCOPE_STRENGTH = {CiteScope.SEGMENT: 1.0, CiteScope.GROUP: 0.6, CiteScope.CHAIN: 0.3}
"""How much a passage says about one segment when it names it, its group, or its whole chain."""

LEVEL_STRENGTH = {"city": 1.0, "province": 0.8, "nation": 0.6}
"""methods 8.3: a city's own plan binds it most."""

SHOWN_CITATIONS = 3
"""Passages listed with a gap; more would bury the one that matters."""


def applies_to(document: PolicySource, city: City) -> bool:
    """Return whether a document governs the city: its own, its province's, or the nation's."""
    own = {"city": city.code, "province": city.province_code}
    return document.level == "nation" or document.region_code == own[document.level]


def policy_weights(
    library: ChainLibrary, city: City, as_of: dt.date, include_expired: bool = False
) -> pl.DataFrame:
    """Return each segment's policy weight for a city, by segment.

    The weight is 1 − Π(1 − s·l) over passages of plans that govern the city and are in force on
    `as_of`, with s by `SCOPE_STRENGTH` and l by `LEVEL_STRENGTH`.

    Returns:
        `segment_id, policy_weight` (0..1), `policy_scope` (nearest counted scope or null),
        `citations` (ids: counted ones first, then expired or foreign ones as background).

    Source:
        methods 8.3, without wording strength and age decay.
    """
    rows = []
    for segment_id in sorted(library.segments):
        missed, scope = 1.0, None
        shown: list[tuple[int, str]] = []
        for near, citation in library.cited(segment_id):
            document = library.documents[citation.document]
            counts = applies_to(document, city) and (include_expired or document.in_force(as_of))
            if counts:
                missed *= 1.0 - SCOPE_STRENGTH[near] * LEVEL_STRENGTH[document.level]
                scope = scope or near.value
            shown.append((_background_order(document, city, counts), citation.id))
        ids = [citation_id for _, citation_id in sorted(shown, key=lambda s: s[0])]
        rows.append((segment_id, round(1.0 - missed, 12), scope, ids[:SHOWN_CITATIONS]))
    return pl.DataFrame(
        rows,
        schema={
            "segment_id": pl.String,
            "policy_weight": pl.Float64,
            "policy_scope": pl.String,
            "citations": pl.List(pl.String),
        },
        orient="row",
    )


def citation_label(library: ChainLibrary, citation_id: str, as_of: dt.date) -> str:
    """Return a citation as a reader sees it: 《title》box, marked when the plan is over."""
    citation: Citation = library.citations[citation_id]
    document = library.documents[citation.document]
    over = (
        "" if document.in_force(as_of) else f"（规划期至{document.period.end}年，已到期，仅供背景）"
    )
    return f"《{document.title}》{citation.box}{over}"


def _background_order(document: PolicySource, city: City, counts: bool) -> int:
    if counts:
        return 0
    return 1 if applies_to(document, city) else 2
