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

from chainmap.ranking.intervals import FIRST, nth_of_group, reach
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.placed import Listed, Place, Rank, as_ranks
from chainmap.ranking.redrawing import Chosen, Redrawing
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import family_weights, makes_chance, raw_terms
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Candidates

_ROUNDED = 1e-6
"""More than rounding moves any two utilities apart."""


QUICK_COMPANIES = 3000
"""Companies of which a short list under new weights is made within some five milliseconds."""


class Weighed(NamedTuple):
    """What hangs on the weights alone.

    Attributes:
        weights: In the order of `Family`.
        ordered: Each company's best row, best first, as a number of a leading row.
        terms: Families × `ordered`.
        utility: Of `ordered`.
        nth: How many of its segment stand before each of `ordered`.
        middle: The median terms of all rows.
        spread: By how much the first utilities depart, where anything is drawn.
    """

    weights: tuple[float, ...]
    ordered: Ints
    terms: Floats
    utility: Floats
    nth: Ints
    middle: Floats
    spread: float


def within_limit(nth: Ints, options: TargetOptions) -> Ints:
    """Return the places of an order that the limit per segment and the length leave.

    Args:
        nth: How many of its segment stand before each of the order.
        options: Limit and length.
    """
    if not options.per_segment:
        return np.arange(min(options.top or len(nth), len(nth)))
    return np.flatnonzero(nth < options.per_segment)[: options.top or None]


