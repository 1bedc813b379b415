"""Lists that are kept as snapshots: what a question asks for, and whose the list becomes."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from chainmap.concepts.modes import Mode, ModeAsked, mode_asked
from chainmap.concepts.service_records import TargetQuestion
from chainmap.errors import InputError, UnknownNameError
from chainmap.gaps.world import World
from chainmap.ledger.lists import SavedList
from chainmap.nearest import nearest_names
from chainmap.pipeline import load_world, world_on
from chainmap.ranking.snapshots import ListQuestion, ListSnapshot
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import snapshot_store
from chainmap.reports.why_company import company_called
from chainmap.reports.why_modes import selection_of
from chainmap.server.provinces import find_province
from chainmap.server.questions import Asked, gap_table, of_question
from chainmap.server.service import Principal, Recorder, Service
from chainmap.server.writes import client_of
from chainmap.sources.places import find_city, load_cities

TITLES = ("世界500强", "央企", "链主", "单项冠军", "小巨人", "独角兽", "高新技术企业")
"""Public titles a reader may filter by."""


def question_of(question: TargetQuestion) -> tuple[ListQuestion, TargetOptions]:
    """Return a question in a body as a snapshot asks it, and its options.

    Raises:
        UnknownNameError: No city, chain, segment or title answers to a name.
        InputError: A weight names no family, or all are 0.
    """
    asked, options = of_question(question)
    by = mode_asked(
        Mode(question.mode) if question.mode else None, question.leader, tuple(question.industries)
    )
    listed = replace(
        _plain(asked),
        home=None if question.home is None else home_called(question.home),
        listed=question.listed,
        title=None if question.title is None else title_called(question.title),
        kind=question.kind,
    )
    return (listed if by is None else by_mode(listed, by)), options


def refuse_unanswerable(question: TargetQuestion) -> None:
    """Refuse a question no list can be made for, before anybody waits for the list.

    Raises:
        UnknownNameError: No city, chain, segment, company, industry, place or title answers to a
            name.
        InputError: A weight names no family, or all are 0; words that exclude each other.
    """
    listed, _ = question_of(question)
    if listed.asked_by is not None:
        plain, _ = of_question(question)
        world = world_on(plain.options.as_of)
        selection_of(world, plain.city, gap_table(plain), listed.asked_by, plain.chain)


def asked_by(asked: Asked, mode: ModeAsked | None, home: str | None) -> Asked:
    """Return a question by a mode (招商方式), for firms of one province or city.

    Raises:
        InputError: A mode and a segment are asked for at once.
        UnknownNameError: There is no such place, or no such leading firm.
    """
    listed = _plain(asked)
    if home is not None:
        listed = replace(listed, home=home_called(home))
    if mode is not None:
        listed = by_mode(listed, mode)
    question = as_listed(asked, listed)
    if mode is None or home is not None:
        return question
    # Industries as typed: the first that nobody knows is named.
    return replace(question, mode=replace(mode, leader=listed.leader))


def as_listed(asked: Asked, listed: ListQuestion) -> Asked:
    """Return a question with the mode and the filters of a list."""
    filters = None if listed.narrows is None else listed
    return replace(asked, mode=listed.asked_by, filters=filters)


def _plain(asked: Asked) -> ListQuestion:
    return ListQuestion(
        asked.city.code,
        asked.chain.id if asked.chain else None,
        asked.segment.id if asked.segment else None,
        asked.options.as_of,
        asked.options.include_expired,
    )


def by_mode(question: ListQuestion, mode: ModeAsked) -> ListQuestion:
    """Return a question asked by a mode (招商方式).

    Raises:
        InputError: A segment is asked for as well.
        UnknownNameError: No company answers to the leader's name.
    """
    if question.segment_id is not None:
        raise InputError("招商方式不能与单个环节同用。", todo="去掉 segment 或 mode。")
    leader = mode.leader and registered_name(world_on(question.as_of), mode.leader)
    industries = tuple(sorted(mode.industries))
    return replace(question, mode=mode.mode.value, leader=leader, industries=industries)


def registered_name(world: World, given: str) -> str:
    """Return the name by which a list is kept, however the company was called.

    Raises:
        UnknownNameError: No company answers to it.
    """
    found = pl.col("company_id") == company_called(world, given)
    return str(world.register.row(by_predicate=found, named=True)["full_name"])


def home_called(given: str) -> str:
    """Return a province or city as the places' table names it.

    Raises:
        UnknownNameError: There is none of this name.
    """
    return find_province(given) or find_city(load_cities(), given.strip()).name


def title_called(given: str) -> str:
    """Return a public title as the roster writes it.

    Raises:
        UnknownNameError: There is none of this name.
    """
    known = {*TITLES, *load_world().companies["kinds"].explode().drop_nulls()}
    if given not in known:
        raise UnknownNameError(
            "称号", given[:60], nearest_names(given[:60], sorted(known)) or TITLES
        )
    return given


def keep_snapshot(
    service: Service, write: Recorder, who: Principal, name: str, snapshot: ListSnapshot
) -> SavedList:
    """Return a snapshot as kept for somebody, file and row."""
    new = snapshot_store.new_list(name, snapshot, who.name)
    of = client_of(who), write.now
    return snapshot_store.store(write.tx, service.settings.workspace, snapshot, new, of)
