"""Landings of a made-up ledger, ranked as of the year before."""

import datetime as dt

import polars as pl
import pytest

from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS
from chainmap.ranking.noted_landings import SOURCE, teaching
from chainmap.ranking.target_held import LOGIT, held_out_firms
from chainmap.ranking.target_landings import Landed, measure_landings
from chainmap.ranking.target_scorecard import measure_targets
from chainmap.ranking.target_summary import CITY_TASK, HELD_TASK, LANDING_TASK, summary_rows
from chainmap.ranking.target_training import (
    TargetOptions,
    everything,
    fit_uncalibrated,
    stated_sites,
)
from tests.ranking.made_up_firms import made_up_labels, made_up_universe

UNIVERSE = made_up_universe()
OPTIONS = TargetOptions(folds=2)
MOVES = made_up_labels(UNIVERSE)
STATED = MOVES.head(60).with_columns(kind=pl.lit("presence"), date=pl.lit(None, pl.Date))
LEDGER = LABELS.check(
    MOVES.tail(MOVES.height - 60).with_columns(
        source=pl.lit(SOURCE), date=pl.lit(dt.date(2012, 3, 1))
    )
)


@pytest.fixture(scope="module")
def known():
    taught = teaching(LEDGER).with_columns(date=pl.lit(None, pl.Date))
    return Known(UNIVERSE, 2020, LABELS.check(pl.concat([STATED, taught])), undated=True)


@pytest.fixture(scope="module")
def card(known):
    return measure_targets(known, OPTIONS, landed=Landed(UNIVERSE, LEDGER))


def test_what_undated_lists_ask_about_holds_no_landing(known, card):
    stated, taught = stated_sites(known), everything(known).happened()
    assert stated.sum() == STATED.height < taught.sum()
    assert not (stated & ~taught).any()
    assert len(card.for_cities[LOGIT].event_auc) == STATED.height


def test_every_landing_is_asked_about_once_where_its_firm_was_there(card):
    founded = UNIVERSE.firms.select("firm_id", "founded_year")
    there = LEDGER.join(founded, on="firm_id").filter(pl.col("founded_year") < 2012)
    held = pl.col("city_code").str.starts_with("33")
    for scores, of in ((card.landings.held_back, held), (card.landings.taught, ~held)):
        assert len(scores[LOGIT].event_auc) == there.filter(of).height > 0
        assert len(scores[LOGIT].number) == there.filter(of)["city_code"].n_unique()
    before = UNIVERSE.firms.filter(pl.col("founded_year") < 2012).height
    assert card.landings.taught[LOGIT].event_place.max() <= before


def test_a_landing_held_back_that_is_a_stated_site_too_is_not_asked_about(card):
    """A model has learned from the stated site, so it would be no test."""
    there = LEDGER.filter(pl.col("city_code").str.starts_with("33"))
    founded = UNIVERSE.firms.filter(pl.col("founded_year") < 2012)["firm_id"]
    also = there.filter(pl.col("firm_id").is_in(founded.implode())).head(2)
    labels = LABELS.check(
        pl.concat([STATED, also.with_columns(kind=pl.lit("presence"), date=pl.lit(None, pl.Date))])
    )
    known = Known(UNIVERSE, 2020, labels, undated=True)
    folds = held_out_firms(known, OPTIONS).folds
    found = measure_landings(known, Landed(UNIVERSE, LEDGER), folds, None)
    asked = len(card.landings.held_back[LOGIT].event_auc)
    assert len(found.held_back[LOGIT].event_auc) == asked - 2
    for fold in folds:
        assert not fold.firms & fold.learned
    assert set().union(*(fold.firms for fold in folds)) == set(UNIVERSE.firms["firm_id"])


def test_both_tables_stand_in_the_summary_with_every_simple_order(card):
    rows = summary_rows(card)
    orders = {row["order"] for row in rows if row["task"] == CITY_TASK}
    for task in (LANDING_TASK, HELD_TASK):
        mine = {row["order"]: row for row in rows if row["task"] == task}
        assert {"随机", "先大后小", "先近后远", LOGIT} <= set(mine) <= orders
        assert mine["随机"]["auc"] == 0.5 and "lead_hit_100" in mine["随机"]
        assert mine[LOGIT]["auc"] > 0.5


def test_without_landings_nothing_is_told_of_them(known):
    assert measure_targets(known, OPTIONS).landings is None


def test_landings_teach_who_comes_and_not_where_firms_go(known):
    """They were sought city by city, so how many went to a city says nothing."""
    with_them, without = (
        fit_uncalibrated(everything(Known(UNIVERSE, 2020, labels, undated=True)), OPTIONS, "x")
        for labels in (known.labels, LABELS.check(STATED))
    )
    assert with_them.company != without.company and with_them.expansion != without.expansion
    assert with_them.city == without.city
    assert (with_them.flows.moves == without.flows.moves).all()
    assert (with_them.lessons.draws == without.lessons.draws).all()
    assert (with_them.lessons.rates != without.lessons.rates).any()
