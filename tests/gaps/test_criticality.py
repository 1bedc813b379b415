import numpy as np
import polars as pl
import pytest

from chainmap.gaps.criticality import PARTS, segment_criticality
from chainmap.gaps.linkages import national_counts, supply_weights
from tests.world import small_world, world_of

WORLD = small_world()


def critical(world, part="criticality"):
    return dict(world.criticality.select("segment_id", part).iter_rows())


def test_criticality_is_a_share_for_every_segment_and_stands_first():
    found = WORLD.criticality
    assert found.columns[:2] == ["segment_id", "criticality"]
    assert found["segment_id"].to_list() == sorted(WORLD.library.segments)
    assert found["criticality"].is_between(0.0, 1.0).all()
    assert found.null_count().sum_horizontal().item() == 0


def test_criticality_is_the_mean_of_the_five_percentile_ranks():
    for row in WORLD.criticality.iter_rows(named=True):
        ranks = [row[f"{part}_percentile"] for part in PARTS]
        assert len(ranks) == 5
        assert row["criticality"] == pytest.approx(sum(ranks) / 5)


def test_percentile_ranks_are_counted_inside_the_chain():
    """Loops over the chain: below count whole, ties and itself half."""
    rows = WORLD.criticality.to_dicts()
    for part in PARTS:
        for row in rows:
            prefix = row["segment_id"].split("-")[0]
            peers = [r[part] for r in rows if r["segment_id"].split("-")[0] == prefix]
            below = sum(v < row[part] - 1e-12 for v in peers)
            tied = sum(abs(v - row[part]) <= 1e-12 for v in peers)
            assert row[f"{part}_percentile"] == pytest.approx((below + tied / 2) / len(peers))


def test_the_fab_everything_passes_through_is_more_critical_than_its_materials():
    assert critical(WORLD)["ic-fab"] > critical(WORLD)["ic-wafer"]


def test_dominated_downstream_is_the_share_that_loses_every_path():
    lost = critical(WORLD, "dominated_downstream")
    assert lost["ic-fab"] == pytest.approx(2 / 3)  # servo and arm; testing still feeds packaging
    assert lost["rb-servo"] == 1.0
    assert lost["ic-pack"] == 0.0


def test_a_segment_in_one_province_only_is_a_tighter_choke():
    firms = [
        ("only-1", "440100", None, [], ["ic-wafer:make"]),
        ("only-2", "440100", None, [], ["ic-wafer:make"]),
        ("r-1", "330100", None, [], ["ic-resist:make"]),
        ("r-2", "440100", None, [], ["ic-resist:make"]),
    ]
    narrow, even = critical(world_of(firms)), critical(WORLD)
    assert narrow["ic-wafer"] - narrow["ic-resist"] > even["ic-wafer"] - even["ic-resist"]


def test_the_order_of_presence_changes_nothing():
    mixed = WORLD.presence.sample(fraction=1.0, shuffle=True, seed=3)
    weights = supply_weights(WORLD.library, None, national_counts(mixed))
    again = segment_criticality(mixed, WORLD.cities, WORLD.library, weights)
    assert again.equals(WORLD.criticality)
    assert isinstance(again, pl.DataFrame)
    assert np.isfinite(again.drop("segment_id").to_numpy()).all()
