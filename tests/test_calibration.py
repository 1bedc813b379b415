import numpy as np
import pytest

from chainmap.calibration import LEAST_SLOPE, base_rate_offset, calibrated, fit_knots
from chainmap.errors import ModelError
from chainmap.logistic import fit_logistic, logit, sigmoid


def test_knots_bring_scores_to_what_is_seen():
    rng = np.random.default_rng(0)
    score = rng.normal(-3, 1.5, 20_000)
    happened = (rng.random(20_000) < sigmoid(0.6 * score - 1)).astype(float)
    chance = calibrated(score, fit_knots(score, happened))
    assert chance.mean() == pytest.approx(happened.mean(), rel=0.05)
    top = np.argsort(-score)[:1000]
    assert chance[top].mean() == pytest.approx(happened[top].mean(), rel=0.15)
    assert (np.diff(chance[np.argsort(score)]) > 0).all()


def test_no_stretch_is_level_and_the_mean_is_what_happened():
    rng = np.random.default_rng(3)
    score = np.sort(rng.normal(-3, 1.5, 30_000))
    real = sigmoid(np.where(score < -2, score, np.where(score < 0, -2.0, score - 2.0)))
    happened = (rng.random(30_000) < real).astype(float)
    knots = fit_knots(score, happened)
    chance = calibrated(score, knots)
    assert (np.diff(chance) > 0).all()
    line = fit_logistic(score[:, None], happened, np.ones(30_000), 1e-6)[1]
    slopes = np.diff(knots.chance) / np.diff(knots.score)
    assert slopes.min() >= LEAST_SLOPE * line - 1e-3
    assert chance.mean() == pytest.approx(happened.mean(), rel=1e-4)
    plateau = (score > -2) & (score < 0)
    assert chance[plateau].mean() == pytest.approx(happened[plateau].mean(), rel=0.1)


def test_a_score_that_says_nothing_is_calibrated_to_the_rate():
    rng = np.random.default_rng(4)
    score, happened = rng.normal(size=4000), (rng.random(4000) < 0.05).astype(float)
    chance = calibrated(score, fit_knots(score, happened, least=10_000))
    assert chance.mean() == pytest.approx(happened.mean(), rel=1e-3)


def test_nothing_happened_cannot_be_calibrated():
    with pytest.raises(ModelError):
        fit_knots(np.arange(10.0), np.zeros(10))


def test_the_offset_reaches_the_base_rate():
    chance = np.array([0.01, 0.2, 0.5])
    shifted = sigmoid(logit(chance) + base_rate_offset(chance, 0.1))
    assert shifted.mean() == pytest.approx(0.1, abs=1e-9)


def test_logistic_finds_its_optimum():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2000, 3))
    y = (rng.random(2000) < sigmoid(x @ np.array([1.0, -0.5, 0.0]) - 2)).astype(float)
    weight = rng.random(2000) + 0.5
    b = fit_logistic(x, y, weight, ridge=2.0)
    rest = weight * (y - sigmoid(b[0] + x @ b[1:]))
    assert abs(rest.sum()) < 1e-2
    assert np.abs(x.T @ rest - 2.0 * b[1:]).max() < 1e-2
