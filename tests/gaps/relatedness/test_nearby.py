import numpy as np
import pytest

from chainmap.gaps.relatedness.nearby import share_nearby, strength_nearby

M = np.array([[1, 1, 0, 1, 0], [0, 1, 1, 0, 0], [0, 0, 0, 0, 1]], bool)


@pytest.mark.parametrize("reach", [1, 2, 10])
def test_shares_by_slow_count(reach):
    found = share_nearby(M, reach)
    for place in range(3):
        for item in range(5):
            around = [i for i in range(5) if i != item and abs(i - item) <= reach]
            assert found[place, item] == pytest.approx(M[place, around].mean())


def test_an_item_never_speaks_for_itself():
    changed = M.copy()
    changed[0, 2] = True
    assert share_nearby(changed, 2)[0, 2] == share_nearby(M, 2)[0, 2]


def test_a_place_as_usual_has_strength_one_and_a_richer_heading_more():
    even = np.ones((4, 6), bool)
    assert strength_nearby(even, 2) == pytest.approx(1.0)
    found = strength_nearby(M, 1)
    assert found[0, 4] == pytest.approx(1.5) and found[2, 0] < 1
    assert (found > 0).all()


def test_one_item_has_no_neighbours():
    assert share_nearby(np.array([[True], [False]]), 3).tolist() == [[0.0], [0.0]]
