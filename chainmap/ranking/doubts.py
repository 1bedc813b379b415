"""What is left open about candidates, as draws: Latin hypercube sampling.

Every uncertain number runs through the same levels of its distribution, each level once, in an
order of its own that hangs on its name alone. So a firm's draws stay the same whatever list it
stands in, under whatever weights, and few draws say as much as many independent ones.

Source:
    McKay, Beckman and Conover (1979), Technometrics 21; docs/decisions/0029.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import shake_128
from math import sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import standardised

Deviations = NDArray[np.float32]
"""Rows × draws: by how much something departs from its mean."""

_NEED, _FIT = FAMILIES.index(Family.NEED), FAMILIES.index(Family.SEGMENT_FIT)
_LEAST = 1e-6
"""Keeps logarithms finite."""


class Doubts:
    """What is left open about candidates.

    The model's weights depart by their covariance (where the release has one), the gap score of a
    segment by its spread, and P(makes) by the Beta its counts leave.

    Args:
        rows: Candidates with `makes`.
        scorer: What they are scored with.
        draws: How many, from 1.

    """

    def __init__(self, rows: pl.DataFrame, scorer: Scorer, draws: int) -> None:
        levels = (np.arange(draws) + 0.5) / draws
        normal = ndtri(levels)
        self._of_summand = [FAMILIES.index(family.value) for family in scorer.families()]
        self._shift: Floats | None = None
        if scorer.covariance is not None:
            names = [summand.feature for summand in scorer.summands]
            self._root = covariance_root(scorer)
            self._shift = self._root @ normal[orders_of(names, draws)]
            self._standard = standardised(rows, scorer)
        self._segment, segments = _coded(rows["segment_id"])
        self._gap = normal[orders_of(segments, draws)].astype(np.float32)
        self._spread = rows["gap_spread"].to_numpy().astype(np.float32)
        self._company, companies = _coded(rows["company_id"])
        self._order = orders_of(companies, draws).astype(np.uint16)
        self._beta, self._ln_share = _ln_shares(rows, scorer, levels)
        self._own_variance = self._ln_share.var(axis=1, dtype=np.float64)

    def own(self, at: Ints) -> Deviations:
        """Return by how much ln P(makes) of these rows departs: each company's own draws."""
        ln_share = self._ln_share[self._beta[at]]
        return np.take_along_axis(ln_share, self._order[self._company[at]], axis=1)

    def spread(self, at: Ints, weights: Floats) -> float:
        """Return by how much the utilities of these rows depart, as a root mean square.

        Args:
            at: The rows, one or more.
            weights: Of all families.
        """
        by_need = self._spread.take(at) * weights[_NEED]
        squares = by_need @ by_need + weights[_FIT] ** 2 * self._own_variance[self._beta[at]].sum()
        if self._shift is not None:
            by_model = (self._standard[at] * weights[self._of_summand]) @ self._root
            squares += np.vdot(by_model, by_model)
        # Rounded, since the last digits of products hang on the machine.
        return round(sqrt(squares / len(at)), 6)

    def weighed(self, at: Ints, own: Deviations, weights: Floats) -> Deviations:
        """Return by how much the utilities of these rows depart.

        Args:
            at: The rows.
            own: What `own` gives of them; written over.
            weights: Of all families.
        """
        need, fit = weights[_NEED], weights[_FIT]
        own *= np.float32(fit)
        own += (self._spread[at] * np.float32(need))[:, None] * self._gap.take(self._segment[at], 0)
        if self._shift is not None:
            by_model = self._standard[at] @ (self._shift * weights[self._of_summand, None])
            own += by_model.astype(np.float32)
        return own


def orders_of(names: Iterable[str], n: int) -> Ints:
    """Return names × n: for each name an order of 0..n−1, the same wherever it turns up."""
    drawn = b"".join(shake_128(name.encode()).digest(4 * n) for name in names)
    numbers = np.frombuffer(drawn, "<u4").reshape(-1, n)
    return np.asarray(np.argsort(numbers, axis=1, kind="stable"))


def covariance_root(scorer: Scorer) -> Floats:
    """Return the symmetric root of the covariance: no sign in it depends on the machine."""
    values, vectors = np.linalg.eigh(np.array(scorer.covariance))
    return np.asarray((vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T)


def _ln_shares(rows: pl.DataFrame, scorer: Scorer, levels: Floats) -> tuple[Ints, Deviations]:
    """Return which distribution each row has, and ln(P drawn / P) of each at the levels."""
    p = rows["makes"].to_numpy()
    neighbours = rows["n_makers"].to_numpy() + scorer.rates.neighbour_firms
    n = np.where((rows["basis"] == "direct").to_numpy(), scorer.rates.asked, neighbours)
    each, which = np.unique(np.column_stack([p, n]), axis=0, return_inverse=True)
    p, n = each[:, :1], each[:, 1:]
    drawn = betaincinv(p * n + 0.5, (1 - p) * n + 0.5, levels)
    ln_share = np.log(np.maximum(drawn, _LEAST) / np.maximum(p, _LEAST))
    return which.reshape(-1), ln_share.astype(np.float32)


def _coded(names: pl.Series) -> tuple[Ints, Sequence[str]]:
    """Return a number for each name, and the names by number."""
    each = names.unique().sort()
    return names.rank("dense").to_numpy().astype(np.int64) - 1, each.to_list()
