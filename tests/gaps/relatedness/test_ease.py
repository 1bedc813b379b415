import numpy as np
import pytest

from chainmap.gaps.relatedness.ease import Side, ease
from tests.gaps.relatedness.made_up import made_up
from tests.oracles.relatedness import ease_by_columns


@pytest.mark.parametrize("shape", [(6, 11), (11, 6), (7, 7)])
@pytest.mark.parametrize("ridge", [0.5, 30.0])
def test_each_side_is_ridge_regression_on_all_the_others(shape, ridge):
    m = made_up(*shape)
    np.testing.assert_allclose(ease(m, ridge, Side.ITEMS), ease_by_columns(m, ridge), atol=1e-10)
    by_places = ease_by_columns(m.T, ridge).T
    np.testing.assert_allclose(ease(m, ridge, Side.PLACES), by_places, atol=1e-10)
