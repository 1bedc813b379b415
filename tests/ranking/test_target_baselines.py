"""Simple orders: what they read."""

import numpy as np
import polars as pl

from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS
from chainmap.ranking.pair_registry import Block
from chainmap.ranking.target_baselines import (
    biggest_firm,
    most_courted_city,
    most_courted_firm,
    plain_sum,
    province_gravity,
)
from chainmap.ranking.target_training import everything
from chainmap.ranking.universe import FIRMS
from tests.ranking.made_up_firms import made_up_labels, made_up_universe


def test_biggest_first_tells_giants_and_dwarfs_apart_and_the_unstated_stand_in_the_middle():
    universe = made_up_universe(n=30)
    staff = np.r_[200_000.0, 40_000.0, 29.0, 3.0, np.nan, np.full(25, 500.0)]
    column = pl.Series("staff", staff).fill_nan(None)
    firms = FIRMS.check(universe.firms.with_columns(column))
    known = Known(type(universe)(firms, universe.segments, universe.cities, universe.refused), 2020)
    score = biggest_firm(everything(known), Block(known, np.arange(30), np.arange(2)))
    assert score.shape == (30, 2) and (score[:, 0] == score[:, 1]).all()
    assert score[:4, 0].tolist() == [200_000.0, 40_000.0, 29.0, 3.0]
    assert score[4, 0] == 500.0


def test_a_list_by_the_plain_sum_hangs_on_no_other_city_and_no_other_firm():
    known = Known(made_up_universe(), 2020)
    rows, places = np.arange(known.n_firms), np.arange(known.n_cities)
    whole = plain_sum(everything(known), Block(known, rows, places))
    one = known.city_number["330600"]
    alone = plain_sum(everything(known), Block(known, rows[::3], np.array([one])))
    assert np.allclose(alone[:, 0], whole[::3, one])


def test_moves_of_a_ledger_are_no_count_of_how_cities_are_courted():
    universe = made_up_universe()
    labels = made_up_labels(universe)
    stated = labels.head(40).with_columns(kind=pl.lit("presence"))
    known, alone = (
        Known(universe, 2020, LABELS.check(frame))
        for frame in (pl.concat([stated, labels.tail(labels.height - 40)]), stated)
    )
    firms, cities = np.arange(known.n_firms), np.arange(known.n_cities)

    def same(order):
        one, other = (order(everything(k), Block(k, firms, cities)) for k in (known, alone))
        return np.array_equal(one, other)

    assert same(most_courted_city) and same(province_gravity)
    assert not same(most_courted_firm)
