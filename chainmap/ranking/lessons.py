"""What is learned from moves by counting: how cities draw firms, how readily trades move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chainmap.ranking.known import Floats, Flows, Ints, Known

DRAW_PRIOR = 6.0
"""Moves added to both sides of a city's count: most cities were chosen once or twice."""
TRADE_PRIOR = 20.0
"""Firms of the average rate added to every trade."""
MOST_LOG = 4.0
"""|ln| beyond which neither table goes."""
DIGITS = 6
"""Decimals kept, so that a model read back is the model that was trained."""


@dataclass(frozen=True)
class Lessons:
    """Two tables counted from labels.

    Attributes:
        cities: City codes, ascending.
        draws: Per city, ln of the moves into it over what its firms would lead one to expect,
            both with `DRAW_PRIOR` added.
        sectors: Trades, ascending.
        rates: Per trade, ln of its moves per firm over those of all firms, shrunk.
    """

    cities: tuple[str, ...]
    draws: Floats
    sectors: tuple[str, ...]
    rates: Floats

    def draw_of(self, known: Known) -> Floats:
        """Return the draw of every city of a universe; 0, the average, where none was learned."""
        found = dict(zip(self.cities, self.draws.tolist(), strict=True))
        return np.array([found.get(code, 0.0) for code in known.cities["city_code"]])

    def rate_of(self, known: Known) -> Floats:
        """Return the rate of every firm's trade; 0, the average, where none was learned."""
        found = dict(zip(self.sectors, self.rates.tolist(), strict=True))
        return np.array([found.get(name, 0.0) for name in known.firms["sector"]])


@dataclass(frozen=True)
class Learned:
    """Moves a fit learns from.

    While a fit is under way a firm's own moves are left out of what it is told, or its label would
    be given away: its own by subtraction from the flows between provinces, those of its part of
    the firms from the lessons. Leaving out its own alone would lower a city's count just where the
    firm went.

    Attributes:
        flows: Moves between provinces.
        stated: Firms × cities, the moves that the flows count.
        part: Part of every firm.
        lessons: By part: what the firms of the other parts teach.
    """

    flows: Flows
    stated: Floats
    part: Ints
    lessons: tuple[Lessons, ...]


def lessons_of(known: Known, sites: Floats, stated: Floats, seen: Floats) -> Lessons:
    """Return the lessons of some firms' moves.

    Args:
        known: The universe.
        sites: Firms × cities, 1 where a move is learned from.
        stated: The same without a ledger's landings, which were sought city by city and say
            nothing of how cities draw.
        seen: 1 for every firm that is learned from, moved or not.
    """
    into = stated.sum(axis=0) * (known.n_firms / max(float(seen.sum()), 1.0))
    expected = known.city_size / max(float(known.city_size.sum()), 1.0) * into.sum()
    draws = np.log((into + DRAW_PRIOR) / (expected + DRAW_PRIOR))
    names = sorted(known.firms["sector"].drop_nulls().unique().to_list())
    number = {name: i for i, name in enumerate(names)}
    code = np.array([number.get(name, len(names)) for name in known.firms["sector"]], np.int64)
    moves = np.bincount(code, weights=sites.sum(axis=1), minlength=len(names) + 1)
    firms = np.bincount(code, weights=seen, minlength=len(names) + 1)
    usual = max(float(sites.sum()), 1e-9) / max(float(seen.sum()), 1.0)
    rates = np.log((moves + TRADE_PRIOR * usual) / (firms + TRADE_PRIOR) / usual)
    return Lessons(
        tuple(known.cities["city_code"]),
        np.clip(draws, -MOST_LOG, MOST_LOG).round(DIGITS),
        tuple(names),
        np.clip(rates[: len(names)], -MOST_LOG, MOST_LOG).round(DIGITS),
    )
