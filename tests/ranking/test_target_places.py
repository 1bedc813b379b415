import datetime as dt

import numpy as np
import polars as pl
import pytest

from chainmap.errors import ModelError
from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS
from chainmap.ranking.target_baselines import FOR_A_CITY
from chainmap.ranking.target_held import LOGIT
from chainmap.ranking.target_place_rows import (
    DATED_TASK,
    LEADS,
    UNDATED_TASK,
    not_beaten,
    place_rows,
    strongest,
)
from chainmap.ranking.target_places import measure_places
from chainmap.ranking.target_scorecard import measure_targets
from chainmap.ranking.target_training import TargetOptions
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

UNIVERSE = made_up_universe()
OPTIONS = TargetOptions(folds=3)
LABELLED = made_up_labels(UNIVERSE)
ZHEJIANG = [code for code in CODES if code.startswith("33")]


@pytest.fixture(scope="module")
def known():
    undated = LABELS.check(LABELLED.with_columns(date=pl.lit(None, pl.Date)))
    return Known(UNIVERSE, 2020, undated, undated=True)


@pytest.fixture(scope="module")
def card(known):
    dated = LABELS.check(LABELLED.with_columns(date=pl.lit(dt.date(2015, 6, 1))))
    return measure_places(known, UNIVERSE, ZHEJIANG, dated, OPTIONS)


def test_the_lists_of_some_cities_are_those_of_the_whole_scorecard(known, card):
    whole = measure_targets(known, OPTIONS).for_cities
    codes = known.cities["city_code"].gather(whole[LOGIT].number.tolist()).to_list()
    at = [codes.index(code) for code in card.cities]
    for name in (LOGIT, "先大后小", "先近后远", "省际引力"):
        for measure in ("auc", "hit_20"):
            ours, all_of_them = (s[name].measures[measure] for s in (card.undated, whole))
            assert ours == pytest.approx(all_of_them[at]), name


def test_dated_sites_are_ranked_among_the_firms_of_the_year_before(card):
    assert set(card.years) == {2015} and set(card.dated_cities) <= set(ZHEJIANG)
    dated = card.events.filter(kind="dated")
    founded = dict(UNIVERSE.firms.select("firm_id", "founded_year").iter_rows())
    there = LABELLED.filter(pl.col("city_code").is_in(ZHEJIANG)).height
    assert dated.height + card.unasked.height == there
    assert set(card.unasked["reason"]) <= {"企业在上一年年底还没有成立", "总部就在该城市"}
    assert all(founded[firm] <= 2014 for firm in dated["firm_id"])
    assert (dated["place"] >= 1).all() and (dated["place"] <= dated["candidates"]).all()


def test_both_ways_of_averaging_stand_in_a_row(card):
    rows = place_rows(card)
    assert {row["task"] for row in rows} == {UNDATED_TASK, DATED_TASK}
    for row in rows:
        scores = (card.undated if row["task"] == UNDATED_TASK else card.dated)[row["order"]]
        assert row["auc"] == pytest.approx(scores.mean("auc"), abs=1e-4)
        assert row["auc_events"] == pytest.approx(np.mean(scores.event_auc), abs=1e-4)
        assert set(LEADS) <= set(row) or row["order"] == LOGIT
    best = strongest(rows, UNDATED_TASK, "auc")
    simple = [r for r in rows if r["task"] == UNDATED_TASK and r["order"] in FOR_A_CITY]
    assert best["auc"] == max(row["auc"] for row in simple)
    for one in not_beaten(rows):
        assert one["order"] in FOR_A_CITY and one["measure"] in LEADS.values()


def test_cities_without_a_site_are_said(known):
    none = LABELS.check(LABELLED.clear())
    with pytest.raises(ModelError, match="没有一处可检验"):
        measure_places(known, UNIVERSE, ["650100"], none, OPTIONS)
