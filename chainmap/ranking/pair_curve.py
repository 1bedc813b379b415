"""The chance that a firm comes to a city: what two models say of it, calibrated together.

One model says whether a firm moves and to which city, the other orders the city's list. Neither
knows all the other does: by the first alone, firms at the head of lists came more than twice as
often as foreseen (docs/decisions/0022).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from chainmap.calibration import Knots, calibrated, fit_knots
from chainmap.logistic import fit_logistic, logit
from chainmap.ranking.known import Floats
from chainmap.ranking.tied import Flags
from chainmap.released import rounded

_LEAST_EVENTS = 30
"""A knot rests on: of millions of pairs hardly one in two thousand happens, and steps of ten events
follow chance."""


class PairCurve(NamedTuple):
    """Calibration of the chance that this firm comes to this city.

    Attributes:
        odds: Weight of the log-odds that the firm moves and chooses the city.
        place: Weight of the log-odds of the share of the city's list that stands before it, 0 or
            less; 0 where a release has none.
        knots: Calibration of both together.
    """

    odds: float
    place: float
    knots: Knots

    def chances(self, expected: Floats, before: Floats) -> Floats:
        """Return calibrated chances, 0..1; 0 where `expected` is.

        Args:
            expected: P(the firm moves) · P(it chooses the city), before calibration.
            before: Share of the city's list that stands before the firm, from `shares_before`.
        """
        score = self._score(logit(expected), before)
        return np.where(expected > 0, calibrated(score, self.knots), 0.0)

    def _score(self, odds: Floats, before: Floats) -> Floats:
        if not self.place:
            return self.odds * odds
        return np.asarray(self.odds * odds + self.place * logit(before))


def fit_pair_curve(expected: Floats, before: Floats, happened: Flags) -> PairCurve:
    """Return the curve that makes chances as frequent as what happened.

    Args:
        expected: One a pair, by models that did not see the firm.
        before: As `PairCurve.chances` takes it.
        happened: Whether the firm came.

    Raises:
        ModelError: Nothing happened.
    """
    odds, seen = logit(expected), happened.astype(np.float64)
    both = np.column_stack([odds, logit(before)])
    _, by_odds, by_place = fit_logistic(both, seen, np.ones(len(seen)), 1e-6)
    # A firm further up must not be less likely for that.
    weights = (rounded(by_odds), rounded(by_place)) if by_odds > 0 > by_place else (1.0, 0.0)
    bare = PairCurve(*weights, Knots((0.0, 1.0), (0.0, 1.0)))
    found = fit_knots(bare._score(odds, before), seen, _LEAST_EVENTS)
    return bare._replace(knots=found.as_stored())


def shares_before(scores: Floats, at_home: Flags) -> Floats:
    """Return the share of each city's list that stands before each firm, half itself counted.

    Args:
        scores: Firms × cities; the highest stands first, equals share their places.
        at_home: Firms × cities: who is in no list of the city.

    Returns:
        Firms × cities, above 0 and below 1; 1 and more at home.
    """
    order = np.argsort(np.where(at_home, -np.inf, scores), axis=0, kind="stable")
    ranks = np.empty(order.shape)
    sorted_scores = np.take_along_axis(scores, order, axis=0)
    np.put_along_axis(ranks, order, _shared_places(sorted_scores), axis=0)
    n_home = at_home.sum(axis=0)
    return np.asarray(1.0 - (ranks - n_home + 0.5) / np.maximum(len(scores) - n_home, 1))


def _shared_places(ordered: Floats) -> Floats:
    """Return the mean place, from 0, of equal values down each rising column."""
    n = len(ordered)
    place = np.arange(n, dtype=np.float64)[:, None]
    new = np.vstack([np.ones((1, ordered.shape[1]), bool), ordered[1:] != ordered[:-1]])
    first = np.maximum.accumulate(np.where(new, place, 0.0), axis=0)
    last = np.vstack([new[1:], np.ones((1, ordered.shape[1]), bool)])
    end = np.minimum.accumulate(np.where(last, place, n)[::-1], axis=0)[::-1]
    return np.asarray((first + end) / 2)
