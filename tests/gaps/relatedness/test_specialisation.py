import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chainmap.gaps.relatedness.specialisation import rca, specialised
from tests.oracles.relatedness import rca_by_loops

counts = hnp.arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(0, 9)
)


@given(counts)
def test_rca_is_the_share_over_the_share_everywhere(x):
    np.testing.assert_allclose(rca(x), rca_by_loops(x), rtol=1e-12)


@given(counts.filter(lambda x: x.sum() > 0))
def test_a_place_with_anything_is_on_average_at_one(x):
    everywhere = x.sum(axis=0) / x.sum()
    average = (rca(x) * everywhere).sum(axis=1)
    np.testing.assert_allclose(average[x.sum(axis=1) > 0], 1.0)


def test_nothing_at_all_is_zero_and_not_nan():
    assert (rca(np.zeros((2, 3))) == 0).all()


def test_the_threshold_itself_counts():
    assert specialised(np.array([[0.99, 1.0, 2.0]])).tolist() == [[False, True, True]]
    assert specialised(np.array([[0.99, 1.0, 2.0]]), 2.0).tolist() == [[False, False, True]]
