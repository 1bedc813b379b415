"""A small catalogue, drafted from four gaps written by hand."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import polars as pl

from chainmap.catalogue.build import DraftOptions, Rulebook, build_catalogue
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue import Catalogue
from chainmap.gaps.world import World
from chainmap.sources.admission_rules import load_admission_rules, load_catalogue_rules
from chainmap.tables import Gaps
from tests.world import DAY, HOME, taxonomy

PARTS_SCHEMA = pl.List(pl.Struct({"passage": pl.String, "document": pl.String, "place": pl.String}))


def part(passage: str, document: str = "cc2024", place: str | None = None) -> dict[str, Any]:
    return {"passage": passage, "document": document, "place": place}


def gap(rank: int, segment: str, kind: str, **more: Any) -> dict[str, Any]:
    chain = {"ic": "integrated-circuits", "rb": "robotics"}[segment[:2]]
    plain = {
        "city_code": HOME.code, "segment_id": segment, "chain_id": chain, "rank": rank,
        "kind": kind, "gap_score": 1.0 / (rank + 1), "policy_weight": 0.0, "policy_parts": [],
        "n_companies": 0, "expected": 0.44, "theta": 0.5,
        "local_users": [], "local_suppliers": [], "citations": [],
    }  # fmt: skip
    return plain | more


GAPS = [
    gap(
        1, "ic-resist", "fill", local_users=["ic-fab"], policy_weight=0.61234,
        policy_parts=[part("cc2024-resist"), part("cc2024@10", place="滨江园区")],
        citations=["cc2024-resist", "pp2020-mat"], theta=0.3333,
    ),
    gap(2, "ic-testing", "strengthen", n_companies=1, theta=1.2, local_users=["ic-pack"]),
    gap(3, "rb-servo", "extend", local_suppliers=["ic-fab"], citations=["pp2020-robot"]),
    gap(4, "ic-wafer", "build"),
    gap(5, "rb-arm", "build", gap_score=0.0),
]  # fmt: skip


def small() -> World:
    """The small world as far as a catalogue looks at it, with one position in the home city."""
    position = SimpleNamespace(
        document="cc2024", start=10, box="专栏1", place="滨江园区", terms=("集成电路",)
    )
    library = ChainLibrary(taxonomy())
    made = SimpleNamespace(library=library, positions=(position,), edition=DAY)
    return cast("World", made)


def frame(rows: list[dict[str, Any]] = GAPS) -> Gaps:
    made = pl.DataFrame(
        rows,
        schema_overrides={
            "policy_parts": PARTS_SCHEMA,
            "local_users": pl.List(pl.String),
            "local_suppliers": pl.List(pl.String),
            "citations": pl.List(pl.String),
        },
    )
    return cast("Gaps", made)


def catalogue(year: int = 2026, per_chain: int = 8, day: dt.date = DAY) -> Catalogue:
    rulebook = Rulebook(load_catalogue_rules(), load_admission_rules())
    return build_catalogue(small(), HOME, frame(), rulebook, DraftOptions(year, day, per_chain))
