"""Questions about a city, answered: the one place where the API runs the steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.days import typed_day
from chainmap.concepts.gap_records import GapList
from chainmap.concepts.modes import ModeAsked
from chainmap.concepts.service_records import TargetQuestion
from chainmap.errors import InputError
from chainmap.gaps.peers import peer_group, province_peers
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, world_on
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.list_question import ListQuestion
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports.gap_records import GapView, gap_list
from chainmap.sources.asked_days import asked_day
from chainmap.sources.places import City, find_city
from chainmap.tables import GAPS, Gaps

_RECENT_GAPS = 64
"""Gap tables kept, some 100 KB each: a list under other weights starts from the same gaps."""


@dataclass(frozen=True)
class Asked:
    """A question about a city, its names found.

    Attributes:
        options: Day for the plans in force and the companies, and whether expired plans count.
        chain: Only this chain.
        segment: Only this segment; its chain is then `chain`.
        mode: The mode (招商方式) lists are asked for by.
        filters: The list asked for, where filters narrow it.
    """

    city: City
    options: GapOptions
    chain: Chain | None = None
    segment: Segment | None = None
    mode: ModeAsked | None = None
    filters: ListQuestion | None = None


def asked(
    city: str,
    chain: str | None = None,
    segment: str | None = None,
    options: GapOptions | None = None,
) -> Asked:
    """Return a question with its names found.

    Raises:
        UnknownNameError: No city, chain or segment answers to a name.
    """
    world = load_world()
    found = city_called(city)
    wanted_chain = world.library.find_chain(chain) if chain is not None else None
    wanted = world.library.find_segment(segment, wanted_chain) if segment is not None else None
    if wanted is not None and wanted_chain is None:
        wanted_chain = world.library.chain_of(wanted.id)
    return Asked(found, options or GapOptions(as_of=world.edition), wanted_chain, wanted)


def city_called(name: str) -> City:
    """Return the city a name means, as `find_city` does.

    Raises:
        UnknownNameError: No city answers to it.
    """
    return _city_called(name.strip())  # spaces around a name are no names of their own


@lru_cache(maxsize=1024)
def _city_called(name: str) -> City:
    return find_city(load_world().cities, name)


@lru_cache(maxsize=_RECENT_GAPS)
def _gaps(city: City, options: GapOptions, chain_id: str | None) -> Gaps:
    world = world_on(options.as_of)
    chain = world.library.chains[chain_id] if chain_id is not None else None
    return find_gaps(world, city, options, chain)


def gap_table(question: Asked) -> Gaps:
    """Return all gaps of a question, best first; of its chain where it names one."""
    chain = question.chain
    return _gaps(question.city, question.options, chain.id if chain is not None else None)


def of_question(question: TargetQuestion) -> tuple[Asked, TargetOptions]:
    """Return what a question in a body asks.

    Raises:
        UnknownNameError: No city, chain or segment answers to a name.
        InputError: A weight names no family, all are 0, or nothing is known of the day.
    """
    options = GapOptions(as_of=asked_day(question.as_of), include_expired=question.include_expired)
    wanted = options_of(question)
    return asked(question.city, question.chain, question.segment, options), wanted


def options_of(question: TargetQuestion) -> TargetOptions:
    """Return length, limit per segment and weights of a question in a body.

    Raises:
        InputError: A weight names no family, or all are 0.
    """
    unknown = sorted(question.weights.keys() - set(FAMILIES))
    if unknown:
        raise InputError(
            f"没有得分类别“{unknown[0][:60]}”。", todo=f"可用：{'、'.join(FAMILIES)}。"
        )
    return TargetOptions(
        top=question.top,
        per_segment=question.per_segment,
        weights=dict.fromkeys(FAMILIES, 1.0) | question.weights,
    )


def gaps_of(
    question: Asked, top: int | None, peers: str | None = None, kind: str | None = None
) -> GapList:
    """Return the gaps of a city, best first; of one kind where one is asked for.

    Args:
        question: City, day and chain.
        top: How many are shown; None is all.
        peers: As `gaps.peers.peer_group` takes it; None is the cities of the province.
        kind: build, fill, strengthen or extend.

    Raises:
        InputError: No such peer group.
    """
    world = world_on(question.options.as_of)
    gaps = gap_table(question)
    if kind is not None:
        gaps = GAPS.check(gaps.filter(pl.col("kind") == kind))
    if peers is None:
        group = province_peers(question.city, world.presence, world.cities)
    else:
        group = peer_group(question.city, peers, world.presence, world.cities)
    view = GapView(question.chain, group, top)
    return gap_list(world, question.city, gaps, question.options, view)


def gap_options(as_of: str | None, include_expired: bool) -> GapOptions:
    """Return the gap options of a request.

    Raises:
        InputError: The day does not exist, or nothing is known of it.
    """
    day = asked_day(None) if as_of is None else asked_day(typed_day(as_of))
    return GapOptions(as_of=day, include_expired=include_expired)
