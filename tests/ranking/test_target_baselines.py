"""Simple orders: what they read."""

import numpy as np
import polars as pl

from chainmap.ranking.known import Known
from chainmap.ranking.pair_registry import Block
from chainmap.ranking.target_baselines import biggest_firm
from chainmap.ranking.target_training import everything
from chainmap.ranking.universe import FIRMS
from tests.ranking.made_up_firms import made_up_universe


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
