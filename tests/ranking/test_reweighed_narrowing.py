"""Narrowed lists under any weights, against the slow way that says what is meant."""

import random
from dataclasses import replace

import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking import reweighed_narrowing
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.narrowing import Narrowed, rank_narrowed
from chainmap.ranking.reweighed_narrowing import NarrowedWeighable
from chainmap.ranking.reweighing import Weighable
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from chainmap.tables import CANDIDATES
from tests.ranking.test_reweighing import asked


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


def any_filters(dice, candidates):
    """Some firms left out, some segments left in; from nobody to all of them."""
    firms = sorted(set(candidates["company_id"]))
    segments = sorted(set(candidates["segment_id"]))
    out = dice.sample(firms, int(len(firms) * dice.choice([0, 0.1, 0.5, 0.9, 1])))
    there = dice.choice([None, dice.sample(segments, dice.randint(0, len(segments)))])
    return Narrowed(tuple(sorted(out)), there and tuple(sorted(there)))


def slow(standing, narrowed, options, candidates=None):
    candidates = standing.candidates if candidates is None else candidates
    made = rank_narrowed(candidates, options, standing.scorer, narrowed)
    names = ("company_id", "segment_id", "rank", "rank_low", "rank_high", "score", "parts")
    return [tuple(map(repr, row)) for row in made.select(names).rows()]


def quick(weighable, order, options):
    ids = weighable.rows.select("company_id", "segment_id").rows()
    return [tuple(map(repr, (*ids[row], *rest))) for row, *rest in order.ranked(options)]


def test_any_filters_and_weights_give_the_list_of_the_slow_way(standing, weighable):
    dice = random.Random(3)
    for _ in range(8):
        narrowed = any_filters(dice, standing.candidates)
        order = NarrowedWeighable(weighable, narrowed)
        for _ in range(3):
            options = asked(dice)
            assert quick(weighable, order, options) == slow(standing, narrowed, options), options


def test_lists_of_the_usual_weights_are_remembered(standing, weighable):
    dice = random.Random(4)
    order = NarrowedWeighable(weighable, any_filters(dice, standing.candidates))
    assert order.remembered(TargetOptions()) is None
    order.ranked(TargetOptions(top=3))
    order.ranked(TargetOptions(weights=dict.fromkeys(FAMILIES, 1.0) | {"need": 0.5}))
    for top, limit in ((0, 0), (5, 0), (400, 2), (20, 3), (7, 1)):
        options = TargetOptions(top=top, per_segment=limit)
        ranks = [tuple(place[:4]) for place in order.ranked(options)]
        assert [tuple(rank) for rank in order.remembered(options)] == ranks
    assert order.remembered(replace(options, weights=options.weights | {"need": 2.0})) is None


def test_the_order_of_many_under_new_weights_takes_long(weighable, monkeypatch):
    assert NarrowedWeighable(weighable, Narrowed()).at_once(TargetOptions())
    monkeypatch.setattr(reweighed_narrowing, "QUICK_COMPANIES", 100)
    order, usual = NarrowedWeighable(weighable, Narrowed()), TargetOptions()
    own = TargetOptions(weights=usual.weights | {"need": 2.0})
    for options in (usual, own):
        assert not order.at_once(options)
        order.ranked(options)
        assert order.at_once(replace(options, top=4, per_segment=9))
    assert not order.at_once(replace(own, weights=own.weights | {"policy": 0.1}))


def test_what_is_not_drawn_or_not_there(standing):
    without, some = replace(standing.options, draws=0), Narrowed(("nobody",), ("ic-pmic",))
    plain = Weighable(standing.candidates, standing.scorer, without)
    order = NarrowedWeighable(plain, some)
    assert quick(plain, order, without) == slow(standing, some, without) != []
    none = CANDIDATES.check(standing.candidates.head(0))
    for options in (without, standing.options):
        order = NarrowedWeighable(Weighable(none, standing.scorer, options), some)
        assert order.ranked(options) == order.remembered(options) == []
