import polars as pl
import pytest

from chainmap.gaps.presence import counted_placements, measure_presence
from chainmap.tables import COMPANIES
from tests.oracles.presence import presence_by_loops
from tests.world import FIRMS, small_world


def test_presence_equals_the_plain_loops():
    world = small_world()
    expected = presence_by_loops(world)
    assert world.presence.height == len(expected)
    for row in world.presence.iter_rows(named=True):
        cell = expected[row["city_code"], row["segment_id"]]
        found = (row["n_companies"], row["expected"], row["theta"], row["theta_province"])
        assert found == pytest.approx(cell, abs=1e-12)


def test_traders_never_count_and_servers_only_where_the_segment_is_a_service():
    world = small_world([*FIRMS, ("fab-server", "330200", None, [], ["ic-fab:serve"])])
    counted = set(counted_placements(world.placements, world.library)["company_id"])
    assert "resist-dealer-a" not in counted
    assert "fab-server" not in counted
    assert "test-e" in counted


def test_leaders_are_the_listed_and_the_titled():
    world = small_world()
    leaders = world.presence.filter(pl.col("n_leaders") > 0)
    assert set(leaders.select("city_code", "segment_id").iter_rows()) == {
        ("330100", "ic-pack"),
        ("320100", "ic-resist"),
        ("320100", "ic-fab"),
        ("440100", "rb-servo"),
    }


def test_the_order_of_the_roster_changes_nothing():
    assert small_world().presence.equals(small_world(FIRMS[::-1]).presence)


def test_a_plant_of_a_leaders_group_is_led_by_it():
    world = small_world()
    owned = pl.when(pl.col("company_id") == "fab-a").then(pl.lit("fab-c"))
    companies = COMPANIES.check(
        world.companies.with_columns(
            parent_id=owned.otherwise("parent_id"), group_id=owned.otherwise("group_id")
        )
    )
    presence = measure_presence(world.placements, companies, world.cities, world.library)
    fab = presence.filter(city_code="330100", segment_id="ic-fab")
    assert fab["n_leaders"].to_list() == [1]
    assert world.presence.filter(city_code="330100", segment_id="ic-fab")["n_leaders"][0] == 0
