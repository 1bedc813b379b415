"""Target lists of questions under any weights and of any length, kept ready by question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chainmap.concepts.records import TargetList
from chainmap.pipeline import world_on
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.questions import Asked
from chainmap.server.recent import Recent
from chainmap.server.target_slips import Written
from chainmap.server.weighed_lists import WeighedLists

RECENT_QUESTIONS = 16
"""Questions whose candidates are kept ready, some 15 MB each for a chain, 30 for all of them: the
cities of a province ask about a chain without making anything anew."""

_recent: Recent[WeighedLists] = Recent(RECENT_QUESTIONS)


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
        question: City, day, chain or segment.
        said: The version of the city's catalogue.
    """
    usual = _usual_of(question, TargetOptions())
    name = _name(question, usual, said)

    def write(top: int, per_segment: int, shown: int | None) -> Written | None:
        lists = _recent.made(name)
        if lists is None:
            return None
        return lists.at_hand(replace(usual, top=top, per_segment=per_segment), shown)

    return write


def weighed_at_once(question: Asked, said: str) -> Callable[[TargetOptions], bytes | None]:
    """Return what writes lists of a question under any weights, where it takes no time.

    Args:
        question: City, day, chain or segment.
        said: The version of the city's catalogue.
    """
    usual = _usual_of(question, TargetOptions())
    name = _name(question, usual, said)

    def write(options: TargetOptions) -> bytes | None:
        lists = _recent.made(name)
        return None if lists is None else lists.at_once(replace(options, year=usual.year))

    return write


def _lists_of(question: Asked, options: TargetOptions) -> tuple[WeighedLists, TargetOptions]:
    """Return the lists of a question, and the options with the year that is known on its day."""
    usual = _usual_of(question, options)
    name = _name(question, usual, catalogue_state(question.city)())
    lists = _recent.get(name, lambda: WeighedLists(question, usual))
    return lists, replace(options, year=usual.year)


def _usual_of(question: Asked, options: TargetOptions) -> TargetOptions:
    """Return the options that all lists of a question share, the others as usual."""
    return TargetOptions(
        year=year_known(question.options.as_of, world_on(question.options.as_of).edition),
        gamma=options.gamma,
        wanted_lift=options.wanted_lift,
        draws=options.draws,
    )


def _name(question: Asked, usual: TargetOptions, said: str) -> str:
    return repr((
        question.city.code,
        question.options,
        question.chain and question.chain.id,
        question.segment and question.segment.id,
        usual,
        said,
    ))  # fmt: skip
