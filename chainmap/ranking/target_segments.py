"""Lists of firms for a city and a segment, and lists of firms nobody looked at before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chainmap.concepts.identifiers import chain_of
from chainmap.ranking.known import Floats, Ints, Known
from chainmap.ranking.pair_curve import shares_before
from chainmap.ranking.target_lists import Lists, ListScores, score_lists
from chainmap.ranking.tied import Flags

LEAST_CANDIDATES = 5
"""Firms a list of a city and a segment must hold besides the ones at home to be a list."""
LEAST_CITIES = 5
"""Lists below which a chain's measures are not shown."""


@dataclass(frozen=True)
class SegmentScores:
    """Measures over lists of (city, segment): firms that placement finds on the segment.

    Attributes:
        orders: Order → measures, one list a city and segment.
        city: City of each list.
        chains: Chain of each list.
        sizes: Third of each list's city: 0 small, 2 large.
    """

    orders: Mapping[str, ListScores]
    city: Ints
    chains: tuple[str, ...]
    sizes: Ints


def segment_scores(
    known: Known, happened: Flags, held: Mapping[str, Floats], thirds: Ints
) -> SegmentScores | None:
    """Return the measures of every order over lists of a city and a segment; None without any.

    Args:
        known: The universe, with the segments each firm is placed on.
        happened: Firms × cities.
        held: Order → firms × cities, made without having seen the firm.
        thirds: Third of every city of the universe by firms at home.
    """
    placed = np.flatnonzero(np.asarray(known.makes.sum(axis=1)).ravel() > 0)
    makes = known.makes[placed].toarray() > 0
    came, home = happened[placed], known.home[placed]
    pairs = [
        (int(city), int(segment))
        for segment in np.flatnonzero(makes.any(axis=0))
        for city in np.flatnonzero((came & makes[:, [segment]]).any(axis=0))
        if int((makes[:, segment] & (home != city)).sum()) > LEAST_CANDIDATES
    ]
    if not pairs:
        return None
    city, segment = (np.array(side, np.int64) for side in zip(*pairs, strict=True))
    asked = makes[:, segment] & (home[:, None] != city[None, :])
    lists = Lists(came[:, city] & asked, asked, np.arange(len(pairs)))
    return SegmentScores(
        {name: score_lists(lists, scores[placed][:, city]) for name, scores in held.items()},
        city,
        tuple(chain_of(known.segment_ids[s]) for s in segment),
        thirds[city],
    )


def chain_scores(
    known: Known, happened: Flags, held: Mapping[str, Floats]
) -> dict[str, dict[str, ListScores]]:
    """Return measures over lists of (city, chain): only firms placed on the chain's segments."""
    chains = sorted({chain_of(segment) for segment in known.segment_ids})
    found = {}
    for chain in chains:
        columns = [i for i, s in enumerate(known.segment_ids) if chain_of(s) == chain]
        on = np.asarray(known.makes[:, columns].sum(axis=1)).ravel() > 0
        came = happened & on[:, None]
        cities = np.flatnonzero(came.any(axis=0))
        if len(cities) < LEAST_CITIES:
            continue
        outside = (known.home[:, None] != cities[None, :]) & on[:, None]
        lists = Lists(came[:, cities], outside, cities)
        found[chain] = {name: score_lists(lists, s[:, cities]) for name, s in held.items()}
    return found


def within_parts(known: Known, score: Floats, part: Ints, places: Ints | None = None) -> Floats:
    """Return each score's share of the firms of its own part that it stands above, by city.

    Each part was scored by another model, and what is counted from moves (a trade's rate, the flow
    between provinces) is lower in the model that did not see the part's own: scores of two parts do
    not compare, places within them do, as the parts are drawn at random.

    Args:
        known: The universe; firms at home are in no list and do not count.
        score: Firms × cities.
        part: Part of every firm.
        places: Cities of the columns; None for all.

    Returns:
        Firms × cities, 0..1.
    """
    found = np.zeros(score.shape)
    columns = np.arange(known.n_cities) if places is None else places
    for p in np.unique(part):
        rows = np.flatnonzero(part == p)
        at_home = known.home[rows][:, None] == columns[None, :]
        found[rows] = 1.0 - shares_before(score[rows], at_home)
    return found


def firm_lists(known: Known, happened: Flags, firms: Flags) -> Lists | None:
    """Return lists of some of the firms, one a city that any of them came to; None without any."""
    came = happened & firms[:, None]
    cities = np.flatnonzero(came.any(axis=0))
    if not len(cities):
        return None
    outside = (known.home[:, None] != cities[None, :]) & firms[:, None]
    return Lists(came[:, cities], outside, cities)


def city_lists(known: Known, happened: Flags, firms: Flags) -> Lists | None:
    """Return lists of all cities but home, one a firm of some that moved; None without any."""
    rows = np.flatnonzero(happened.any(axis=1) & firms)
    if not len(rows):
        return None
    away = known.home[rows][None, :] != np.arange(known.n_cities)[:, None]
    return Lists(happened[rows].T & away, away, rows)
