import numpy as np

from chainmap.gaps.relatedness.factors import implicit_als, nmf
from tests.gaps.relatedness.made_up import made_up


def test_a_low_rank_matrix_is_rebuilt():
    m = np.zeros((8, 10))
    m[:4, :5], m[4:, 5:] = 1.0, 1.0
    np.testing.assert_allclose(nmf(m, 2), m, atol=1e-3)
    np.testing.assert_allclose(implicit_als(m, 2, ridge=1e-6), m, atol=1e-3)


def test_nmf_is_not_negative_and_the_seed_decides():
    m = made_up()
    assert (nmf(m, 3) >= 0).all()
    assert (nmf(m, 3) == nmf(m, 3)).all()
    assert (implicit_als(m, 3) == implicit_als(m, 3)).all()


def test_als_solves_each_place_by_weighted_ridge_regression():
    m = made_up()
    one = implicit_als(m, 3, weight=2.0, ridge=0.5, sweeps=1)
    items = 0.01 * np.random.default_rng(0).standard_normal((m.shape[1], 3))
    places = np.array([_ridge(items, row) for row in m])
    items = np.array([_ridge(places, column) for column in m.T])
    np.testing.assert_allclose(one, places @ items.T, atol=1e-9)


def _ridge(factors, wanted):
    weight = np.diag(1 + 2.0 * wanted)
    gram = factors.T @ weight @ factors + 0.5 * np.eye(factors.shape[1])
    return np.linalg.solve(gram, factors.T @ weight @ wanted)
