"""Lists under other weights (权重): what does not hang on the weights is worked out once.

The same lists as `ranking.listing.rank_candidates` makes, number by number; a test holds the two
together. That one reads stored candidates and says what is meant; this one serves many questions
about the same candidates.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.ranking.intervals import LEAST_ROWS, REACH, nth_of_group
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.redrawing import Chosen, Redrawing
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import family_weights, makes_chance, raw_terms
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Candidates


class Place(NamedTuple):
    """One row of a list, best first.

    Attributes:
        row: Which of `Weighable.rows`.
        rank: From 1.
        rank_low: Lower end of the rank's 90% interval.
        rank_high: Upper end.
        score: As `score_candidates` has it.
        parts: One a family, in the order of `Family`.
    """

    row: int
    rank: int
    rank_low: int
    rank_high: int
    score: float
    parts: list[float]


class Rank(NamedTuple):
    """A row and its rank; attributes as those of `Place`."""

    row: int
    rank: int
    rank_low: int
    rank_high: int


class _Weighed(NamedTuple):
    """What hangs on the weights alone.

    Attributes:
        weights: In the order of `Family`.
        terms: Families × leading rows.
        utility: Of each leading row.
        ordered: Each company's best row, best first, as a number of a leading row.
        nth: How many of its segment stand before it in that order.
        middle: The median terms of all rows.
    """

    weights: Floats
    terms: Floats
    utility: Floats
    ordered: Ints
    nth: Ints
    middle: Floats

    def within_limit(self, options: TargetOptions) -> Ints:
        """Return the places in the order that the limit per segment and the length leave."""
        most = options.top or len(self.ordered)
        if not options.per_segment:
            return np.arange(min(most, len(self.ordered)))
        return np.flatnonzero(self.nth < options.per_segment)[:most]


class Weighable:
    """Candidates ready to be ranked under any weights.

    Args:
        candidates: What lists are made of.
        scorer: What they are scored with.
        options: `gamma`, `wanted_lift` and `draws`; lists are asked for with the same.

    Attributes:
        rows: The candidates no hard rule keeps out, by company and segment, with `makes`.

    Raises:
        ModelError: A feature of the scorer is not among the candidates' features.
    """

    def __init__(self, candidates: Candidates, scorer: Scorer, options: TargetOptions) -> None:
        rows = candidates.filter(pl.col("veto").is_null()).sort("company_id", "segment_id")
        makes = makes_chance(rows, scorer.rates)
        self.rows = rows.with_columns(makes=pl.Series(makes, dtype=pl.Float64))
        raw = raw_terms(rows, makes, options, scorer)
        self._middle = _middle_of(raw)
        self._never_below_0 = (raw >= 0.0).all(axis=0)
        self._every = raw
        company = rows["company_id"].rle_id().to_numpy()
        self._leading = _leading(raw, company)
        self._raw = np.ascontiguousarray(raw[self._leading].T)
        self._first = np.flatnonzero(np.diff(company[self._leading], prepend=-1))
        self._sizes = np.diff(np.append(self._first, len(self._leading)))
        segment = rows["segment_id"].rank("dense").to_numpy().astype(np.int64) - 1
        self._segment = segment[self._leading]
        self._last: _Weighed | None = None
        self._usual: _Weighed | None = None
        self._drawing: Redrawing | None = None
        if options.draws:
            drawn = self.rows[self._leading]
            self._drawing = Redrawing(drawn, self._segment, scorer, options.draws)

    def ranked(self, options: TargetOptions) -> list[Place]:
        """Return the list under these options, rank 1 first, as `rank_candidates` has it."""
        if self.rows.is_empty():
            return []
        weighed = self._weighed(options)
        at = weighed.within_limit(options)
        chosen = weighed.ordered[at]
        parts = np.round(weighed.terms[:, chosen].T - weighed.middle, 9)
        score = np.round(parts.sum(axis=1), 9)
        ranked = _ranked(self._leading[chosen], self._interval(weighed, at, options))
        columns = (*ranked, score, parts)
        return [Place(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]

    def remembered(self, options: TargetOptions) -> list[Rank] | None:
        """Return the ranks `ranked` gives, at once; None where they are not remembered.

        Only of lists under the usual weights.
        """
        if self.rows.is_empty():
            return []
        weighed = self._usual
        if weighed is None or options.custom or self._drawing is None:
            return None
        at = weighed.within_limit(options)
        n_rows = min(_reach(at), len(weighed.ordered))
        found = self._drawing.remembered(n_rows, at, options)
        if found is None:
            return None
        ranked = _ranked(self._leading[weighed.ordered[at]], found)
        return [Rank(*row) for row in zip(*(c.tolist() for c in ranked), strict=True)]

    def _weighed(self, options: TargetOptions) -> _Weighed:
        """Return what hangs on the weights alone; lists of other lengths take the same."""
        weights = family_weights(options)
        last = self._last if options.custom else self._usual
        if last is not None and np.array_equal(last.weights, weights):
            return last
        terms = np.round(self._raw * weights[:, None], 9)
        utility = np.round(terms.sum(axis=0), 9)
        ordered = self._best_first(utility)
        nth = nth_of_group(self._segment[ordered])
        made = _Weighed(weights, terms, utility, ordered, nth, self._medians(weights))
        if options.custom:
            self._last = made
        else:
            self._usual = made
        return made

    def _best_first(self, utility: Floats) -> Ints:
        """Return each company's best row, best first; ties by company, then segment."""
        best = np.maximum.reduceat(utility, self._first)
        at = np.flatnonzero(utility == np.repeat(best, self._sizes))
        row = at[np.searchsorted(at, self._first)]
        return np.asarray(row[np.argsort(-utility[row], kind="stable")])

    def _interval(self, weighed: _Weighed, at: Ints, options: TargetOptions) -> tuple[Ints, Ints]:
        if self._drawing is None:
            rank = np.arange(1, len(at) + 1)
            return rank, rank
        drawn_from = weighed.ordered[: _reach(at)]
        utility = weighed.utility[drawn_from]
        return self._drawing.interval(Chosen(drawn_from, at, utility), options)

    def _medians(self, weights: Floats) -> Floats:
        """Return each family's median term.

        Weighing and rounding keep the order, so the middle rows stay in the middle. Only the sign
        of a zero may hang on which of several zeros stands there: then they are looked for.
        """
        low, high = np.round(self._middle * weights, 9)
        middle = (low + high) / 2
        unsure = (middle == 0.0) & ~self._never_below_0
        if unsure.any():
            terms = np.round(self._every[:, unsure] * weights[unsure], 9)
            middle[unsure] = np.median(terms, axis=0)
        return np.asarray(middle)


