"""Presence by plain loops and numeric integration: slow and obvious."""

from __future__ import annotations

from math import exp, lgamma, log

from scipy.integrate import quad

from chainmap.concepts.kinds import COUNTED_ROLES, Role
from chainmap.gaps.world import World

Cell = tuple[int, float, float, tuple[int, float]]


def presence_by_loops(world: World) -> dict[tuple[str, str], Cell]:
    """Return (city, segment) → count, expectation, add-half theta, (count, expectation) of the rest
    of the province."""
    home = dict(zip(world.companies["company_id"], world.companies["city_code"], strict=True))
    province = dict(zip(world.cities["city_code"], world.cities["province_code"], strict=True))
    segments = world.library.segments
    counts = {(city, segment): 0 for city in province for segment in segments}
    for row in world.placements.iter_rows(named=True):
        if Role(row["role"]) in COUNTED_ROLES[segments[row["segment_id"]].kind]:
            counts[home[row["company_id"]], row["segment_id"]] += 1
    total = max(1, sum(counts.values()))
    of_city = {c: sum(counts[c, s] for s in segments) for c in province}
    of_segment = {s: sum(counts[c, s] for c in province) for s in segments}
    cells = {}
    for city, segment in counts:
        neighbours = [c for c in province if province[c] == province[city] and c != city]
        expected = of_city[city] * of_segment[segment] / total
        rest = sum(counts[c, segment] for c in neighbours)
        expected_rest = sum(of_city[c] for c in neighbours) * of_segment[segment] / total
        cells[city, segment] = (
            counts[city, segment],
            expected,
            (counts[city, segment] + 0.5) / (expected + 0.5),
            (rest, expected_rest),
        )
    return cells


class IntegratedPosterior:
    """The posterior of one cell's θ, every figure an integral over likelihood times prior."""

    def __init__(self, count: int, expected: float, shape: float, mean: float) -> None:
        self.count, self.expected, self.shape, self.rate = count, expected, shape, shape / mean
        self.evidence = self._integral(lambda theta: 1.0, 0.0, self._far)

    @property
    def _far(self) -> float:
        """A θ far beyond the posterior's mass."""
        a, b = self.count + self.shape, self.expected + self.rate
        return a / b + 40.0 * (a**0.5 + 1.0) / b

    def _density(self, theta: float) -> float:
        """Poisson likelihood times gamma prior, up to a constant."""
        if theta <= 0.0:
            return 0.0
        likelihood = self.count * log(theta) - self.expected * theta
        return exp(likelihood + (self.shape - 1.0) * log(theta) - self.rate * theta)

    def _integral(self, of, low: float, high: float) -> float:
        middle = min(max(low, self.shape / self.rate), high)
        return sum(
            quad(lambda t: of(t) * self._density(t), a, b, limit=400)[0]
            for a, b in ((low, middle), (middle, high))
            if b > a
        )

    def mean(self) -> float:
        return self._integral(lambda theta: theta, 0.0, self._far) / self.evidence

    def sd(self) -> float:
        square = self._integral(lambda theta: theta**2, 0.0, self._far) / self.evidence
        return (square - self.mean() ** 2) ** 0.5

    def above(self, theta: float) -> float:
        return 1.0 - self._integral(lambda t: 1.0, 0.0, min(theta, self._far)) / self.evidence

    def shortfall(self) -> float:
        return self._integral(lambda theta: 1.0 - theta, 0.0, 1.0) / self.evidence


def marginal_log_likelihood(
    counts: list[int], expected: list[float], means: list[float], shape: float
) -> float:
    """Return Σ log of the negative-binomial probability of each count, term by term."""
    total = 0.0
    for x, e, m in zip(counts, expected, means, strict=True):
        if e == 0.0:
            continue
        rate = shape / m
        total += lgamma(x + shape) - lgamma(shape) - lgamma(x + 1)
        total += shape * log(rate / (rate + e)) + x * log(e / (rate + e))
    return total


def negative_binomial(number: int, shape: float, mean: float) -> float:
    """Return the probability of a number, as the gamma mixture of Poisson probabilities."""

    def mixed(rate: float) -> float:
        if rate <= 0.0:
            return 0.0
        prior = (shape - 1.0) * log(rate) + shape * log(shape / mean) - rate * shape / mean
        return exp(prior - lgamma(shape) + number * log(rate) - rate - lgamma(number + 1))

    far = mean + 60.0 * (mean + mean**2 / shape) ** 0.5 + number
    return float(quad(mixed, 0.0, mean, limit=400)[0] + quad(mixed, mean, far, limit=400)[0])
