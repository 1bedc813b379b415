"""Orders of draws and the ends counted from them, against the general tools."""

import numpy as np
import pytest

from chainmap.ranking.redrawing import Orders, best_first, counted


def plainly(utility):
    return np.argsort(-utility, axis=1, kind="stable")


@pytest.mark.parametrize("columns", [1, 2, 3, 64, 65, 400])
def test_columns_are_ordered_as_by_a_stable_sort(columns):
    dice = np.random.default_rng(columns)
    usual = dice.normal(0, 3, (30, columns))
    close = 1.0 + dice.integers(-3, 4, (30, columns)) * np.finfo(float).eps
    zeros = dice.choice([0.0, -0.0, 1e-320, -1e-320, 5.0], (30, columns))
    wide = dice.choice([-1e300, 1e300, -1e-300, 1e-300, 2.0], (30, columns))
    for utility in (
        usual,
        -np.abs(usual),
        close,
        -close,
        zeros,
        wide,
        dice.integers(-2, 3, (30, columns)) * 1.0,
    ):
        assert (best_first(utility) == plainly(utility)).all()


@pytest.mark.parametrize("draws", [1, 2, 7, 20, 21, 99, 200, 201])
def test_ends_are_the_nearest_quantiles_of_the_ranks(draws):
    dice = np.random.default_rng(draws)
    segment = np.unique(dice.integers(0, 5, 30), return_inverse=True)[1]
    orders = Orders.of(dice.normal(0, 1, (draws, 30)), segment)
    at = np.array([0, 4, 29])
    for limit in (0, 1, 2, 30):
        ranks = orders.ranks(at, limit)
        low, high = np.quantile(ranks, (0.05, 0.95), axis=0, method="nearest")
        found = orders.ends(at, limit)
        assert (found[0] == low).all() and (found[1] == high).all()
        every = orders.ends(slice(None), limit)
        assert (every[0][at] == low).all() and (every[1][at] == high).all()


def test_members_of_groups_are_counted():
    assert counted(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]


def test_a_zero_has_no_sign():
    for row in ([0.0, -0.0, 1.0], [-0.0, 0.0, -1.0], [1.0, -0.0, 0.0]):
        utility = np.array([row])
        assert best_first(utility).tolist() == plainly(utility).tolist()
