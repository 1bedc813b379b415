from dataclasses import replace

import polars as pl
import pytest

from chainmap.ranking.candidates import Veto
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.scoring import vetoed
from chainmap.tables import COMPANIES
from tests.ranking.lists import candidates_of
from tests.world import FIRMS, small_world, world_of


def row(frame, company, segment):
    return frame.row(
        by_predicate=(pl.col("company_id") == company) & (pl.col("segment_id") == segment),
        named=True,
    )


def test_no_city_is_offered_its_own_companies():
    ids = set(candidates_of()["company_id"])
    assert ids and not ids & {"fab-a", "pack-a", "resist-dealer-a"}


def test_makers_stand_beside_neighbours_and_dealers_nowhere():
    dealer = ("resist-dealer-b", "330200", None, [], ["ic-resist:trade"])
    rows = candidates_of(world_of([*FIRMS, dealer])).filter(pl.col("segment_id") == "ic-resist")
    basis = dict(rows.select("company_id", "basis").iter_rows())
    assert basis["resist-c"] == basis["resist-d"] == "direct"
    assert basis["fab-c"] == "neighbour"  # uses it
    assert "resist-dealer-b" not in basis
    assert "servo-e" not in basis  # a neighbour only across chains


def test_a_neighbour_comes_with_how_many_do_both():
    both = ("fab-and-resist", "330200", None, [], ["ic-fab:make", "ic-resist:make"])
    frame = candidates_of(world_of([*FIRMS, both]))
    found = row(frame, "fab-c", "ic-resist")
    assert found["made_segment_id"] == "ic-fab"
    assert (found["n_makers"], found["n_both"]) == (3, 1)  # fab-a, fab-c, fab-and-resist


def test_features_are_raw_and_every_one_that_is_registered():
    found = row(candidates_of(), "resist-c", "ic-resist")
    values = {one["name"]: one["value"] for one in found["features"]}
    assert set(values) == set(pair_features())
    assert values["same_province"] == 0.0
    assert found["unstated"] == ["staff", "capital_10k"]


def test_a_group_with_a_plant_there_is_vetoed_for_that_segment_only():
    world = small_world()
    same = pl.when(pl.col("company_id") == "fab-a")
    companies = world.companies.with_columns(
        group_id=same.then(pl.lit("fab-c")).otherwise("group_id"),
        parent_id=same.then(pl.lit("fab-c")).otherwise("parent_id"),
    )
    frame = candidates_of(replace(world, companies=COMPANIES.check(companies)))
    assert row(frame, "fab-c", "ic-fab")["veto"] == Veto.ALREADY_THERE
    assert row(frame, "fab-c", "ic-resist")["veto"] is None
    assert vetoed(frame).rows() == [("fab-c", "ic-fab", "already_there")]


def test_a_firm_of_a_group_speaks_for_its_head():
    world = small_world()
    child = pl.col("company_id") == "resist-f"
    companies = world.companies.with_columns(
        group_id=pl.when(child).then(pl.lit("arm-e")).otherwise("group_id"),
        parent_id=pl.when(child).then(pl.lit("arm-e")).otherwise("parent_id"),
    )
    frame = candidates_of(replace(world, companies=COMPANIES.check(companies)))
    assert "resist-f" not in set(frame["company_id"])
    assert row(frame, "arm-e", "ic-resist")["maker_id"] == "resist-f"


def test_a_dissolved_company_is_vetoed():
    frame = candidates_of(struck_off=frozenset({"resist-c"}))
    assert set(frame.filter(company_id="resist-c")["veto"]) == {"struck_off"}


def test_order_does_not_matter():
    assert candidates_of(small_world()).equals(candidates_of(world_of(FIRMS[::-1])))


@pytest.mark.parametrize("segment", ["ic-resist", "ic-wafer"])
def test_only_gaps_are_proposed_for(segment):
    assert segment in set(candidates_of()["segment_id"])
    assert "ic-none" not in set(candidates_of()["segment_id"])
