"""Small 0/1 matrices for the tests of relatedness."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

matrices = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 7), st.integers(2, 7)),
    elements=st.sampled_from([0.0, 1.0]),
)


def made_up(n_places=11, n_items=15, seed=3):
    """Places × items with two kinds of places, an item nobody has and one everybody has."""
    rng = np.random.default_rng(seed)
    kind = rng.random(n_places) < 0.5
    chance = np.where(kind[:, None] == (np.arange(n_items) % 2 == 0), 0.7, 0.25)
    m = (rng.random((n_places, n_items)) < chance).astype(float)
    m[:, 2], m[:, 4] = 0.0, 1.0
    return m
