import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.gaps.relatedness import proximity as room
from chainmap.gaps.relatedness.proximity import co_occurrence, nearest, proximity
from tests.gaps.relatedness.made_up import made_up, matrices
from tests.oracles.relatedness import proximity_by_loops


@pytest.mark.parametrize("symmetric", [True, False])
@given(m=matrices)
def test_proximity_is_the_conditional_probability(m, symmetric):
    np.testing.assert_allclose(
        proximity(m, symmetric=symmetric), proximity_by_loops(m, symmetric), rtol=1e-12
    )


@given(matrices)
def test_proximity_is_symmetric_with_ones_where_an_item_is_anywhere(m):
    phi = proximity(m)
    assert (phi == phi.T).all()
    assert (phi.diagonal() == (m.sum(axis=0) > 0)).all()
    assert ((phi >= 0) & (phi <= 1)).all()


def test_true_and_one_are_the_same():
    m = made_up()
    assert (proximity(m) == proximity(m > 0)).all()
    assert (co_occurrence(m) == m.T @ m).all()


@given(matrices, st.integers(0, 9))
def test_nearest_keeps_the_k_largest_others_and_the_lower_column_of_equals(m, k):
    phi = proximity(m)
    kept = nearest(phi, k)
    for p, row in enumerate(phi):
        others = sorted((q for q in range(len(phi)) if q != p), key=lambda q: (-row[q], q))
        wanted = np.zeros(len(phi))
        wanted[others[:k]] = row[others[:k]]
        assert (kept[p] == wanted).all()


def test_blocks_do_not_show(monkeypatch):
    phi = proximity(made_up(n_items=20))
    whole = nearest(phi, 4)
    monkeypatch.setattr(room, "BLOCK", 7)
    assert (nearest(phi, 4) == whole).all()
    assert (proximity(made_up(n_items=20)) == phi).all()
