import polars as pl

from chainmap.gaps.score import GapOptions, score_gaps
from chainmap.gaps.uncertainty import with_rank_interval
from tests.world import DAY, FIRMS, HOME, small_world

OPTIONS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


def ranked(world=None):
    return with_rank_interval(score_gaps(world or small_world(), HOME, OPTIONS), OPTIONS)


def test_the_interval_holds_the_rank_and_stays_inside_the_list():
    gaps = ranked()
    assert (gaps["rank_low"] >= 1).all() and (gaps["rank_high"] <= gaps.height).all()
    assert (gaps["rank_low"] <= gaps["rank"]).all() and (gaps["rank"] <= gaps["rank_high"]).all()
    assert (gaps["rank_high"] > gaps["rank_low"]).any()


def test_the_same_data_gives_the_same_interval_whatever_the_order_of_rows():
    assert ranked().equals(ranked(small_world(FIRMS[::-1])))


def test_without_any_doubt_every_rank_stands():
    gaps = score_gaps(small_world(), HOME, OPTIONS)
    sure = gaps.with_columns(
        theta=1.0 - pl.col("shortfall"),
        theta_sd=pl.lit(0.0),
        chance_low="chance",
        chance_high="chance",
    )
    found = with_rank_interval(sure, OPTIONS)
    assert (found["rank_low"] == found["rank"]).all() and (
        found["rank_high"] == found["rank"]
    ).all()


def test_a_city_without_gaps_has_no_intervals_to_draw():
    empty = score_gaps(small_world(), HOME, OPTIONS).clear()
    assert with_rank_interval(empty, OPTIONS).is_empty()
