import numpy as np
import pytest

from chainmap.gaps.entry.comparisons import Compared, significance_rows, spread_row
from chainmap.gaps.entry.details import Facts, detail_row, slice_rows, slices_side_by_side
from chainmap.gaps.entry.scores import Judged, difference, pooled, score_method

N_CITIES, N_NODES = 12, 60


def made(seed=0, signal=2.0):
    rng = np.random.default_rng(seed)
    city = np.repeat(np.arange(N_CITIES), N_NODES)
    node = np.tile(np.arange(N_NODES), N_CITIES)
    happened = (rng.random(len(city)) < 0.1).astype(float)
    score = rng.normal(size=len(city)) + signal * happened
    judged = Judged(city, happened, np.arange(N_CITIES) // 3)
    facts = Facts(
        judged,
        node,
        complexity=np.linspace(0, 1, N_NODES),
        stock=np.arange(N_NODES, dtype=float),
        companies=np.arange(N_CITIES, dtype=float),
    )
    return score, facts


def test_details_by_slow_count():
    score, facts = made()
    city, happened = facts.judged.city, facts.judged.happened
    recall, heavy, shown = [], [], set()
    for c in range(N_CITIES):
        own = np.flatnonzero(city == c)
        first = own[np.argsort(-score[own])][:20]
        shown |= set(facts.node[first])
        if happened[own].sum():
            recall.append(happened[first].sum() / happened[own].sum())
            weight = happened * facts.complexity[facts.node]
            heavy.append(weight[first].sum() / max(weight[own].sum(), 1e-12))
    found = detail_row(score, facts)
    assert found["recall_20"] == pytest.approx(np.mean(recall), abs=1e-4)
    assert found["complexity_recall_20"] == pytest.approx(np.mean(heavy), abs=1e-4)
    assert found["coverage_20"] == pytest.approx(len(shown) / N_NODES, abs=1e-4)


def test_thirds_hold_all_events_and_rank_alone():
    score, facts = made()
    rows = {row["slice"]: row for row in slice_rows(score, facts)}
    assert list(rows)[:3] == ["rare nodes", "middling nodes", "common nodes"]
    assert sum(row["events"] for row in list(rows.values())[:3]) == facts.judged.happened.sum()
    perfect = slice_rows(facts.judged.happened.copy(), facts)
    assert all(row["ndcg_20"] == 1.0 for row in perfect)
    beside = slices_side_by_side(
        [{"method": m, **row} for m in ("one", "two") for row in rows.values()], ("one", "two")
    )
    assert beside[0]["one"] == beside[0]["two"] == rows["rare nodes"]["ndcg_20"]
    assert beside[0]["events"] == rows["rare nodes"]["events"]


def test_ties_do_not_follow_the_numbering():
    _, facts = made()
    flat = detail_row(np.zeros(N_CITIES * N_NODES), facts)
    assert flat["coverage_20"] > 0.9


def test_a_real_difference_survives_holm_and_noise_does_not():
    score, facts = made(signal=3.0)
    rng = np.random.default_rng(5)
    good = score_method("good", score, facts.judged, 0)
    noise = score_method("noise", rng.normal(size=len(score)), facts.judged, 0)
    near = score_method("near", score + 0.01 * rng.normal(size=len(score)), facts.judged, 0)
    rows = significance_rows(
        [Compared("noise", good, noise), Compared("near", good, near)], facts.judged.cluster
    )
    assert [row["differs"] for row in rows] == [True, False]
    assert rows[0]["difference"] == pytest.approx(float((good.ndcg - noise.ndcg).mean()), abs=1e-4)


def test_a_city_tested_twice_is_one_city():
    score, facts = made()
    other, _ = made(seed=9)
    one = score_method("one", score, facts.judged, 0)
    two = score_method("two", other, facts.judged, 0)
    once, twice = difference(one, two), difference(pooled([one, one]), pooled([two, two]))
    assert twice == pytest.approx(once)


def test_the_spread_over_seeds_is_that_of_the_runs():
    score, facts = made()
    runs = [
        score_method("m", score + np.random.default_rng(s).normal(size=len(score)), facts.judged, 0)
        for s in range(4)
    ]
    row = spread_row("m", runs, runs[0])
    means = [run.ndcg.mean() for run in runs]
    assert row["seeds"] == 4
    assert row["ndcg_sd"] == pytest.approx(np.std(means, ddof=1), abs=1e-4)
    assert row["least_gain"] == pytest.approx(min(means) - means[0], abs=1e-4)