def _leading(raw: Floats, company: Ints) -> Ints:
    """Return the rows that may be their company's best under some weights, in their order.

    Not so a row that one before it of the same company equals or surpasses in every term.
    """
    keeps = np.ones(len(raw), bool)
    most = int(np.bincount(company).max(initial=0))
    for back in range(1, most):
        surpassed = (raw[:-back] >= raw[back:]).all(axis=1) & (company[:-back] == company[back:])
        keeps[back:] &= ~surpassed
    return np.flatnonzero(keeps)


def _reach(at: Ints) -> int:
    """Return how many rows a list is drawn from that holds these places, if there are as many."""
    return max(LEAST_ROWS, REACH * (int(at[-1]) + 1))


def _ranked(rows: Ints, interval: tuple[Ints, Ints]) -> tuple[Ints, Ints, Ints, Ints]:
    """Return rows in their order with their ranks and the ends, which always hold the rank."""
    rank, (low, high) = np.arange(1, len(rows) + 1), interval
    return rows, rank, np.minimum(rank, low), np.maximum(rank, high)


def _middle_of(raw: Floats) -> NDArray[np.float64]:
    """Return the two middle values of each column, which are one where rows are odd in number."""
    if not len(raw):
        return np.zeros((2, raw.shape[1]))
    n = len(raw)
    return np.sort(raw, axis=0)[[(n - 1) // 2, n // 2]]
