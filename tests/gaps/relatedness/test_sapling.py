import numpy as np
from hypothesis import given

from chainmap.gaps.relatedness.sapling import (
    sapling_blend,
    sapling_items,
    sapling_places,
    sapling_similarity,
)
from tests.gaps.relatedness.made_up import made_up, matrices
from tests.oracles.relatedness import sapling_by_gini


@given(matrices)
def test_the_signed_square_of_phi_is_the_fall_in_gini_impurity(m):
    np.testing.assert_allclose(sapling_similarity(m), sapling_by_gini(m), atol=1e-12)


def test_scores_are_what_is_there_over_the_size_of_what_is_alike():
    m = made_up()
    s = sapling_similarity(m)
    wanted = np.zeros(m.shape)
    for c, p in np.ndindex(*m.shape):
        size = sum(abs(s[q, p]) for q in range(m.shape[1]))
        if size > 0:
            wanted[c, p] = sum(s[q, p] for q in range(m.shape[1]) if m[c, q]) / size
    np.testing.assert_allclose(sapling_items(m), wanted, atol=1e-12)
    np.testing.assert_allclose(sapling_places(m), sapling_items(m.T).T, atol=0)


def test_an_item_nobody_or_everybody_has_tells_nothing():
    assert (sapling_items(made_up())[:, [2, 4]] == 0).all()


def test_the_blend_goes_from_places_to_items():
    m = made_up()
    assert (sapling_blend(m, 0.0) == sapling_places(m)).all()
    assert (sapling_blend(m, 1.0) == sapling_items(m)).all()
    middle = (sapling_places(m) + sapling_items(m)) / 2
    np.testing.assert_allclose(sapling_blend(m, 0.5), middle)
