"""What a catalogue (招商目录) says of a segment: targets wanted, terms met, failed, unknown."""

from __future__ import annotations

import polars as pl

from chainmap.catalogue.admission import Applicant, check_project
from chainmap.concepts.admission import AdmissionRule, Project
from chainmap.concepts.catalogue import Catalogue, CatalogueItem, Term, Wanted
from chainmap.gaps.world import World
from chainmap.sources.places import City

TITLES = {
    "世界500强": Wanted.GLOBAL_500,
    "央企": Wanted.CENTRAL_SOE,
    "链主": Wanted.CHAIN_LEADER,
    "小巨人": Wanted.LITTLE_GIANT,
    "科研院所": Wanted.INSTITUTE,
}
"""Public titles of the roster that answer to a kind of target."""

_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "segment_id": pl.String,
    "catalogue_item": pl.String,
    "wanted": pl.List(pl.String),
    "terms_met": pl.Int64,
    "terms_failed": pl.Int64,
    "terms_unknown": pl.Int64,
}


def item_terms(
    catalogue: Catalogue | None, rules: tuple[AdmissionRule, ...], world: World, city: City
) -> pl.DataFrame:
    """Return what a catalogue says of each of its segments, the first item of a segment.

    Terms are checked with nothing known but the segment and the city: a list of companies knows no
    project. Binding terms count; a term that an official entered by hand is unknown.

    Returns:
        `segment_id, catalogue_item, wanted, terms_met, terms_failed, terms_unknown`, each segment
        once; empty without a catalogue.
    """
    rows = [] if catalogue is None else [
        _row(item, _binding(item, catalogue), rules, Applicant(
            Project(name=item.name, city=city.name, segment=item.segment),
            city, world.library.segments[item.segment]), world)
        for item in catalogue.items if item.segment in world.library.segments
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=_SCHEMA).unique(
        "segment_id", keep="first", maintain_order=True
    )


def _binding(item: CatalogueItem, catalogue: Catalogue) -> list[Term]:
    return [term for term in catalogue.terms if term.id in item.admission and term.binding]


def _row(
    item: CatalogueItem,
    terms: list[Term],
    rules: tuple[AdmissionRule, ...],
    applicant: Applicant,
    world: World,
) -> dict[str, object]:
    repeated = {term.rule for term in terms if term.rule}
    asked = [rule for rule in rules if rule.id in repeated]
    found = dict(check_project(applicant, asked, world.library, world.edition).counts)
    found["unknown"] += sum(term.rule is None for term in terms)
    return {
        "segment_id": item.segment,
        "catalogue_item": item.id,
        "wanted": [wanted.value for wanted in item.wanted],
        "terms_met": found["pass"],
        "terms_failed": found["fail"],
        "terms_unknown": found["unknown"],
    }


def titles_wanted() -> pl.Expr:
    """Return which kinds of target a company's `kinds` answer to, as a list."""
    return pl.col("kinds").list.eval(
        pl.element().replace_strict(
            {title: kind.value for title, kind in TITLES.items()},
            default=None,
            return_dtype=pl.String,
        )
    ).list.drop_nulls()  # fmt: skip
