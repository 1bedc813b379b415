from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.gaps.posterior import (
    LOG_SHAPES,
    fit_shrinkage,
    maximum_likelihood_shapes,
    pooled_shapes,
    posterior_of,
    province_means,
    shape_likelihoods,
)
from tests.oracles.presence import IntegratedPosterior, marginal_log_likelihood

COUNTS = st.integers(0, 200)
EXPECTED = st.floats(0.001, 300.0)
SHAPES = st.floats(0.05, 50.0)
MEANS = st.floats(0.2, 5.0)


def one(value: float) -> np.ndarray:
    return np.array([float(value)])


@pytest.mark.parametrize(
    ("count", "expected", "shape", "mean"),
    [
        (0, 0.0, 1.5, 1.0),
        (0, 0.3, 0.8, 0.7),
        (1, 0.02, 1.2, 1.0),
        (6, 0.9, 1.6, 1.1),
        (40, 55.0, 3.0, 2.0),
    ],
)
def test_the_posterior_equals_the_integrals(count, expected, shape, mean):
    found = posterior_of(one(count), one(expected), one(shape), one(mean))
    slow = IntegratedPosterior(count, expected, shape, mean)
    assert found.mean[0] == pytest.approx(slow.mean(), rel=1e-6)
    assert found.sd[0] == pytest.approx(slow.sd(), rel=1e-5)
    assert found.above_one[0] == pytest.approx(slow.above(1.0), abs=1e-7)
    assert found.shortfall[0] == pytest.approx(slow.shortfall(), abs=1e-7)
    assert slow.above(found.quantile(0.05)[0]) == pytest.approx(0.95, abs=1e-6)
    assert slow.above(found.quantile(0.95)[0]) == pytest.approx(0.05, abs=1e-6)


@given(COUNTS, EXPECTED, SHAPES, MEANS, st.floats(0.0, 0.5))
def test_more_firms_never_raise_the_shortfall(count, expected, shape, mean, spread):
    counts = np.array([count, count + 1.0])
    same = (np.full(2, value) for value in (expected, shape, mean))
    found = posterior_of(counts, *same, spread)
    assert found.shortfall[1] <= found.shortfall[0] + 1e-12
    assert found.above_one[1] >= found.above_one[0] - 1e-12
    assert found.mean[1] > found.mean[0]


@given(COUNTS, EXPECTED, SHAPES, MEANS)
def test_uneven_coverage_makes_less_sure(count, expected, shape, mean):
    even, uneven = (
        posterior_of(one(count), one(expected), one(shape), one(mean), s) for s in (0.0, 0.4)
    )
    assert uneven.sd[0] / uneven.mean[0] >= even.sd[0] / even.mean[0] - 1e-12


def simulated(shape: float, segments: int, cities: int = 120, seed: int = 3):
    rng = np.random.default_rng(seed)
    expected = np.outer(rng.lognormal(0.0, 1.0, cities), np.full(segments, 0.8))
    theta = rng.gamma(shape, 1.0 / shape, expected.shape)
    return rng.poisson(expected * theta).astype(float), expected


def test_the_shape_is_the_best_of_a_fine_grid():
    count, expected = simulated(1.3, 2)
    mean = np.full_like(expected, 0.9)
    found = maximum_likelihood_shapes(shape_likelihoods(count, expected, mean))
    for segment in range(2):
        cells = (count[:, segment].astype(int).tolist(), expected[:, segment].tolist())
        grid = np.exp(np.linspace(log(0.05), log(30), 600))
        slow = max(grid, key=lambda a: marginal_log_likelihood(*cells, [0.9] * 120, float(a)))
        assert found[segment] == pytest.approx(slow, rel=0.05)


def test_likelihoods_differ_from_the_plain_ones_by_a_constant():
    count, expected = simulated(0.7, 1, cities=9)
    expected[2] = 0.0
    count[2] = 0.0
    found = shape_likelihoods(count, expected, np.full_like(expected, 1.4))[0]
    cells = (count[:, 0].astype(int).tolist(), expected[:, 0].tolist(), [1.4] * 9)
    plain = [marginal_log_likelihood(*cells, float(a)) for a in np.exp(LOG_SHAPES)]
    assert np.ptp(found - np.array(plain)) < 1e-8


def test_thin_segments_take_the_common_shape_and_thick_ones_keep_their_own():
    thick, expected = simulated(0.4, 12, seed=7)
    other, expected_other = simulated(6.0, 12, seed=8)
    empty = np.zeros((120, 1))
    count = np.hstack([thick, other, empty])
    wide = np.hstack([expected, expected_other, np.full((120, 1), 1e-9)])
    pooled = pooled_shapes(shape_likelihoods(count, wide, np.ones_like(wide)))
    assert pooled[:12].mean() < 0.7 < 2.5 < pooled[12:24].mean()
    assert pooled[:12].max() < pooled[24] < pooled[12:24].min()


def test_the_province_leaves_the_city_out():
    count = np.array([[3.0], [1.0], [0.0]])
    expected = np.array([[1.0], [2.0], [0.5]])
    mean = province_means(count, expected, np.array([0, 0, 1]), 2.0)
    assert mean[:, 0].tolist() == pytest.approx([(1 + 2) / (2 + 2), (3 + 2) / (1 + 2), 1.0])


def test_a_nation_of_like_provinces_is_drawn_to_one_and_unlike_ones_are_not():
    rng = np.random.default_rng(11)
    provinces = np.repeat(np.arange(20), 10)
    expected = np.full((200, 30), 2.0)
    alike = rng.poisson(expected).astype(float)
    level = rng.gamma(2.0, 0.5, (20, 30))[provinces]
    unlike = rng.poisson(expected * level).astype(float)
    assert fit_shrinkage(unlike, expected, provinces) < fit_shrinkage(alike, expected, provinces)
