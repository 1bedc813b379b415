import numpy as np
import polars as pl
import pytest

from chainmap.ranking.known import Known
from chainmap.ranking.lessons import DRAW_PRIOR, TRADE_PRIOR, lessons_of
from chainmap.ranking.pair_registry import Block, pair_column
from chainmap.ranking.target_training import (
    TargetOptions,
    everything,
    start_learning,
    stop_learning,
)
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

UNIVERSE = made_up_universe()
KNOWN = Known(UNIVERSE, 2020, made_up_labels(UNIVERSE))
SITES = everything(KNOWN).happened().astype(float)


def test_the_lessons_are_those_of_counting_one_by_one():
    found = lessons_of(KNOWN, SITES, SITES, np.ones(KNOWN.n_firms))
    city = KNOWN.city_number[CODES[0]]
    share = sum(home == city for home in KNOWN.home) / KNOWN.n_firms
    wanted = np.log((SITES[:, city].sum() + DRAW_PRIOR) / (share * SITES.sum() + DRAW_PRIOR))
    assert found.draws[city] == pytest.approx(wanted, abs=1e-5)
    trade = found.sectors[1]
    of = (KNOWN.firms["sector"] == trade).to_numpy()
    usual = SITES.sum() / KNOWN.n_firms
    none = lessons_of(KNOWN, SITES, np.zeros_like(SITES), np.ones(KNOWN.n_firms))
    assert none.rates.tolist() == found.rates.tolist() and not none.draws.any()
    rate = (SITES[of].sum() + TRADE_PRIOR * usual) / (of.sum() + TRADE_PRIOR)
    assert found.rates[1] == pytest.approx(np.log(rate / usual), abs=1e-5)


def test_another_universe_reads_the_average_where_nothing_was_learned():
    found = lessons_of(KNOWN, SITES, SITES, np.ones(KNOWN.n_firms))
    other = made_up_universe(20)
    frame = other.firms.with_columns(sector=pl.lit("没见过的行业"))
    strange = Known(type(other)(frame, other.segments, other.cities, other.refused), 2020)
    assert not found.rate_of(strange).any()
    assert found.draw_of(strange).tolist() == found.draws.tolist()


def test_a_firms_own_moves_are_not_told_to_it_while_a_fit_is_under_way():
    learned = start_learning(everything(KNOWN), TargetOptions())
    try:
        for name in ("city_draw", "sector_moves"):
            block = Block(KNOWN, np.arange(KNOWN.n_firms), np.arange(KNOWN.n_cities))
            told = np.broadcast_to(pair_column(block, name), block.shape)
            for part in (0, 7):
                others = learned.part != part
                alone = lessons_of(KNOWN, *[SITES * others[:, None]] * 2, others.astype(float))
                mine = np.flatnonzero(~others)
                wanted = (
                    np.broadcast_to(alone.draw_of(KNOWN), (len(mine), KNOWN.n_cities))
                    if name == "city_draw"
                    else np.repeat(alone.rate_of(KNOWN)[mine][:, None], KNOWN.n_cities, axis=1)
                )
                assert np.array_equal(told[mine], wanted)
    finally:
        stop_learning(KNOWN)
    block = Block(Known(UNIVERSE, 2020), np.arange(3), np.arange(4))
    assert not pair_column(block, "city_draw").any()
    assert not pair_column(block, "sector_moves").any()
