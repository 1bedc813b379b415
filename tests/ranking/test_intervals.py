"""Orders of draws, ranks counted from them and their ends, against general and plainer tools."""

import numpy as np
import pytest
from scipy.stats.mstats import hdquantiles

from chainmap.ranking.intervals import ENDS, Orders, counted, drawn_steps, quantile_weights


def plain_ranks(drawn, segment, per_segment):
    """Draw by draw, row by row."""
    ranks = np.empty(drawn.T.shape, int)
    for draw, steps in zip(ranks, drawn.T, strict=True):
        met = dict.fromkeys(segment.tolist(), 0)
        kept = 0
        for row in np.argsort(steps, kind="stable").tolist():
            draw[row] = kept + 1
            met[segment[row]] += 1
            kept += not per_segment or met[segment[row]] <= per_segment
    return ranks


@pytest.mark.parametrize("rows", [1, 2, 40, 511, 512, 513, 1100])
def test_ranks_are_those_counted_row_by_row(rows):
    dice = np.random.default_rng(rows)
    segment = np.sort(dice.integers(0, 9, rows)) * 2  # numbers may be missing
    dice.shuffle(segment)
    furthest = 2**21 - 1
    for drawn in (
        dice.integers(-furthest, furthest + 1, (rows, 6)),
        dice.integers(-2, 3, (rows, 6)),
        dice.choice([-furthest, 0, furthest], (rows, 6)),
    ):
        orders = Orders(drawn.astype(np.int32), segment)
        at = np.unique([0, rows // 3, rows - 1])
        for limit in (0, 1, 3, 40, rows):
            expected = plain_ranks(drawn, segment, limit)
            assert (expected == orders.ranks(np.arange(rows), limit).T).all()
            assert (expected[:, at] == orders.ranks(at, limit).T).all()


@pytest.mark.parametrize("draws", [1, 2, 7, 64, 201])
def test_ends_are_the_quantiles_of_harrell_and_davis(draws):
    dice = np.random.default_rng(draws)
    drawn = dice.integers(-900, 900, (30, draws)).astype(np.int32)
    segment = dice.integers(0, 5, 30)
    orders, at = Orders(drawn, segment), np.array([0, 4, 29])
    for limit in (0, 2):
        ranks = orders.ranks(np.arange(30), limit).T
        low, high = orders.all_ends(limit)
        assert (np.stack(orders.ends(at, limit)) == np.stack([low[at], high[at]])).all()
        if draws > 1:  # the general tool wants two
            expected = np.rint(hdquantiles(ranks, ENDS, axis=0).data)
            assert (np.stack([low, high]) == expected).all()
        else:
            assert (low == ranks[0]).all() and (high == ranks[0]).all()


def test_what_ranks_are_weighed_with_adds_up_to_1():
    assert np.allclose(quantile_weights(64).sum(axis=0), 1.0)


def test_draws_are_in_steps_behind_the_best():
    moved = np.array([[1.5, 0.0], [-0.5, 2.0]], np.float32)
    found = drawn_steps(np.array([7.0, 6.0]), moved)
    assert found.tolist() == [[-98304, 0], [98304, -65536]]
    far = drawn_steps(np.array([0.0, -90.0]), np.zeros((2, 2), np.float32))
    assert far.tolist() == [[0, 0], [2**21 - 1] * 2]


def test_members_of_groups_are_counted():
    assert counted(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]
