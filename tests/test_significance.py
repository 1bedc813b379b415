import numpy as np
import pytest

from chainmap.significance import holm, paired_bootstrap, paired_p_value


def test_the_bootstrap_covers_the_mean_and_repeats():
    difference = np.random.default_rng(1).normal(0.1, 1.0, 400)
    found = paired_bootstrap(difference)
    assert found == paired_bootstrap(difference)
    half = 1.96 * difference.std() / 20
    assert found.mean == pytest.approx(difference.mean())
    assert found.low == pytest.approx(difference.mean() - half, abs=0.02)
    assert found.high == pytest.approx(difference.mean() + half, abs=0.02)


def test_whole_clusters_are_drawn():
    difference = np.repeat(np.random.default_rng(1).normal(size=20), 20)
    alone = paired_bootstrap(difference)
    together = paired_bootstrap(difference, clusters=np.repeat(np.arange(20), 20))
    assert together.high - together.low > 3 * (alone.high - alone.low)


def test_the_p_value_agrees_with_the_interval_and_is_never_zero():
    rng = np.random.default_rng(2)
    for mean in (0.0, 0.05, 0.2, -0.2):
        difference = rng.normal(mean, 1.0, 300)
        found = paired_bootstrap(difference)
        p = paired_p_value(difference)
        assert 0 < p <= 1
        assert (p < 0.05) == (not found.low <= 0 <= found.high)
    assert paired_p_value(np.zeros(10)) == 1.0


def test_clusters_widen_the_p_value():
    difference = np.repeat(np.random.default_rng(1).normal(0.3, 1, size=20), 20)
    clusters = np.repeat(np.arange(20), 20)
    assert paired_p_value(difference, clusters=clusters) > paired_p_value(difference)


def test_holm_steps_down():
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.9, 0.8])).tolist() == [1.0, 1.0]
