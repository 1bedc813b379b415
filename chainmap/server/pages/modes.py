"""The four modes (招商方式) on the page of targets: what may be chosen, and the list of one."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import polars as pl

from chainmap.concepts.modes import Mode, ModeAsked, mode_asked
from chainmap.errors import InputError
from chainmap.pipeline import load_world, rank_by_mode
from chainmap.ranking.modes import Selection
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports.why_modes import selection_of
from chainmap.server.catalogue_states import catalogue_in_use
from chainmap.server.pages import facts
from chainmap.tables import Recommendations

_LEADERS = 60
"""Leading firms to choose from: more than any city's readers scroll through."""


class Leader(NamedTuple):
    """A company of the city that others may be brought in around."""

    company_id: str
    name: str


class ListAsked(NamedTuple):
    """A list of a mode: a key for the cache."""

    code: str
    chain_id: str | None
    mode: ModeAsked
    weights: facts.Weights
    top: int
    per_segment: int
    catalogue: str


def chosen_mode(mode: str, leader: str, industry: str) -> ModeAsked | None:
    """Return the mode a reader chose; None for all gaps.

    Raises:
        InputError: There is no such mode, or it lacks its leading firm.
    """
    if not mode:
        return None
    if mode not in set(Mode):
        raise InputError("没有这种招商方式。", todo="请从页面上的选项中选择。")
    wanted = Mode(mode)
    named = leader if wanted is Mode.LEADER else None
    industries = (industry,) if industry and wanted is Mode.INDUSTRY else ()
    return mode_asked(wanted, named or None, industries)


@lru_cache(maxsize=256)
def leaders(code: str, chain_id: str) -> tuple[Leader, ...]:
    """Return the city's leading firms in a chain, in all where it is empty: 链主 and listed ones.

    Those in most of its segments come first.
    """
    world = load_world()
    placed: pl.DataFrame = world.placements
    if chain_id:
        segments = [one.id for one in world.library.chains[chain_id].segments]
        placed = placed.filter(pl.col("segment_id").is_in(segments))
    places = placed.group_by("company_id").len("n")
    led = pl.col("stock_code").is_not_null() | pl.col("kinds").list.contains("链主")
    rows = (
        world.companies.filter((pl.col("city_code") == code) & led)
        .join(places, on="company_id")
        .sort("n", "company_id", descending=[True, False])
        .head(_LEADERS)
    )
    return tuple(Leader(*row) for row in rows.select("company_id", "short_name").iter_rows())


def industries() -> list[str]:
    """Return the names of chains and of their groups, a chain before its groups."""
    library = load_world().library
    found: list[str] = []
    for chain in library.chains.values():
        groups = dict.fromkeys(one.group for one in chain.segments)
        found += [chain.name, *(library.groups[group].name for group in groups)]
    return list(dict.fromkeys(found))


def by_mode(
    code: str, chain_id: str | None, mode: ModeAsked, weights: facts.Weights,
    options: TargetOptions,
) -> tuple[Recommendations, Selection]:  # fmt: skip
    """Return a mode's list and what the mode selected.

    Raises:
        UnknownNameError: The leading firm or the industry is not known.
    """
    catalogue = catalogue_in_use(code)
    return _by_mode(
        ListAsked(code, chain_id, mode, weights, options.top, options.per_segment, catalogue)
    )


@lru_cache(maxsize=48)
def _by_mode(asked: ListAsked) -> tuple[Recommendations, Selection]:
    world, city = load_world(), facts.city(asked.code)
    gaps = facts.gap_table(asked.code, asked.chain_id)
    chain = world.library.chains[asked.chain_id] if asked.chain_id else None
    selection = selection_of(world, city, gaps, asked.mode, chain)
    options = TargetOptions(
        top=asked.top, per_segment=asked.per_segment, weights=dict(asked.weights)
    )
    return rank_by_mode(world, city, gaps, options, selection), selection
