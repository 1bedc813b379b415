"""Gamma–Poisson arithmetic of presence: fitted shapes, prior means and posteriors.

Pure functions of arrays, cities in rows and segments in columns. θ is the location quotient
(区位商) a city is disposed to have; x | θ ~ Poisson(E·θ) and θ ~ Gamma(shape a, mean m).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import gammainc, gammaincinv, gammaln, logsumexp

Floats = NDArray[np.float64]

LOG_SHAPES: Floats = np.linspace(np.log(0.02), np.log(100.0), 29)
"""Shapes looked at: below, almost every city has none; above, cities do not differ."""
_CENTRES: Floats = LOG_SHAPES[::2]
_WIDTHS: Floats = np.array([0.15, 0.3, 0.5, 0.8, 1.2])
"""Log-spread of the segments' shapes around their common centre."""
SHRINKAGES: Floats = np.geomspace(0.25, 64.0, 9)
"""Expected companies a province must have before its own level outweighs the nation's."""


@dataclass(frozen=True)
class Posterior:
    """θ | x ~ Gamma(`a`, rate `b`), one per cell; all derived figures are of this law.

    Attributes:
        a: Shape, > 0.
        b: Rate, > 0.
    """

    a: Floats
    b: Floats

    @property
    def mean(self) -> Floats:
        """Expected θ."""
        return np.asarray(self.a / self.b)

    @property
    def sd(self) -> Floats:
        """Standard deviation of θ."""
        return np.asarray(np.sqrt(self.a) / self.b)

    def quantile(self, probability: float) -> Floats:
        """Return the θ that is exceeded with probability 1 − `probability`."""
        # Cells without a company share their segment's shape, so few shapes are distinct.
        shapes, which = np.unique(self.a, return_inverse=True)
        return np.asarray(gammaincinv(shapes, probability)[which].reshape(self.a.shape) / self.b)

    @cached_property
    def below_one(self) -> Floats:
        """P(θ < 1 | x), 0..1."""
        return np.asarray(gammainc(self.a, self.b))

    @property
    def above_one(self) -> Floats:
        """P(θ > 1 | x), 0..1."""
        return np.asarray(1.0 - self.below_one)

    @property
    def shortfall(self) -> Floats:
        """Expected shortfall E[(1 − θ)⁺ | x], 0..1.

        Source:
            methods 8.1: F_Γ(1; A, B) − (A/B)·F_Γ(1; A+1, B), with F_Γ(1; A+1, B) =
            F_Γ(1; A, B) − B^A·e^−B/Γ(A+1).
        """
        rest = np.exp((self.a - 1.0) * np.log(self.b) - self.b - gammaln(self.a))
        return np.asarray(np.clip((1.0 - self.mean) * self.below_one + rest, 0.0, 1.0))


def posterior_of(
    count: Floats, expected: Floats, shape: Floats, mean: Floats, spread: Floats | float = 0.0
) -> Posterior:
    """Return the posterior A = w·x + a, B = w·E + a/m of every cell.

    `spread` is the relative standard deviation of coverage between cities: a city's count stands
    for E·θ·r with r of mean 1 and this spread, so a count is worth w = 1/(1 + spread²·λ) of itself
    (λ the posterior mean of E·θ). Without spread w is 1.

    Source:
        methods 8.1; w as the inverse quasi-Poisson dispersion (McCullagh and Nelder 1989, 9.2).
    """
    prior_rate = shape / mean
    likely = expected * (count + shape) / (expected + prior_rate)
    weight = 1.0 / (1.0 + np.square(spread) * likely)
    return Posterior(np.asarray(weight * count + shape), np.asarray(weight * expected + prior_rate))


def shape_likelihoods(
    count: Floats, expected: Floats, mean: Floats, log_shapes: Floats = LOG_SHAPES
) -> Floats:
    """Return the negative-binomial log-likelihood of each segment under each shape.

    Cells where nothing is expected say nothing and are passed over; terms without the shape are
    left out.

    Returns:
        Segments × shapes.
    """
    heard = expected.any(axis=1)
    count, prior = count[heard], (expected * mean)[heard]
    cities, segments = np.nonzero((count > 0) & (prior > 0))
    x, e = count[cities, segments], prior[cities, segments]
    found = np.empty((count.shape[1], len(log_shapes)))
    for number, shape in enumerate(np.exp(log_shapes)):
        empty = -shape * np.log1p(prior / shape).sum(axis=0)
        seen = gammaln(x + shape) - gammaln(shape) + x * np.log(e / (shape + e))
        found[:, number] = empty + np.bincount(segments, seen, minlength=count.shape[1])
    return found


