"""Ties against brute force: the mean over many shuffles, and over every order of a short list."""

from itertools import permutations

import numpy as np
import pytest

from chainmap.metrics import hit_rate_at_k, ndcg_at_k, rank_lists, recall_at_k, reciprocal_rank
from chainmap.ranking.target_lists import Lists, event_difference, score_lists
from chainmap.ranking.tied import tied_list


def shuffled(score, came, rng, k, times=1):
    """Mean measures over orders of the ties: rows arrive shuffled, equal scores keep their order.

    Each order is a list of its own, and all are ranked at once.
    """
    order = np.concatenate([rng.permutation(len(score)) for _ in range(times)])
    own = np.repeat(np.arange(times), len(score))
    ranking = rank_lists(came[order].astype(float), score[order], own)
    measures = (hit_rate_at_k(ranking, k), recall_at_k(ranking, k), ndcg_at_k(ranking, k),
                reciprocal_rank(ranking))  # fmt: skip
    return [float(one.mean()) for one in measures]


def ours(score, came, k):
    one = tied_list(score, came)
    return [one.hit(k), one.found(k) / came.sum(), one.ndcg(k), one.reciprocal()]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("k", [1, 5, 20])
def test_a_list_with_ties_is_the_mean_over_many_shuffles(seed, k):
    rng = np.random.default_rng(seed)
    score = rng.integers(0, 2 + 3 * seed, 40).astype(float)
    came = rng.random(40) < 0.15
    came[0] = True
    wanted = shuffled(score, came, rng, k, times=4_000)
    assert ours(score, came, k) == pytest.approx(wanted, abs=0.035)


@pytest.mark.parametrize("k", [1, 2, 3, 6])
def test_a_short_list_is_the_mean_over_every_order(k):
    score = np.array([2.0, 1.0, 1.0, 1.0, 1.0, 0.0])
    came = np.array([False, True, False, True, False, True])
    hits, firsts = [], []
    for middle in permutations(came[1:5]):
        order = np.array([came[0], *middle, came[5]])
        hits.append(order[:k].any())
        firsts.append(1.0 / (np.flatnonzero(order)[0] + 1))
    one = tied_list(score, came)
    assert one.hit(k) == pytest.approx(np.mean(hits))
    assert one.reciprocal() == pytest.approx(np.mean(firsts))
    assert one.found(6) == 3.0 and one.hit(6) == 1.0


def test_without_ties_nothing_changes():
    rng = np.random.default_rng(1)
    score, came = rng.permutation(60).astype(float), rng.random(60) < 0.1
    came[3] = True
    for k in (1, 5, 20, 100):
        assert ours(score, came, k) == pytest.approx(shuffled(score, came, rng, k))


def test_the_measures_of_a_list_do_not_hang_on_the_order_of_its_rows():
    rng = np.random.default_rng(2)
    happened = rng.random((50, 4)) < 0.1
    happened[0] = True
    score = rng.integers(0, 3, (50, 4)).astype(float)
    asked = np.ones_like(happened)
    one = score_lists(Lists(happened, asked, np.arange(4)), score)
    turned = rng.permutation(50)
    other = score_lists(Lists(happened[turned], asked, np.arange(4)), score[turned])
    for name, values in one.measures.items():
        assert values == pytest.approx(other.measures[name]), name
    assert one.events_in(20) == pytest.approx(other.events_in(20))


def test_the_share_of_events_in_the_first_k_counts_ties_by_their_share():
    happened = np.array([[True], [False], [False], [True]])
    one = score_lists(Lists(happened, np.ones_like(happened), np.arange(1)),
                      np.array([[1.0], [1.0], [0.0], [0.0]]))  # fmt: skip
    assert sorted(one.event_within(1)) == [0.0, 0.5]
    assert one.events_in(3) == pytest.approx((1.0 + 0.5) / 2)
    assert sorted(one.event_place) == [1.5, 3.5]
    assert event_difference(one, one, 1).high == 0.0
