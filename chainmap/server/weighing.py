"""Target lists of questions under any weights and of any length, kept ready by question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chainmap.concepts.records import TargetList
from chainmap.pipeline import world_on
from chainmap.ranking.list_question import ListQuestion
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.narrowed_lists import NarrowedLists
from chainmap.server.questions import Asked
from chainmap.server.recent import Recent
from chainmap.server.target_slips import Written
from chainmap.server.weighed_lists import WeighedLists

RECENT_CANDIDATES = 300_000
"""Candidates of all questions kept ready, some 2.5 KB each: eleven cities ask about six chains each
without making anything anew. A chain has some four thousand for a city, all of them twelve."""

RECENT_FILTERS = 8
"""Filters of a question whose orders are kept with it. Eight of them, with what is told of their
firms, take some 6 MB more for a chain, 27 for all of them."""

Lists = WeighedLists | NarrowedLists


class _Kept:
    """The lists of a question without filters, and with those it was asked with lately."""

    def __init__(self, question: Asked, options: TargetOptions) -> None:
        self._whole = WeighedLists(question, options)
        self._narrowed: Recent[NarrowedLists] = Recent(RECENT_FILTERS)

    @property
    def size(self) -> int:
        """How many candidates are kept."""
        return self._whole.size

    def lists(self, filters: ListQuestion | None) -> Lists:
        """Return the lists the filters leave."""
        if filters is None:
            return self._whole
        return self._narrowed.get(_said(filters), lambda: NarrowedLists(self._whole, filters))

    def made(self, filters: ListQuestion | None) -> Lists | None:
        """Return the lists the filters leave, where they have been asked for."""
        return self._whole if filters is None else self._narrowed.made(_said(filters))


_recent: Recent[_Kept] = Recent(RECENT_CANDIDATES, lambda kept: kept.size)


def targets_of(question: Asked, options: TargetOptions) -> TargetList:
    """Return the ranked targets of a city."""
    lists, options = _lists_of(question, options)
    return lists.under(options)


def written_targets_of(question: Asked, options: TargetOptions) -> bytes:
    """Return the JSON of `targets_of`."""
    lists, options = _lists_of(question, options)
    return lists.written(options)


def at_hand(question: Asked, said: str) -> Callable[[int, int, int | None], Written | None]:
    """Return what writes lists of a question under the usual weights, where it takes no time.

    Args:
        question: City, day, chain or segment, mode, filters.
        said: The version of the city's catalogue.
    """
    usual = _usual_of(question, TargetOptions())
    name = _name(question, usual, said)

    def write(top: int, per_segment: int, shown: int | None) -> Written | None:
        lists = _made(name, question)
        if lists is None:
            return None
        return lists.at_hand(replace(usual, top=top, per_segment=per_segment), shown)

    return write


def weighed_at_once(question: Asked, said: str) -> Callable[[TargetOptions], bytes | None]:
    """Return what writes lists of a question under any weights, where it takes no time.

    Args:
        question: City, day, chain or segment, mode, filters.
        said: The version of the city's catalogue.
    """
    usual = _usual_of(question, TargetOptions())
    name = _name(question, usual, said)

    def write(options: TargetOptions) -> bytes | None:
        lists = _made(name, question)
        if lists is None:
            return None
        return lists.at_once(options if usual.year is None else replace(options, year=usual.year))

    return write


def _lists_of(question: Asked, options: TargetOptions) -> tuple[Lists, TargetOptions]:
    """Return the lists of a question, and the options with the year that is known on its day."""
    usual = _usual_of(question, options)
    name = _name(question, usual, catalogue_state(question.city)())
    kept = _recent.get(name, lambda: _Kept(replace(question, filters=None), usual))
    return kept.lists(question.filters), replace(options, year=usual.year)


def _made(name: str, question: Asked) -> Lists | None:
    """Return the lists of a question, where they have been asked for."""
    kept = _recent.made(name)
    return None if kept is None else kept.made(question.filters)


def _usual_of(question: Asked, options: TargetOptions) -> TargetOptions:
    """Return the options that all lists of a question share, the others as usual."""
    return TargetOptions(
        year=year_known(question.options.as_of, world_on(question.options.as_of).edition),
        gamma=options.gamma,
        wanted_lift=options.wanted_lift,
        draws=options.draws,
    )


def _name(question: Asked, usual: TargetOptions, said: str) -> str:
    """Return what the candidates hang on; filters are no part of it."""
    mode = question.mode
    return repr((
        question.city.code,
        question.options,
        question.chain and question.chain.id,
        question.segment and question.segment.id,
        mode and (mode.mode, mode.leader, sorted(mode.industries)),
        usual,
        said,
    ))  # fmt: skip


def _said(filters: ListQuestion) -> str:
    return repr(filters.narrows)