def maximum_likelihood_shapes(likelihoods: Floats, log_shapes: Floats = LOG_SHAPES) -> Floats:
    """Return each segment's own maximum-likelihood shape, between the grid's ends.

    Refined by the parabola through the best grid point and its neighbours.
    """
    best = np.clip(likelihoods.argmax(axis=1), 1, len(log_shapes) - 2)
    rows = np.arange(len(likelihoods))
    left, middle, right = (likelihoods[rows, best + step] for step in (-1, 0, 1))
    bend = left - 2.0 * middle + right
    step = np.where(bend < 0, 0.5 * (left - right) / np.where(bend < 0, bend, -1.0), 0.0)
    width = log_shapes[1] - log_shapes[0]
    return np.asarray(np.exp(log_shapes[best] + np.clip(step, -1.0, 1.0) * width))


def pooled_shapes(likelihoods: Floats, log_shapes: Floats = LOG_SHAPES) -> Floats:
    """Return each segment's shape, drawn to the common one as far as its own data is thin.

    The log-shapes of all segments are taken as normal; centre and width maximise the likelihood
    of all data together, and a segment's shape is its posterior mean on the log scale. A segment
    without a company gets the common shape; one with many gets nearly its own maximum.

    Source:
        Empirical Bayes on a grid (Robbins 1956; Efron 2010, ch. 1).
    """
    own = likelihoods - likelihoods.max(axis=1, keepdims=True)
    best: tuple[float, Floats] | None = None
    for width in _WIDTHS:
        for centre in _CENTRES:
            prior = -0.5 * ((log_shapes - centre) / width) ** 2
            joint = own + (prior - logsumexp(prior))
            total = float(logsumexp(joint, axis=1).sum())
            if best is None or total > best[0]:
                best = (total, joint)
    assert best is not None
    joint = best[1] - logsumexp(best[1], axis=1, keepdims=True)
    return np.asarray(np.exp((np.exp(joint) * log_shapes).sum(axis=1)))


def province_means(
    count: Floats, expected: Floats, provinces: NDArray[np.int64], shrinkage: float
) -> Floats:
    """Return the prior mean m of every cell: the rest of its province, drawn to 1.

    m = (x_rest + k) / (E_rest + k), the city itself left out; 1 where a province is one city.

    Args:
        count: Companies, cities × segments.
        expected: What the sizes of city and segment suggest.
        provinces: Number of each city's province, from 0.
        shrinkage: k, in expected companies.
    """
    return _drawn_to_one(_province_rests(count, expected, provinces), shrinkage)


def fit_shrinkage(count: Floats, expected: Floats, provinces: NDArray[np.int64]) -> float:
    """Return the k of `province_means` under which the cities' counts are likeliest.

    One shape for all segments is fitted along with it, on a coarse grid.
    """
    coarse = LOG_SHAPES[2:22:4]
    best, chosen = -np.inf, float(SHRINKAGES[-1])
    rests = _province_rests(count, expected, provinces)
    for shrinkage in SHRINKAGES:
        mean = _drawn_to_one(rests, float(shrinkage))
        total = float(shape_likelihoods(count, expected, mean, coarse).sum(axis=0).max())
        if total > best:
            best, chosen = total, float(shrinkage)
    return chosen


def _province_rests(
    count: Floats, expected: Floats, provinces: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Return what the rest of each city's province has, and what is expected of it."""
    members = np.zeros((int(provinces.max(initial=0)) + 1, len(provinces)))
    members[provinces, np.arange(len(provinces))] = 1.0
    # Sparse: a dense product sums in an order that depends on the number of threads.
    of_province = csr_array(members)
    rest_count = (of_province @ count)[provinces] - count
    rest_expected = np.clip((of_province @ expected)[provinces] - expected, 0.0, None)
    return rest_count, rest_expected


def _drawn_to_one(rests: tuple[Floats, Floats], shrinkage: float) -> Floats:
    rest_count, rest_expected = rests
    return np.asarray((rest_count + shrinkage) / (rest_expected + shrinkage))
