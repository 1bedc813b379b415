import numpy as np
import pytest

from chainmap.ranking.target_lists import Lists, candidate_difference, difference, score_lists


def slow_auc(happened, asked, score, column):
    """Share of (came, did not) pairs in order, one pair after another."""
    came = [i for i in range(len(score)) if asked[i, column] and happened[i, column]]
    other = [i for i in range(len(score)) if asked[i, column] and not happened[i, column]]
    won = sum(
        1.0 if score[i, column] > score[j, column] else 0.5 * (score[i, column] == score[j, column])
        for i in came
        for j in other
    )
    return won / (len(came) * len(other))


def made_up(seed=0, n=60, m=7):
    rng = np.random.default_rng(seed)
    happened = rng.random((n, m)) < 0.1
    happened[0] = True
    asked = rng.random((n, m)) < 0.9
    asked |= happened
    score = rng.integers(0, 12, (n, m)) + 3.0 * happened
    return Lists(happened, asked, np.arange(m)), score.astype(float)


def test_auc_is_that_of_counting_pairs():
    lists, score = made_up()
    found = score_lists(lists, score)
    for column in range(7):
        wanted = slow_auc(lists.happened, lists.asked, score, column)
        assert found.measures["auc"][column] == pytest.approx(wanted)
    assert len(found.event_auc) == (lists.happened & lists.asked).sum()


def test_a_perfect_and_a_reversed_order():
    lists, _ = made_up()
    best = score_lists(lists, lists.happened.astype(float))
    worst = score_lists(lists, -lists.happened.astype(float))
    assert best.mean("auc") == 1.0 and best.mean("ndcg_20") == pytest.approx(1.0)
    assert worst.mean("auc") == 0.0 and worst.mean("hit_1") == 0.0
    assert best.mean("mrr", np.array([True] + [False] * 6)) == 1.0


def test_places_count_from_one_and_uncommon_candidates_count_more():
    happened = np.array([[True, True], [False, True], [False, False]])
    score = np.array([[3.0, 1.0], [2.0, 1.0], [1.0, 2.0]])
    found = score_lists(Lists(happened, np.ones_like(happened), np.arange(2)), score)
    assert sorted(found.event_place) == [1.0, 2.5, 2.5]
    assert found.events_in(1) == pytest.approx(1 / 3)
    by_candidate = dict(zip(found.event_candidate.tolist(), found.uncommon().tolist(), strict=True))
    assert by_candidate == pytest.approx({0: 2**-0.5, 1: 1.0})
    weighted = found.events_in(1, found.uncommon())
    assert weighted == pytest.approx(2**-0.5 / (2 * 2**-0.5 + 1))


def test_a_lead_has_an_interval_by_list_and_by_candidate():
    lists, score = made_up()
    good, bad = score_lists(lists, score), score_lists(lists, -score)
    for gap in (difference(good, bad, "auc"), candidate_difference(good, bad)):
        assert 0 < gap.low < gap.mean < gap.high
    assert difference(good, good, "auc").high == 0.0
