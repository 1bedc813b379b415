"""Removal and inflation on the small world, held against the functions they are made of."""

from chainmap.pipeline import standing_of
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_evidence import removal_of
from chainmap.ranking.why_faithfulness import capital_rise, fell, measure_faithfulness, middle_fall
from tests.ranking.lists import gaps_of
from tests.world import HOME, small_world


def standing():
    world = small_world()
    return standing_of(world, HOME, gaps_of(world), TargetOptions(top=0, per_segment=0))


def test_every_company_is_counted_once_and_the_seed_decides_the_draw():
    asked = standing()
    found = measure_faithfulness(asked, 1000, 1)
    assert found == measure_faithfulness(asked, 1000, 1)
    ids = asked.ordered["company_id"].to_list()
    assert found.n_ranked == len(ids) == len(found.head) + len(found.rest) + found.without
    removals = [one for one in (removal_of(asked, i) for i in ids) if one is not None]
    assert sorted(found.head + found.rest) == sorted(removals)
    assert fell(found.head) <= len(found.head) and middle_fall(()) == 0.0


def test_more_capital_never_lowers_a_rank():
    asked = standing()
    for company in asked.ordered["company_id"]:
        rise, place = capital_rise(asked, company)
        assert rise >= 0 and place == asked.place(company).overall
