import numpy as np
import polars as pl
import pytest
from scipy.stats import gamma, kstest, norm

from chainmap.gaps.score import GapOptions, score_gaps
from chainmap.gaps.uncertainty import cell_draws, with_rank_interval
from tests.world import DAY, FIRMS, HOME, small_world, world_of

OPTIONS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


def ranked(world=None):
    return with_rank_interval(score_gaps(world or small_world(), HOME, OPTIONS), OPTIONS)


def test_the_interval_holds_the_rank_and_stays_inside_the_list():
    gaps = ranked()
    assert (gaps["rank_low"] >= 1).all() and (gaps["rank_high"] <= gaps.height).all()
    assert (gaps["rank_low"] <= gaps["rank"]).all() and (gaps["rank"] <= gaps["rank_high"]).all()
    assert (gaps["rank_high"] > gaps["rank_low"]).any()


def test_the_same_data_gives_the_same_interval_whatever_the_order_of_rows():
    assert ranked().equals(ranked(world_of(FIRMS[::-1])))


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


def cells(n=200, **columns):
    base = {
        "city_code": ["330600"] * n,
        "segment_id": [f"s-{i}" for i in range(n)],
        "theta": [0.9] * n,
        "theta_sd": [0.7] * n,
        "chance": [0.02] * n,
        "chance_low": [0.01] * n,
        "chance_high": [0.04] * n,
    }
    return pl.DataFrame(base | columns)


def test_draws_follow_the_posterior_cut_at_one_and_the_spread_of_the_bags():
    draws = cell_draws(cells())
    shape, rate = (0.9 / 0.7) ** 2, 0.9 / 0.7**2
    law = gamma(shape, scale=1 / rate)
    assert draws.theta.max() < 1
    assert kstest((law.cdf(draws.theta) / law.cdf(1.0)).ravel(), "uniform").pvalue > 0.01
    logit = np.log(draws.chance / (1 - draws.chance))
    wide = np.log(0.04 / 0.96) - np.log(0.01 / 0.99)
    middle = np.log(0.02 / 0.98)
    law = norm(middle, wide / (2 * norm.ppf(0.95)))
    assert kstest(logit.ravel(), law.cdf).pvalue > 0.01
    assert abs(np.corrcoef(draws.theta[:2])[0, 1]) < 0.3


def test_draws_belong_to_the_cell_whatever_else_is_listed():
    whole, part = cell_draws(cells(50)), cell_draws(cells(50)[10:13])
    assert (whole.theta[10:13] == part.theta).all() and (whole.chance[10:13] == part.chance).all()


@pytest.mark.parametrize("wider", [("theta_sd", 0.05), ("chance_high", 0.0201)])
def test_less_doubt_makes_no_wider_interval(wider):
    name, value = wider
    spread = cell_draws(cells()).theta.std() + cell_draws(cells()).chance.std()
    less = cell_draws(cells(**{name: [value] * 200}))
    assert less.theta.std() + less.chance.std() < spread
