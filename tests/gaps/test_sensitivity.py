import pytest

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.gaps.sensitivity import CHANGED, gap_sensitivity
from tests.world import DAY, HOME, small_world

OPTIONS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


def test_every_weight_is_moved_down_and_up_and_compared_with_the_list_as_it_is():
    found = gap_sensitivity(small_world(), [HOME], OPTIONS)
    assert found["parameter"].to_list() == [name for name in CHANGED for _ in range(2)]
    assert found["value"][:2].to_list() == [0.25, 0.75]
    assert found["spearman_mean"].is_between(-1.0, 1.0).all()
    assert (found["spearman_least"] <= found["spearman_mean"]).all()
    assert set(found["least_city"]) == {HOME.short_name}


def test_a_weight_that_scales_every_score_alike_moves_nothing():
    no_policy = gap_sensitivity(small_world(), [HOME], OPTIONS).filter(parameter="alpha")
    assert no_policy["top10_kept"].is_between(0.0, 1.0).all()


def test_a_city_without_gaps_has_no_order_to_compare():
    with pytest.raises(InputError, match="三项以上"):
        gap_sensitivity(small_world(), [HOME], GapOptions(as_of=DAY))
