import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chainmap.gaps.relatedness.density import density, density_of_nearest
from chainmap.gaps.relatedness.proximity import proximity
from tests.gaps.relatedness.made_up import made_up, matrices
from tests.oracles.relatedness import share_of_neighbours_by_loops


@given(matrices)
def test_density_is_the_share_of_the_neighbourhood(m):
    for symmetric in (True, False):
        phi = proximity(m, symmetric=symmetric)
        wanted = share_of_neighbours_by_loops(m, phi)
        np.testing.assert_allclose(density(m, phi), wanted, atol=1e-12)


@given(matrices, st.integers(1, 6))
def test_density_of_nearest_is_weighted_and_leaves_the_item_out(m, k):
    phi = proximity(m)
    wanted = share_of_neighbours_by_loops(m, phi, k)
    np.testing.assert_allclose(density_of_nearest(m, phi, k), wanted, atol=1e-12)


def test_density_grows_with_what_a_place_has():
    m = made_up()
    phi, more = proximity(m), m.copy()
    more[0] = 1.0
    assert (density(more, phi)[0] >= density(m, phi)[0]).all()
    np.testing.assert_allclose(density(more, phi)[0], phi.sum(axis=1) > 0)
