import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.errors import InputError
from chainmap.metrics import (
    among_first,
    auc_pr,
    best_f1,
    brier,
    expected_calibration_error,
    hit_rate_at_k,
    map_at_k,
    ndcg_at_k,
    precision_at_k,
    precision_at_n,
    rank_lists,
    recall_at_k,
    reciprocal_rank,
    roc_auc,
    weighted_recall_at_k,
)

rows = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 5), st.sampled_from("abc")), min_size=1, max_size=25
)
labelled = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4)), min_size=2, max_size=25)


def ranked(table):
    gain, score, group = zip(*table, strict=True)
    return rank_lists(np.array(gain, float), np.array(score, float), np.array(group))


def lists(table):
    """The gains of each group, best score first, equal scores in row order."""
    return [
        [gain for gain, _, _ in sorted((r for r in table if r[2] == name), key=lambda r: -r[1])]
        for name in sorted({name for _, _, name in table})
    ]


def dcg(gains):
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


@given(rows, st.integers(1, 6))
def test_measures_at_k_are_those_of_each_list(table, k):
    ranking = ranked(table)
    per_list = []
    for gains in lists(table):
        hits = [gain > 0 for gain in gains]
        ideal = dcg(sorted(gains, reverse=True)[:k])
        precise = sum(sum(hits[: i + 1]) / (i + 1) for i in range(min(k, len(hits))) if hits[i])
        per_list.append(
            (
                sum(hits[:k]) / k,
                sum(hits[:k]) / max(sum(hits), 1),
                float(any(hits[:k])),
                dcg(gains[:k]) / ideal if ideal else 0.0,
                precise / min(k, max(sum(hits), 1)),
                1 / (hits.index(True) + 1) if any(hits) else 0.0,
            )
        )
    found = [
        measure(ranking, k)
        for measure in (precision_at_k, recall_at_k, hit_rate_at_k, ndcg_at_k, map_at_k)
    ]
    found.append(reciprocal_rank(ranking))
    np.testing.assert_allclose(np.array(found).T, np.array(per_list), atol=1e-12)


def test_groups_answer_in_ascending_order():
    ranking = ranked([(1, 1, "b"), (0, 2, "b"), (1, 3, "a")])
    assert ranking.groups.tolist() == ["a", "b"]
    assert reciprocal_rank(ranking).tolist() == [1.0, 0.5]
    assert ranking.n_relevant.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("gain", "score", "group"),
    [([], [], []), ([1], [1, 2], [0, 0]), ([1], [math.nan], [0]), ([-1], [1], [0])],
)
def test_rows_that_cannot_be_ranked_are_refused(gain, score, group):
    with pytest.raises(InputError):
        rank_lists(np.array(gain, float), np.array(score, float), np.array(group))


@given(labelled)
def test_measures_over_all_are_those_of_every_threshold(table):
    relevant, score = (np.array(column, float) for column in zip(*table, strict=True))
    if relevant.sum() == 0:
        for measure in (auc_pr, best_f1, roc_auc):
            with pytest.raises(InputError):
                measure(relevant, score)
        return
    area, before, best = 0.0, 0.0, 0.0
    for threshold in sorted(set(score), reverse=True):
        taken = score >= threshold
        precision, recall = relevant[taken].mean(), relevant[taken].sum() / relevant.sum()
        area += (recall - before) * precision
        before = recall
        best = max(best, 2 * precision * recall / (precision + recall) if precision else 0.0)
    assert auc_pr(relevant, score) == pytest.approx(area)
    assert best_f1(relevant, score) == pytest.approx(best)
    pairs = [(a > b) + (a == b) / 2 for a in score[relevant > 0] for b in score[relevant == 0]]
    if pairs:
        assert roc_auc(relevant, score) == pytest.approx(np.mean(pairs))
    top = sorted(zip(-score, range(len(score)), strict=True))[:3]
    assert precision_at_n(relevant, score, 3) == pytest.approx(sum(relevant[i] for _, i in top) / 3)


def test_probabilities_are_judged_by_distance_and_by_bins():
    happened = np.array([0, 0, 1, 1.0])
    assert brier(happened, happened) == 0
    assert brier(happened, np.full(4, 0.5)) == 0.25
    assert expected_calibration_error(happened, np.array([0.1, 0.1, 0.9, 0.9]), 2) == (
        pytest.approx(0.1)
    )
    assert expected_calibration_error(happened, np.full(4, 0.5), 1) == 0
    assert expected_calibration_error(happened, happened) == 0


@given(rows, st.integers(1, 6))
def test_weighted_recall_and_the_first_k_by_slow_count(table, k):
    held = [sum(g[:k]) / sum(g) if sum(g) else 0.0 for g in lists(table)]
    assert weighted_recall_at_k(ranked(table), k) == pytest.approx(np.array(held))
    _, score, group = zip(*table, strict=True)
    first = among_first(np.array(score, float), np.array(group), k)
    for row, chosen in enumerate(first):
        before = sum(
            group[i] == group[row] and (-score[i], i) < (-score[row], row)
            for i in range(len(table))
        )
        assert chosen == (before < k)
