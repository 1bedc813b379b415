import numpy as np
import pytest
from scipy.stats import rankdata

from chainmap.calibration import Knots
from chainmap.errors import ModelError
from chainmap.logistic import logit, sigmoid
from chainmap.ranking.pair_curve import PairCurve, fit_pair_curve, shares_before

DICE = np.random.default_rng(3)
N = 60_000


def drawn(by_odds, by_place):
    """Pairs that came true by a law with these weights."""
    expected = sigmoid(DICE.normal(-3.0, 1.2, N))
    before = (DICE.permutation(N) + 0.5) / N
    truth = sigmoid(by_odds * logit(expected) + by_place * logit(before) - 0.5)
    return expected, before, truth, DICE.random(N) < truth


def test_heads_of_lists_are_as_likely_as_they_come():
    expected, before, truth, came = drawn(0.9, -0.3)
    curve = fit_pair_curve(expected, before, came)
    assert curve.odds == pytest.approx(0.9, abs=0.1) and curve.place == pytest.approx(-0.3, abs=0.1)
    chances, head = curve.chances(expected, before), before < 0.01
    assert chances.mean() == pytest.approx(came.mean(), rel=1e-3)
    assert chances[head].sum() == pytest.approx(truth[head].sum(), rel=0.1)
    by_odds_alone = fit_pair_curve(expected, DICE.permutation(before), came)
    assert by_odds_alone.chances(expected, before)[head].sum() < 0.7 * truth[head].sum()


def test_a_firm_further_up_is_never_less_likely():
    expected, before, _, came = drawn(0.9, +0.3)
    assert fit_pair_curve(expected, before, came)[:2] == (1.0, 0.0)
    expected, before, _, came = drawn(0.9, -0.3)
    curve = fit_pair_curve(expected, before, came)
    one = np.full(50, 0.02)
    assert (np.diff(curve.chances(one, np.linspace(0.001, 0.999, 50))) <= 0).all()
    assert (np.diff(curve.chances(np.linspace(0.001, 0.9, 50), one)) >= 0).all()


def test_what_cannot_be_has_no_chance():
    curve = PairCurve(1.0, -0.2, Knots((-4.0, 0.0), (-4.0, 0.0)))
    assert curve.chances(np.array([0.0, 0.5]), np.array([0.5, 0.5])).tolist() == [0.0, 0.5]


def test_nothing_to_fit_is_said():
    with pytest.raises(ModelError, match="一次也没有发生"):
        fit_pair_curve(np.full(9, 0.1), np.full(9, 0.5), np.zeros(9, bool))


def test_shares_before_are_those_of_the_ranks():
    scores = DICE.integers(0, 6, (40, 5)).astype(float)
    at_home = DICE.random((40, 5)) < 0.2
    found = shares_before(scores, at_home)
    for column in range(5):
        away = ~at_home[:, column]
        ranks = rankdata(-scores[away, column])
        assert found[away, column] == pytest.approx((ranks - 0.5) / away.sum())
        assert (found[~away, column] >= 1.0).all()
