from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, rank_targets
from chainmap.ranking.baseline import TargetOptions
from chainmap.ranking.explain import products_of
from tests.world import DAY, HOME, small_world

LIBRARY = small_world().library


def test_only_products_that_speak_of_the_segment_are_quoted():
    resist = LIBRARY.find_segment("光刻胶")
    assert products_of(["炊具", "KrF光刻胶", "小家电"], resist) == ["KrF光刻胶"]
    assert products_of(["炊具", "电子材料"], resist) == []
    assert products_of(["电子材料"], LIBRARY.find_segment("硅片")) == []


def test_a_company_that_is_not_in_the_segment_says_so_first():
    world = small_world()
    options = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)
    gaps = find_gaps(world, HOME, options)
    targets = rank_targets(world, HOME, gaps, TargetOptions(top=50, per_segment=0))
    away = [
        row for row in targets.iter_rows(named=True) if row["made_segment_id"] != row["segment_id"]
    ]
    assert away
    assert all("具备延伸条件" in row["reasons"][0] for row in away)


def test_a_standing_reason_says_where_it_is_listed_and_what_it_is_called():
    world = small_world()
    gaps = find_gaps(world, HOME, GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1))
    heavy = TargetOptions(weights={**TargetOptions().weights, "standing": 5.0})
    targets = rank_targets(world, HOME, gaps, heavy)
    said = {row["company_id"]: row["reasons"] for row in targets.iter_rows(named=True)}
    assert any("上交所上市公司（688001.SH）" in reason for reason in said["resist-c"])
