import datetime as dt
import hashlib
import json
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from chainmap.errors import ModelError
from chainmap.ranking import target_lists
from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS
from chainmap.ranking.target_backtest import LOGIT as DATED_LOGIT
from chainmap.ranking.target_backtest import Calendar, dated_backtest
from chainmap.ranking.target_held import EARLIER, LOGIT, TREES
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_release import target_model_files
from chainmap.ranking.target_scorecard import measure_targets
from chainmap.ranking.target_summary import (
    beaten,
    bias_rows,
    calibration_rows,
    part_rows,
    summary_rows,
    suspicious,
)
from chainmap.ranking.target_training import TargetOptions, train_targets
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

UNIVERSE = made_up_universe(n=160)
OPTIONS = TargetOptions(folds=3)
ORIGIN = {"data": {}, "data_zh": ["编造的数据。"], "command": "无", "package": "0"}


@pytest.fixture(autouse=True)
def few_samples(monkeypatch):
    """What is asked here hangs on no interval's ends but whether they are apart from 0."""
    monkeypatch.setattr(target_lists, "RESAMPLES", 300)


@pytest.fixture(scope="module")
def known():
    return Known(UNIVERSE, 2020, made_up_labels(UNIVERSE))


@pytest.fixture(scope="module")
def card(known):
    return measure_targets(known, OPTIONS)


@pytest.fixture(scope="module")
def model(known):
    return train_targets(known, OPTIONS, "1")


def test_every_order_is_judged_on_the_same_lists(card):
    rows = summary_rows(card)
    assert {row["order"] for row in rows} >= {LOGIT, TREES, "随机", "省际引力", "先近后远"}
    for task in {row["task"] for row in rows}:
        assert len({(r["lists"], r["events"]) for r in rows if r["task"] == task}) == 1
    assert all(0 <= row["auc"] <= 1 for row in rows)


def test_the_rule_that_made_the_moves_is_found_and_random_is_not(card):
    by_order = {name: scores.mean("auc") for name, scores in card.for_cities.items()}
    assert by_order[LOGIT] > 0.75
    assert by_order["随机"] == pytest.approx(0.5)  # the mean over all orders, not one draw
    won, lost = beaten(card)
    assert "随机" in won and set(won) | set(lost) == set(by_order) - {LOGIT}
    assert suspicious(card) is (by_order[LOGIT] >= 0.9)


def test_parts_and_calibration_have_their_rows(card):
    assert {row["part"] for row in part_rows(card)} >= {"浙江各市", "大城市"}
    for row in calibration_rows(card):
        assert len(row["seen_over_predicted"]) == 3
        assert row["brier"] >= 0


def test_whom_the_orders_favour_is_told(card):
    by_order = {row["order"]: row for row in bias_rows(card)}
    assert by_order["先大后小"]["staff"] > 0.95
    assert by_order[LOGIT]["staff"] > by_order["先近后远"]["staff"]
    assert all(0 < row["same_50_firms"] <= 1 for row in by_order.values())


def test_the_curve_of_a_calibration_holds_every_tenth_the_highest_first(card):
    for one in (card.pairs, card.expansion):
        foreseen = [x for x, _ in one.curve]
        assert len(foreseen) == 10 and foreseen == sorted(foreseen, reverse=True)
        assert all(0 <= value <= 1 for point in one.curve for value in point)


def test_a_row_of_the_earlier_release_stands_beside_the_new_one(model):
    few = made_up_universe(n=80)
    both = measure_targets(Known(few, 2020, made_up_labels(few)), TargetOptions(folds=2), model)
    rows = [row for row in summary_rows(both) if row["order"] == EARLIER]
    assert {row["task"] for row in rows} >= {"城市→企业", "企业→城市"}
    assert load_target_model("1").lessons is None  # the first release still reads


def test_released_files_are_the_same_bytes_and_name_their_hash(model, card):
    one, other = (target_model_files(model, card, OPTIONS, ORIGIN) for _ in range(2))
    assert one == other
    manifest = json.loads(one["manifest.json"])
    digest = hashlib.sha256(one["coefficients.json"]).hexdigest()
    assert manifest["files"] == {"coefficients.json": digest}
    assert manifest["features"] == model.features()
    text = one["CARD.md"].decode()
    assert "局限" in text and "编造的数据。" in text
    for heading in ("前1命中", "前5命中", "前10命中", "前20命中", "召回@100", "提升@100"):
        assert heading in text.split("城市→企业（")[1] and heading in text.split("\n企业→城市（")[1]
    tables = [line for line in text.splitlines() if line.startswith("|")]
    for line, rule in pairwise(tables):
        assert not rule.startswith("|---") or line.count("|") == rule.count("|")


def moves_by_year(years, per_year=40):
    """Moves to the next city of the list, by day."""
    rng = np.random.default_rng(1)
    firms = UNIVERSE.firms.filter(pl.col("founded_year") < min(years)).to_dicts()
    rows = {}
    for year in years:
        for at in rng.integers(0, len(firms), per_year):
            firm = firms[at]
            step = 1 if rng.random() < 0.8 else int(rng.integers(2, 7))
            there = CODES[(CODES.index(firm["home"]) + step) % len(CODES)]
            rows.setdefault(
                (firm["firm_id"], there),
                {"firm_id": firm["firm_id"], "firm": firm["name"], "from_city": firm["home"],
                 "city_code": there, "date": dt.date(year, 5, 1), "kind": "branch",
                 "source": "登记", "confidence": 1.0},
            )  # fmt: skip
    return LABELS.check(pl.DataFrame(list(rows.values())))


def test_later_moves_are_foreseen_from_earlier_ones_only():
    labels = moves_by_year(range(2010, 2017))
    calendar = Calendar((2011, 2012, 2013), 2014, (2015, 2016))
    dated = dated_backtest(UNIVERSE, labels, calendar)
    assert dated.scores[DATED_LOGIT].mean("mrr") > 2 * dated.scores["随机"].mean("mrr")
    assert dated.lead("随机").low > 0
    early = labels.filter(pl.col("date").dt.year() <= 2014)
    other = moves_by_year(range(2015, 2017), per_year=60)
    other = other.join(early, on=["firm_id", "city_code"], how="anti")
    # What came when the weights were there already is no part of them; what came before is.
    again = dated_backtest(UNIVERSE, LABELS.check(pl.concat([early, other])), calendar)
    assert again.weights == dated.weights
    assert again.scores[DATED_LOGIT].mean("mrr") != dated.scores[DATED_LOGIT].mean("mrr")
    fewer = labels.filter((pl.col("date").dt.year() != 2013) | (pl.col("city_code") > CODES[3]))
    assert dated_backtest(UNIVERSE, fewer, calendar).weights != dated.weights


def test_years_must_not_overlap():
    with pytest.raises(ModelError, match="互不重叠"):
        Calendar((2010, 2011), 2011, (2012,))