class Weighable:
    """Candidates ready to be ranked under any weights.

    Args:
        candidates: What lists are made of.
        scorer: What they are scored with.
        options: `gamma`, `wanted_lift` and `draws`; lists are asked for with the same.

    Attributes:
        rows: The candidates no hard rule keeps out, by company and segment, with `makes`.
        leading: Numbers of those that may be their company's best under some weights, in order.

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
        self.leading = _leading(raw, company)
        self._raw = np.ascontiguousarray(raw[self.leading].T)
        self._company = company[self.leading]
        self._first = np.flatnonzero(np.diff(self._company, prepend=-1))
        self._sizes = np.diff(np.append(self._first, len(self.leading)))
        segment = rows["segment_id"].rank("dense").to_numpy().astype(np.int64) - 1
        self._segment = segment[self.leading]
        self._last: Weighed | None = None
        self._usual: Weighed | None = None
        self._drawing: Redrawing | None = None
        if options.draws:
            drawn = self.rows[self.leading]
            self._drawing = Redrawing(drawn, self._segment, scorer, options.draws)

    def at_once(self, options: TargetOptions) -> bool:
        """Return whether a short list takes but a few milliseconds."""
        last = self._last
        known = last is not None and last.weights == options.multipliers
        return known or len(self._first) <= QUICK_COMPANIES

    def ranked(self, options: TargetOptions) -> list[Place]:
        """Return the list under these options, rank 1 first, as `rank_candidates` has it."""
        return self.listed(options).places()

    def listed(self, options: TargetOptions) -> Listed:
        """Return what `ranked` does, by columns."""
        weighed = self.weighed(options)
        at = within_limit(weighed.nth, options)
        rank = np.arange(1, len(at) + 1)
        low, high = self.interval(weighed, at, _reach(weighed, at), options)
        return self.of_places(weighed, at, (rank, np.minimum(rank, low), np.maximum(rank, high)))

    def of_places(self, weighed: Weighed, at: Ints, ranks: tuple[Ints, Ints, Ints]) -> Listed:
        """Return the list of what stands at these places of the order, with these ranks."""
        parts = (weighed.terms[:, at].T - weighed.middle).round(9)
        return Listed((self.rows_at(weighed, at), *ranks), parts.sum(axis=1).round(9), parts)

    def remembered(self, options: TargetOptions) -> list[Rank] | None:
        """Return the ranks `ranked` gives, at once; None where they are not remembered.

        Only of lists under the usual weights.
        """
        weighed = self.usual(options)
        if weighed is None:
            return None
        at = within_limit(weighed.nth, options)
        found = self.remembered_interval(weighed, at, _reach(weighed, at), options)
        if found is None:
            return None
        rank, (low, high) = np.arange(1, len(at) + 1), found
        row = self.rows_at(weighed, at)
        return as_ranks((row, rank, np.minimum(rank, low), np.maximum(rank, high)))

    def rows_at(self, weighed: Weighed, at: Ints) -> Ints:
        """Return the rows at these places of the order."""
        return self.leading[weighed.ordered[at]]

    def nth_among(self, weighed: Weighed, at: Ints) -> Ints:
        """Return how many of its segment stand before each among those at these places."""
        return nth_of_group(self._segment[weighed.ordered[at]])

    def usual(self, options: TargetOptions) -> Weighed | None:
        """Return what `weighed` does of the usual weights; None of others, and where not known."""
        return None if options.custom else self._usual

    def weighed(self, options: TargetOptions) -> Weighed:
        """Return what hangs on the weights alone; lists of other lengths take the same."""
        last = self._last if options.custom else self._usual
        if last is not None and last.weights == options.multipliers:
            return last
        weights = family_weights(options)
        near = self._near(weights)
        terms = (self._raw.take(near, axis=1) * weights[:, None]).round(9)
        utility = terms.sum(axis=0).round(9)
        at = _best_first(self._company[near], utility)
        ordered = near[at]
        nth = nth_of_group(self._segment[ordered])
        of_order = (ordered, terms.take(at, axis=1), utility[at], nth)
        drawn = self._drawing if len(ordered) else None
        spread = drawn.spread(ordered[:FIRST], weights) if drawn else 0.0
        made = Weighed(options.multipliers, *of_order, self._medians(weights), spread)
        if options.custom:
            self._last = made
        else:
            self._usual = made
        return made

    def _near(self, weights: Floats) -> Ints:
        """Return leading rows, among them each company's best; hardly any others."""
        about = weights @ self._raw
        least = np.maximum.reduceat(about, self._first) - _ROUNDED
        return np.flatnonzero(about >= least.repeat(self._sizes))

    def interval(
        self, weighed: Weighed, at: Ints, n_rows: int, options: TargetOptions
    ) -> tuple[Ints, Ints]:
        """Return the ends of the 90% interval of each rank under a limit per segment.

        Args:
            weighed: The order.
            at: Places in it, all that the limit leaves up to the last of them.
            n_rows: How many of it are drawn.
            options: Limit per segment, weights.
        """
        if self._drawing is None or not len(at):
            rank = np.arange(1, len(at) + 1) if options.per_segment else at + 1
            return rank, rank
        chosen = Chosen(weighed.ordered[:n_rows], at, weighed.utility[:n_rows])
        return self._drawing.interval(chosen, options)

    def remembered_interval(
        self, weighed: Weighed, at: Ints, n_rows: int, options: TargetOptions
    ) -> tuple[Ints, Ints] | None:
        """Return what `interval` does, at once; None where it is not remembered."""
        if not len(at):
            return at, at
        if self._drawing is None:
            return None
        return self._drawing.remembered(min(n_rows, len(weighed.ordered)), at, options)

    def _medians(self, weights: Floats) -> Floats:
        """Return each family's median term.

        Weighing and rounding keep the order, so the middle rows stay in the middle. Only the sign
        of a zero may hang on which of several zeros stands there: then they are looked for.
        """
        low, high = (self._middle * weights).round(9)
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


def _best_first(company: Ints, utility: Floats) -> Ints:
    """Return the place of each company's best, best first; ties by place.

    Args:
        company: One place or more each, one company after the other.
        utility: Of each place.
    """
    others = company[1:] != company[:-1]
    if others.all():
        return (-utility).argsort(kind="stable")
    first = np.flatnonzero(np.append(True, others))
    sizes = np.diff(np.append(first, len(company)))
    best = np.flatnonzero(utility == np.maximum.reduceat(utility, first).repeat(sizes))
    first = best[best.searchsorted(first)]
    return np.asarray(first[(-utility[first]).argsort(kind="stable")])


def _reach(weighed: Weighed, at: Ints) -> int:
    """Return how many rows a list is drawn from that holds these places."""
    return reach(weighed.utility, int(at[-1]), weighed.spread) if len(at) else 0


def _middle_of(raw: Floats) -> NDArray[np.float64]:
    """Return the two middle values of each column, which are one where rows are odd in number."""
    if not len(raw):
        return np.zeros((2, raw.shape[1]))
    n = len(raw)
    return np.sort(raw, axis=0)[[(n - 1) // 2, n // 2]]
