"""Draws of what is left open: the right distributions, and the same wherever a firm stands."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import beta

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking.doubts import Doubts, orders_of
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.intervals import (
    FIRST,
    MOST_FURTHER,
    Orders,
    drawn_steps,
    reach,
    with_rank_interval,
)
from chainmap.ranking.listing import best_segments, within_segment_limit
from chainmap.ranking.scoring import family_weights, score_candidates, standardised
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from tests.oracles.draws import independent_steps, segments

ONES = np.ones(len(FAMILIES))


@pytest.fixture(scope="module")
def standing():
    world = load_world()
    city = find_city(world.cities, "嘉兴")
    chain = world.library.chains["robotics"]
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition), chain)
    return standing_of(world, city, gaps, TargetOptions())


@pytest.fixture(scope="module")
def ordered(standing):
    scored = score_candidates(standing.candidates, standing.options, standing.scorer)
    return best_segments(scored)


def moved(doubts, rows, weights):
    """By how much the first rows' utilities depart under these weights, the others being 0."""
    at, each = np.arange(rows), np.array([weights.get(name, 0.0) for name in FAMILIES])
    return doubts.weighed(at, doubts.own(at), each)


def test_few_draws_say_what_many_independent_ones_do(standing, ordered):
    options, scorer = standing.options, standing.scorer
    chosen = within_segment_limit(ordered, options).head(20)
    found = with_rank_interval(chosen, ordered, scorer, options)
    drawn = independent_steps(ordered, scorer, 6000, np.random.default_rng(1))
    at = ordered["company_id"].index_of
    places = np.array([at(company) for company in chosen["company_id"]])
    ends = Orders(drawn, segments(ordered)).ends(places, 3)
    for name, end in zip(("rank_low", "rank_high"), ends, strict=True):
        off = np.log(found[name].to_numpy() / end)
        assert abs(off.mean()) < 0.12 and np.abs(off).mean() < 0.25, name


def test_an_order_is_drawn_as_far_down_as_it_matters():
    """Of all chains some two thousand companies stand close together."""
    world, options = load_world(), TargetOptions()
    city = find_city(world.cities, "宁波")
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition))
    standing = standing_of(world, city, gaps, options)
    ordered = best_segments(score_candidates(standing.candidates, options, standing.scorer))
    chosen = within_segment_limit(ordered, options).head(20)
    found = with_rank_interval(chosen, ordered, standing.scorer, options)
    doubts, each = Doubts(ordered, standing.scorer, options.draws), np.arange(ordered.height)
    drawn = doubts.weighed(each, doubts.own(each), family_weights(options))
    steps = drawn_steps(ordered["utility"].to_numpy(), drawn)
    places = np.array([ordered["company_id"].index_of(one) for one in chosen["company_id"]])
    of_all = Orders(steps, segments(ordered)).ends(places, options.per_segment)
    for name, end in zip(("rank_low", "rank_high"), of_all, strict=True):
        assert abs(np.log(found[name].to_numpy() / end).mean()) < 0.03, name
    n_rows = reach(
        ordered["utility"].to_numpy(), int(places[-1]), doubts.spread(each[:FIRST], ONES)
    )
    assert n_rows < 0.8 * ordered.height


def test_a_list_is_drawn_from_those_near_its_last():
    utility = np.linspace(0.0, -20.0, 2001)  # a hundred to one
    assert reach(utility, 0, 2.0) == reach(utility, FIRST - 1, 2.0) == FIRST + 500
    assert reach(utility, FIRST, 2.0) == 2 * FIRST + 500
    assert reach(utility, 99, 2.0) == 600 and reach(utility, 100, 2.0) == 700
    assert reach(utility, 700, 2.0) == reach(utility, 799, 2.0) == 800 + 500
    assert reach(utility, 10, 0.0) == FIRST and reach(utility, 10, 90.0) == 2001
    assert reach(utility[:7], 3, 2.0) == 7
    assert reach(np.zeros(20_000), 120, 1.0) == 200 + MOST_FURTHER


