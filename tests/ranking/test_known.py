import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from chainmap.errors import ModelError, TableError
from chainmap.ranking import firm_features, place_features
from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS
from chainmap.ranking.pair_registry import Block, pair_column, pair_features
from chainmap.ranking.universe import FIRMS, FirmSchema, Further
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

REGISTERED = (firm_features, place_features)
UNIVERSE = made_up_universe()
LABELLED = made_up_labels(UNIVERSE)


def whole(known):
    return Block(known, np.arange(known.n_firms), np.arange(known.n_cities))


def test_a_planted_future_column_raises():
    planted = (("sites_2030", Further(2030, np.ones(UNIVERSE.firms.height))),)
    known = Known(replace(UNIVERSE, further=planted), 2020)
    with pytest.raises(ModelError, match="sites_2030 是 2030 年的事实"):
        known.further("sites_2030")
    assert len(Known(replace(UNIVERSE, further=planted), 2030).further("sites_2030")) == 240


def test_labels_after_the_origin_and_undated_ones_are_refused():
    with pytest.raises(ModelError, match="晚于时点 2017 年"):
        Known(UNIVERSE, 2017, LABELLED)
    undated = LABELS.check(LABELLED.with_columns(date=pl.lit(None, pl.Date)))
    with pytest.raises(ModelError, match="没有日期"):
        Known(UNIVERSE, 2020, undated)
    assert Known(UNIVERSE, 2020, undated, undated=True).sites.sum() == undated.height


@pytest.mark.parametrize("name", sorted(pair_features()))
def test_no_feature_changes_when_what_came_later_is_deleted(name):
    year = 2005
    labels = LABELS.check(LABELLED.with_columns(date=dt.date(2004, 5, 1)))
    earlier = FIRMS.check(
        UNIVERSE.firms.filter(pl.col("founded_year") <= year).with_columns(
            listed_year=pl.when(pl.col("listed_year") <= year).then("listed_year")
        )
    )
    then = pair_column(whole(Known(UNIVERSE, year, labels)), name)
    without = pair_column(whole(Known(replace(UNIVERSE, firms=earlier), year, labels)), name)
    assert np.array_equal(then, without)


@pytest.mark.parametrize("name", sorted(pair_features()))
def test_every_feature_has_words_a_unit_and_keeps_its_range(name):
    one = pair_features()[name]
    assert one.explanation and one.unit and one.low < one.high
    values = pair_column(whole(Known(UNIVERSE, 2020, LABELLED)), name)
    assert np.isfinite(values).all()
    assert one.low <= values.min() and values.max() <= one.high


def test_introductions_are_no_column_of_a_firm():
    assert "introduction" not in FirmSchema.columns()
    with pytest.raises(TableError):
        FIRMS.check(UNIVERSE.firms.drop("group"))
    odd = FIRMS.check(UNIVERSE.firms.with_columns(introduction=pl.lit("在成都设有工厂")))
    assert "introduction" not in odd.columns


def test_earlier_sites_of_a_group_count_in_the_province_but_never_the_city_itself():
    firm = UNIVERSE.firms["firm_id"][0]
    base = {"firm": "甲", "from_city": None, "kind": "landing", "source": "台", "confidence": 1.0}
    rows = [
        {"firm_id": firm, "city_code": code, "date": dt.date(2010, 1, 1), **base}
        for code in ("440600", "440700")
    ]
    labels = LABELS.check(
        pl.DataFrame(rows, schema_overrides={"from_city": pl.String, "date": pl.Date})
    )
    known = Known(UNIVERSE, 2020, labels)
    sites = pair_column(whole(known), "group_sites")[0]
    number = known.city_number
    assert sites[number["440600"]] == pytest.approx(np.log(2))  # the other one
    assert sites[number["440100"]] == pytest.approx(np.log(3))
    assert sites[number[CODES[0]]] == 0.0
