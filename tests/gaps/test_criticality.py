import polars as pl

from tests.world import small_world


def test_criticality_is_a_share_for_every_segment():
    world = small_world()
    assert world.criticality["segment_id"].to_list() == sorted(world.library.segments)
    assert world.criticality["criticality"].is_between(0.0, 1.0).all()


def test_the_fab_everything_passes_through_is_more_critical_than_its_materials():
    critical = dict(small_world().criticality.iter_rows())
    assert critical["ic-fab"] > critical["ic-wafer"]


def test_a_segment_in_one_province_only_is_a_tighter_choke():
    spread = small_world()
    firms = [
        ("only-1", "440100", None, [], ["ic-wafer:make"]),
        ("only-2", "440100", None, [], ["ic-wafer:make"]),
        ("r-1", "330100", None, [], ["ic-resist:make"]),
        ("r-2", "440100", None, [], ["ic-resist:make"]),
    ]
    narrow = dict(small_world(firms).criticality.iter_rows())
    even = dict(spread.criticality.iter_rows())
    assert narrow["ic-wafer"] - narrow["ic-resist"] > even["ic-wafer"] - even["ic-resist"]
    assert isinstance(spread.criticality, pl.DataFrame)
