"""Makers the data does not show: how many there may be, given those seen and the coverage.

Pure functions of arrays, cities in rows and segments in columns, as in `gaps.posterior`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammainc, gammaincinv

from chainmap.gaps.posterior import Floats, maximum_likelihood_shapes, shape_likelihoods


@dataclass(frozen=True)
class Hidden:
    """Companies the data does not show: negative binomial, one law per cell.

    Attributes:
        shape: Shape, > 0; small where little is known.
        mean: Expected number, ≥ 0.
    """

    shape: Floats
    mean: Floats

    @property
    def some(self) -> Floats:
        """Probability that there is at least one, 0..1."""
        return np.asarray(-np.expm1(-self.shape * np.log1p(self.mean / self.shape)))

    def without(self, doubt: Floats) -> Hidden:
        """Return the law that is left where the odds of being hidden are known to be their mean.

        Args:
            doubt: Relative variance of the odds, a part of this law's own.
        """
        own = np.maximum((1.0 + 1.0 / self.shape) / (1.0 + doubt) - 1.0, 1e-9)
        return Hidden(np.asarray(1.0 / own), self.mean)

    def at_most(self, number: Floats) -> Floats:
        """Return the probability of `number` or fewer; 0 below 0."""
        stay = self.shape / (self.shape + self.mean)
        inside = betainc(self.shape, np.maximum(number, 0.0) + 1.0, stay)
        return np.where(number < 0, 0.0, np.where(self.mean > 0, inside, 1.0))

    def middle(self, number: Floats) -> Floats:
        """Return P(fewer) + ½·P(exactly `number`), the mid-probability."""
        return np.asarray(0.5 * (self.at_most(number) + self.at_most(number - 1.0)))

    def interval(self, level: float = 0.9) -> tuple[Floats, Floats]:
        """Return the least and the most companies, their chance together near `level`.

        The mid-probability keeps whole numbers from covering much more than asked, and a lower
        tail that cannot be cut (most cells may hide none) leaves its part to the upper.

        Source:
            Lancaster (1961), mid-P.
        """
        tail = 0.5 * (1.0 - level)
        none = 1.0 - self.some
        # Most cells hide none or one at most: those are settled without the bisection.
        one = none * self.shape * self.mean / (self.shape + self.mean)
        low, high = np.zeros_like(self.mean), (none + 0.5 * one < level).astype(np.float64)
        open_ = high > 0
        law = Hidden(self.shape[open_], self.mean[open_])
        low[open_] = law._first(lambda n: law.middle(n) >= tail)
        most = level + np.minimum(law.at_most(low[open_] - 1.0), tail)
        high[open_] = law._first(lambda n: law.middle(n) >= most) - 1.0
        return low, np.maximum(low, high)

    def _first(self, reached: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
        """Return the least whole number from 0 for which `reached` holds, by bisection."""
        below, above = np.full_like(self.mean, -1.0), np.zeros_like(self.mean)
        while not (done := reached(above)).all():
            below, above = np.where(done, below, above), np.where(done, above, 2.0 * above + 1.0)
        while (above - below > 1.0).any():
            half = np.floor(0.5 * (below + above))
            there = reached(half)
            above, below = np.where(there, half, above), np.where(there, below, half)
        return above


def hidden_of(
    count: Floats, expected: Floats, prior: tuple[Floats, Floats], odds: tuple[Floats, Floats],
    doubt: Floats,
) -> Hidden:  # fmt: skip
    """Return the law of the companies not seen, given those seen.

    With λ = E·θ the level of what is seen and o = (1−q)/q the odds of being hidden, the hidden are
    Poisson(λ·o). λ | x is gamma with a prior widened by the doubt about E; the product with o is
    taken as gamma with the product's mean and variance.

    Args:
        count: Companies seen.
        expected: What city and segment size suggest, each smoothed (never 0 by accident).
        prior: Shape a and mean m of θ.
        odds: Mean and relative variance of o.
        doubt: Relative variance of `expected`.
    """
    shape, mean = prior
    wide = 1.0 / (1.0 / shape + doubt + doubt / shape)
    rate = wide / np.maximum(mean * expected, 1e-12)
    a, b = count + wide, 1.0 + rate
    average, variance = odds
    relative = (1.0 + 1.0 / a) * (1.0 + variance) - 1.0
    return Hidden(np.asarray(1.0 / relative), np.asarray(a / b * average))


def odds_of_hiding(share: Floats, sd: Floats) -> tuple[Floats, Floats]:
    """Return mean and relative variance of (1−q)/q where q is beta with this mean and spread.

    The spread is held below what would give the odds no variance (beta parameter 3).
    """
    hidden = np.clip(1.0 - share, 0.0, None)
    most = np.maximum(share**2 * hidden / (3.0 + share), 0.0)
    variance = np.minimum(sd**2, most)
    certain = (variance <= 0) | (hidden <= 0)
    size = np.where(certain, 1.0, share * hidden / np.where(certain, 1.0, variance) - 1.0)
    alpha, beta = share * size, hidden * size
    mean = np.where(certain, hidden / share, beta / np.where(certain, 1.0, alpha - 1.0))
    second = (beta + 1.0) * (alpha - 1.0) / np.where(certain, 1.0, beta * (alpha - 2.0))
    return mean, np.where(certain, 0.0, second - 1.0)


def slices_of_odds(doubt: Floats, number: int) -> Floats:
    """Return what odds of mean 1 may be: gamma, in equally likely slices, each by its mean.

    Args:
        doubt: Relative variance, one law an entry.
        number: Slices.

    Returns:
        Entries × slices, least first; a row's mean is 1.
    """
    doubts, which = np.unique(doubt, return_inverse=True)
    shapes = 1.0 / np.maximum(doubts, 1e-9)[:, None]
    ends = gammaincinv(shapes, np.linspace(0.0, 1.0, number + 1))
    return np.asarray(number * np.diff(gammainc(shapes + 1.0, ends), axis=1)[which])


def smoothed_total(total: Floats) -> tuple[Floats, Floats]:
    """Return totals (of cities or segments) drawn to their mean, and their relative variances.

    A total of 0 in a sample may be a small city: it keeps a little weight. The shape of the
    totals' distribution is their maximum-likelihood one.
    """
    mean = float(total.mean()) if total.size else 0.0
    if mean == 0.0:
        return np.zeros_like(total), np.ones_like(total)
    flat = np.full((len(total), 1), mean)
    likelihoods = shape_likelihoods(total[:, None], flat, np.ones_like(flat))
    shape = maximum_likelihood_shapes(likelihoods)[0]
    return (total + shape) / (1.0 + shape / mean), 1.0 / (total + shape)
