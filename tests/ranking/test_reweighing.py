"""Lists under any weights, against the slow way that says what is meant."""

import random
from dataclasses import replace

import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.reweighing import Weighable
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from chainmap.tables import CANDIDATES


@pytest.fixture(scope="module")
def standing():
    world = load_world()
    city = find_city(world.cities, "绍兴")
    chain = world.library.chains["integrated-circuits"]
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition), chain)
    return standing_of(world, city, gaps, TargetOptions())


@pytest.fixture(scope="module")
def weighable(standing):
    return Weighable(standing.candidates, standing.scorer, standing.options)


def asked(dice):
    """Weights and limits of all kinds, zeros and whole numbers among them."""
    any_weight = [0.0, 1.0, round(dice.uniform(0, 3), 3), dice.uniform(0, 3)]
    weights = {family: dice.choice(any_weight) for family in FAMILIES}
    if not any(weights.values()):
        weights["need"] = 1.0
    top, per_segment = dice.choice([0, 1, 20, 60]), dice.choice([0, 1, 3, 12])
    return TargetOptions(top=top, per_segment=per_segment, weights=weights)


def slow(standing, options, candidates=None):
    """The same list as `rank_candidates` makes it."""
    candidates = standing.candidates if candidates is None else candidates
    made = rank_candidates(candidates, options, standing.scorer)
    names = ("company_id", "segment_id", "rank", "rank_low", "rank_high", "score", "parts")
    return [tuple(map(repr, row)) for row in made.select(names).rows()]


def quick(weighable, options):
    found = []
    for row, *rest in weighable.ranked(options):
        ids = weighable.rows.select("company_id", "segment_id").row(row)
        found.append(tuple(map(repr, (*ids, *rest))))
    return found


def test_any_weights_give_the_list_of_the_slow_way_to_the_last_digit(standing, weighable):
    dice = random.Random(11)
    for _ in range(12):
        options = asked(dice)
        assert quick(weighable, options) == slow(standing, options), options


@pytest.mark.parametrize("only", ["policy", "terms", "need", "segment_fit"])
def test_ties_of_a_single_family_break_as_the_slow_way_breaks_them(standing, weighable, only):
    options = TargetOptions(weights=dict.fromkeys(FAMILIES, 0.0) | {only: 2.0})
    assert quick(weighable, options) == slow(standing, options)


def test_a_list_asked_for_again_with_another_length_takes_the_same_draws(standing, weighable):
    for top, per_segment in ((5, 3), (20, 3), (20, 1), (150, 0), (5, 3)):
        options = TargetOptions(top=top, per_segment=per_segment)
        assert quick(weighable, options) == slow(standing, options)


def test_what_is_vetoed_or_not_drawn_or_not_there(standing):
    without = replace(standing.options, draws=0)
    plain = Weighable(standing.candidates, standing.scorer, without)
    assert quick(plain, without) == slow(standing, without)
    none = CANDIDATES.check(standing.candidates.head(0))
    assert Weighable(none, standing.scorer, without).ranked(without) == []
    few = CANDIDATES.check(standing.candidates.head(7))
    small = Weighable(few, standing.scorer, standing.options)
    assert quick(small, standing.options) == slow(standing, standing.options, few)
