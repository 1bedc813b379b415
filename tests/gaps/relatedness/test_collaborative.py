import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.gaps.relatedness.collaborative import (
    Similarity,
    item_collaborative,
    item_similarity,
    rp3beta,
    user_collaborative,
)
from tests.gaps.relatedness.made_up import made_up, matrices
from tests.oracles.relatedness import share_of_neighbours_by_loops, similarity_by_loops


@pytest.mark.parametrize("kind", list(Similarity))
@given(m=matrices, k=st.integers(1, 6))
def test_both_sides_are_shares_of_the_k_most_similar(m, k, kind):
    items = item_similarity(m, kind)
    np.testing.assert_allclose(items, similarity_by_loops(m, kind), atol=1e-12)
    np.testing.assert_allclose(
        item_collaborative(m, k, kind), share_of_neighbours_by_loops(m, items, k), atol=1e-12
    )
    places = item_similarity(m.T, kind)
    np.testing.assert_allclose(
        user_collaborative(m, k, kind), share_of_neighbours_by_loops(m.T, places, k).T, atol=1e-12
    )


def test_rp3beta_counts_walks_and_holds_common_items_back():
    m = made_up(n_places=5, n_items=6)
    walks = np.zeros(m.shape)
    for c, p in np.ndindex(*m.shape):
        for q, d in np.ndindex(6, 5):
            if m[c, q] and m[d, q] and m[d, p]:
                walks[c, p] += 1 / m[:, q].sum() / m[d].sum()
    np.testing.assert_allclose(rp3beta(m, 0.0), walks, atol=1e-12)
    held = walks / np.maximum(m.sum(axis=0), 1) ** 0.8
    np.testing.assert_allclose(rp3beta(m, 0.8), held, atol=1e-12)
