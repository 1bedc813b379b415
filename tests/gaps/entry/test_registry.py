import numpy as np
from scipy.stats import rankdata

from chainmap.gaps.entry.registry import within_city


def test_percentiles_are_those_of_mean_ranks():
    values = np.random.default_rng(7).integers(0, 6, (5, 40)).astype(np.float32)
    expected = (rankdata(values, axis=1) - 0.5) / values.shape[1]
    assert np.array_equal(within_city(values), expected.astype(np.float32))
