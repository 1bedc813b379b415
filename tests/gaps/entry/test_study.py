import numpy as np
import pytest

from chainmap.errors import ModelError
from chainmap.gaps.entry.evaluation import EvaluationOptions, evaluate_panel, shuffled_ndcg
from chainmap.gaps.entry.learners import (
    NEGATIVES,
    LearnerOptions,
    query_sizes,
    sample_rows,
)
from chainmap.gaps.entry.scores import city_percentile
from chainmap.gaps.entry.study import Study, all_grids, shuffled_within
from chainmap.gaps.entry.tasks import ENTRY, FIRST, SPECIALISATION, Calendar, calendar_of
from tests.gaps.entry.small_panel import small_panel

PANEL = small_panel()
OPTIONS = LearnerOptions(trees=25, leaves=7, least_rows=20)


def test_the_grids_hold_every_column_without_anybody_asking_for_it():
    assert len(all_grids(PANEL).names) > 40


def test_a_training_window_must_be_over_at_the_test_origin():
    with pytest.raises(ModelError, match="1995"):
        Calendar((1993, 1995), 1999)
    assert calendar_of(PANEL).training == (1993, 1994)
    assert calendar_of(PANEL, back=2, origins=3).test == 1997


def test_candidates_and_labels_are_those_of_the_definition():
    study = Study(all_grids(PANEL), calendar_of(PANEL), ENTRY, OPTIONS)
    now, later = PANEL.stock(1999), PANEL.stock(2004)
    assert (study.test.cell == np.flatnonzero(now.ravel() == 0)).all()
    assert (study.test.happened == (later.ravel()[study.test.cell] >= 2)).all()


def test_a_window_past_the_data_is_refused():
    with pytest.raises(ModelError, match="2005"):
        Study(all_grids(PANEL), Calendar((1990,), 2000), ENTRY, OPTIONS)


def test_all_events_and_weighted_negatives_are_sampled():
    rng = np.random.default_rng(0)
    query = np.repeat(np.arange(3), 1000)
    happened = (rng.random(3000) < 0.05).astype(float)
    happened[2000:] = 0
    drawn = sample_rows(happened, query, seed=1)
    assert set(np.flatnonzero(happened)) <= set(drawn.row)
    assert drawn.weight[happened[drawn.row] == 0].sum() == pytest.approx((happened == 0).sum())
    events = int(happened[:1000].sum())
    assert (drawn.query == 0).sum() <= events * (1 + NEGATIVES) + 1
    assert (drawn.query == 2).sum() > 0
    assert (np.diff(drawn.row) > 0).all()


def test_queries_are_cut_where_lightgbm_would_refuse():
    sizes = query_sizes(np.repeat([0, 1], [25_000, 3]))
    assert sizes.max() <= 10_000 and sizes.sum() == 25_003


def test_shuffling_keeps_each_citys_number_of_events():
    query = np.repeat([0, 1, 2], 50)
    values = (np.arange(150) % 7 == 0).astype(float)
    shuffled = shuffled_within(values, query, 3)
    assert (np.bincount(query, shuffled) == np.bincount(query, values)).all()
    assert (shuffled != values).any()


def test_city_percentiles_by_slow_count():
    score, city = np.array([3.0, 1.0, 2.0, 9.0, 8.0]), np.array([0, 0, 0, 1, 1])
    assert city_percentile(score, city).tolist() == [5 / 6, 1 / 6, 0.5, 0.75, 0.25]


def test_the_same_rows_make_the_same_model():
    study = Study(all_grids(PANEL), calendar_of(PANEL), FIRST, OPTIONS)
    first, second = (study.fit(study.grids.names, ranker=True).at_test() for _ in range(2))
    assert (first == second).all()


def test_tables_of_a_small_panel():
    panel = small_panel(seed=1)
    options = EvaluationOptions(folds=2, ablations=False, seeds=2, learner=OPTIONS)
    tables = evaluate_panel(panel, calendar_of(panel), (ENTRY, SPECIALISATION), options)
    names = [row["method"] for row in tables.methods if row["task"] == "entry"]
    assert names[0] == "random" and names[-1] == "mean of the two ranks"
    assert len(names) == 17
    by_name = {row["method"]: row for row in tables.methods if row["task"] == "entry"}
    assert by_name["mean of the two ranks"]["ndcg_20"] > by_name["random"]["ndcg_20"]
    assert by_name["mean of the two ranks"]["final_minus"] == 0
    assert {row["task"] for row in tables.leaks} == {"entry", "specialisation"}
    assert by_name["density"].keys() >= {"final_minus", "low", "province_high"}
    whole = {row["method"]: row for row in tables.details if row["task"] == "entry"}
    assert list(whole) == names
    assert whole["random"]["coverage_20"] == 1.0
    for name, row in whole.items():
        assert row["auc_pr"] == pytest.approx(by_name[name]["auc_pr"], abs=2e-4)
        assert all(0 <= value <= 1 for value in row.values() if isinstance(value, float))
    compared = [row for row in tables.significance if row["task"] == "entry"]
    assert [row["comparison"] for row in compared] == names[:-1]
    for row in compared:
        assert row["holm_city"] >= row["p_city"] and row["holm_province"] >= row["p_province"]
    assert {row["seeds"] for row in tables.seeds} == {2}
    assert {row["way"] for row in tables.cold_cities} == {
        "binary, cities left out",
        "LambdaRank, portfolio-blind",
    }
    parts = [r for r in tables.slices if r["task"] == "entry" and r["method"] == "density"]
    assert len(parts) == 6
    assert sum(r["events"] for r in parts[:3]) == sum(r["events"] for r in parts[3:])
    tenths = [row for row in tables.tenths if row["task"] == "entry"]
    assert tenths[-1]["predicted"] >= tenths[0]["predicted"]
    for row in tables.calibration:
        if "事后" in row["chances"]:
            assert row["mean"] == pytest.approx(row["seen"], abs=1e-4)


def test_shuffled_labels_score_like_random():
    panel = small_panel(seed=2, places=120, nodes=80)
    study = Study(all_grids(panel), calendar_of(panel), FIRST, OPTIONS)
    model, random = shuffled_ndcg(study, seed=1, draws=40)
    assert abs(model - random) <= 0.01