def test_spread_is_that_of_the_draws(standing, ordered):
    doubts, at = Doubts(ordered, standing.scorer, 64), np.arange(5, 45)
    for drawn in (ONES, np.array([2.0, 0.5, 3.0, 0.0, 1.0, 1.0, 0.0]), np.eye(7)[0]):
        moved = doubts.weighed(at, doubts.own(at), drawn)
        assert doubts.spread(at, drawn) == pytest.approx(np.sqrt(moved.var(axis=1).mean()), rel=0.1)
    assert doubts.spread(at, np.eye(7)[-1]) == 0.0  # terms are not in doubt
    without = Doubts(ordered, replace(standing.scorer, covariance=None), 64)
    assert 0.0 < without.spread(at, ONES) < doubts.spread(at, ONES)


def test_a_firm_and_a_segment_go_through_each_level_once(standing, ordered):
    rows, draws = ordered.head(30), 40
    only = Doubts(rows, replace(standing.scorer, covariance=None), draws)
    fit, need = (moved(only, 30, {name: 1.0}) for name in ("segment_fit", "need"))
    levels = (np.arange(draws) + 0.5) / draws
    rates = standing.scorer.rates
    for at, row in enumerate(rows.iter_rows(named=True)):
        p = row["makes"]
        n = rates.asked if row["basis"] == "direct" else row["n_makers"] + rates.neighbour_firms
        expected = np.log(beta.ppf(levels, p * n + 0.5, (1 - p) * n + 0.5) / p)
        assert np.allclose(np.sort(fit[at]), expected, atol=1e-5)
        assert abs(need[at].mean()) < 1e-6 and need[at].std() == pytest.approx(
            row["gap_spread"], rel=0.05, abs=1e-6
        )


def test_draws_hang_on_the_firm_and_not_on_the_list(standing, ordered):
    weights = dict(zip(FAMILIES, (1.0, 0.5, 2.0, 3.0, 0.3, 1.0, 1.0), strict=True))
    of_all = moved(Doubts(ordered, standing.scorer, 64), 90, weights)
    of_some = moved(Doubts(ordered[5:90:7], standing.scorer, 64), 13, weights)
    assert np.allclose(of_all[5:90:7], of_some, rtol=0, atol=1e-6)


def test_each_family_moves_by_its_weight(standing, ordered):
    doubts, weights = Doubts(ordered, standing.scorer, 64), dict.fromkeys(FAMILIES, 0.0)
    whole = np.zeros((200, 64))
    for at, name in enumerate(FAMILIES):
        alone, scale = moved(doubts, 200, {name: 1.0}), 0.4 * at
        assert (np.abs(alone).max() > 0) == (name not in ("policy", "terms")), name
        whole += scale * alone
        weights[name] = scale
    assert np.allclose(moved(doubts, 200, weights), whole, rtol=0, atol=1e-5)


def test_the_models_weights_depart_by_their_covariance(standing, ordered):
    doubts = Doubts(ordered, standing.scorer, 64)
    only = Doubts(ordered, replace(standing.scorer, covariance=None), 64)
    ones = dict.fromkeys(FAMILIES, 1.0)
    by_model = moved(doubts, 60, ones) - moved(only, 60, ones)
    standard = standardised(ordered.head(60), standing.scorer)
    expected = np.sqrt(((standard @ np.array(standing.scorer.covariance)) * standard).sum(axis=1))
    assert np.allclose(by_model.std(axis=1), expected, rtol=0.5)
    assert np.corrcoef(by_model.std(axis=1), expected)[0, 1] > 0.97


def test_orders_are_those_of_names():
    names = [f"企业{n}" for n in range(300)]
    orders = orders_of(names, 64)
    assert (np.sort(orders, axis=1) == np.arange(64)).all()
    assert (orders_of(names[7:9], 64) == orders[7:9]).all()
    assert orders_of(["a", "b"], 5).tolist() == orders_of(iter(["a", "b"]), 5).tolist()
    related = np.corrcoef(orders)[np.triu_indices(300, 1)]
    assert abs(related.mean()) < 0.01 and np.abs(related).max() < 0.65
    assert orders_of([], 8).shape == (0, 8)


def test_a_weight_of_0_leaves_nothing_open(standing, ordered):
    rows = ordered.head(50)
    options = TargetOptions(weights=dict.fromkeys(FAMILIES, 0.0) | {"policy": 1.0})
    doubts = Doubts(rows, standing.scorer, 16)
    drawn = drawn_steps(rows["utility"].to_numpy(), moved(doubts, 50, options.weights))
    assert (drawn == drawn[:, :1]).all()
