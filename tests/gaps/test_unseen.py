import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.gaps.unseen import (
    Hidden,
    hidden_of,
    odds_of_hiding,
    slices_of_odds,
    smoothed_total,
)
from tests.oracles.presence import negative_binomial

COUNTS = st.integers(0, 200)
EXPECTED = st.floats(0.001, 300.0)
SHAPES = st.floats(0.05, 50.0)
MEANS = st.floats(0.2, 5.0)


def one(value: float) -> np.ndarray:
    return np.array([float(value)])


@pytest.mark.parametrize(("shape", "mean"), [(0.6, 0.2), (2.0, 3.0), (5.0, 25.0)])
def test_the_hidden_are_a_gamma_mixture_of_poissons(shape, mean):
    law = Hidden(one(shape), one(mean))
    slow = [negative_binomial(n, shape, mean) for n in range(8)]
    assert law.some[0] == pytest.approx(1.0 - slow[0], abs=1e-6)
    for n in range(8):
        assert law.at_most(one(n))[0] == pytest.approx(sum(slow[: n + 1]), abs=1e-6)
    low, high = law.interval(0.9)
    most = 0.9 + min(sum(negative_binomial(n, shape, mean) for n in range(int(low[0]))), 0.05)
    inside = [
        n for n in range(400) if law.middle(one(n))[0] >= 0.05 and law.middle(one(n))[0] < most
    ]
    assert (low[0], high[0]) == (inside[0], inside[-1])


def test_what_the_lower_tail_cannot_cut_is_cut_from_the_upper():
    # P(0) = 0.85, P(1) = 0.13: with two even tails 1 would stand inside and 98% be held.
    law = Hidden(one(20.0), one(0.163))
    assert law.at_most(one(0))[0] == pytest.approx(0.85, abs=0.005)
    assert [end[0] for end in law.interval(0.85)] == [0.0, 0.0]
    assert [end[0] for end in law.interval(0.95)] == [0.0, 1.0]


@given(st.floats(0.05, 30.0), st.floats(0.0, 500.0))
def test_the_hidden_interval_holds_at_least_most_of_the_chance(shape, mean):
    law = Hidden(one(shape), one(mean))
    low, high = law.interval(0.9)
    assert 0.0 <= low[0] <= high[0]
    assert law.at_most(high)[0] - law.at_most(low - 1.0)[0] > 0.8


@given(COUNTS, EXPECTED, SHAPES, MEANS, st.floats(0.1, 0.98))
def test_less_coverage_hides_more_and_widens(count, expected, shape, mean, share):
    def law(q: float) -> Hidden:
        odds = odds_of_hiding(one(q), one(0.0))
        return hidden_of(one(count), one(expected), (one(shape), one(mean)), odds, one(0.1))

    fuller, thinner = law(share), law(0.9 * share)
    assert thinner.mean[0] > fuller.mean[0]
    assert thinner.some[0] > fuller.some[0] - 1e-12
    # By one at most, where the lower end comes off 0 and the tails are shared anew.
    assert thinner.interval()[1][0] >= fuller.interval()[1][0] - 1.0
    spreads = [law.mean * (1.0 + law.mean / law.shape) for law in (fuller, thinner)]
    assert spreads[1][0] > spreads[0][0]


def test_complete_data_hides_nothing():
    odds = odds_of_hiding(one(1.0), one(0.1))
    law = hidden_of(one(0), one(3.0), (one(1.0), one(1.0)), odds, one(0.1))
    assert (law.mean[0], law.some[0]) == (0.0, 0.0)
    assert law.interval()[1][0] == 0.0 and law.at_most(one(0))[0] == 1.0


def test_the_odds_have_the_moments_of_a_beta_share():
    q = np.random.default_rng(2).beta(30.0, 20.0, 400_000)
    mean, variance = odds_of_hiding(one(q.mean()), one(q.std()))
    odds = (1.0 - q) / q
    assert mean[0] == pytest.approx(odds.mean(), rel=0.01)
    assert variance[0] == pytest.approx((odds.std() / odds.mean()) ** 2, rel=0.03)


def test_an_empty_total_keeps_a_little_weight():
    totals, doubt = smoothed_total(np.array([0.0, 0.0, 1.0, 4.0, 60.0]))
    assert 0.0 < totals[0] < 1.0 and totals[4] == pytest.approx(60.0, rel=0.05)
    assert doubt[0] > doubt[3] > doubt[4]
    assert smoothed_total(np.zeros(3))[0].tolist() == [0.0, 0.0, 0.0]


@given(st.floats(0.001, 3.0), st.integers(2, 30))
def test_slices_of_odds_have_mean_1_and_nearly_their_variance(doubt, number):
    slices = slices_of_odds(one(doubt), number)[0]
    assert slices.mean() == pytest.approx(1.0)
    assert (np.diff(slices) >= 0).all()
    assert slices.var() <= doubt
    assert slices_of_odds(one(doubt), 400)[0].var() == pytest.approx(doubt, rel=0.05)


def test_odds_without_doubt_are_1_in_every_slice():
    assert slices_of_odds(np.array([0.0, 0.5]), 4)[0] == pytest.approx(np.ones(4), abs=1e-3)


@given(COUNTS, EXPECTED, SHAPES, MEANS, st.floats(0.0, 2.0))
def test_a_law_without_the_doubt_about_odds_is_the_law_of_known_odds(
    count, expected, shape, mean, doubt
):
    def law(variance: float) -> Hidden:
        prior = (one(shape), one(mean))
        return hidden_of(one(count), one(expected), prior, (one(0.4), one(variance)), one(0.1))

    known, left = law(0.0), law(doubt).without(one(doubt))
    assert left.shape[0] == pytest.approx(known.shape[0], rel=1e-6)
    assert left.mean[0] == pytest.approx(known.mean[0])
