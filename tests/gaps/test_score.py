import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions, enough_data, score_gaps, unjudged
from chainmap.gaps.situation import city_situation
from chainmap.pipeline import find_gaps
from chainmap.sources.places import City
from chainmap.tables import PRESENCE
from tests.world import DAY, FIRMS, HOME, small_world, world_of

OPTIONS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


def gaps_of(world, options=OPTIONS, city=HOME):
    frame = score_gaps(world, city, options)
    return {row["segment_id"]: row for row in frame.iter_rows(named=True)}


def test_kinds_follow_what_the_city_has_and_who_uses_it():
    gaps = gaps_of(small_world())
    assert gaps["ic-resist"]["kind"] == "fill"  # absent, the local fab uses it
    assert gaps["ic-wafer"]["kind"] == "fill"
    assert gaps["rb-servo"]["kind"] == "extend"  # absent, the local fab supplies it
    assert gaps["rb-arm"]["kind"] == "build"  # absent, nothing local around it
    assert gaps["ic-fab"]["kind"] == "strengthen"  # present, no leader
    assert "ic-pack" not in gaps  # present above its weight, with a listed firm


def test_a_dealer_does_not_close_a_gap():
    assert gaps_of(small_world())["ic-resist"]["n_companies"] == 0


def test_the_score_is_the_formula():
    world = small_world()
    gap = gaps_of(world)["ic-resist"]
    here = (pl.col("city_code") == HOME.code) & (pl.col("segment_id") == "ic-resist")
    cell = world.presence.row(by_predicate=here, named=True)
    dependence = world.dependence.row(by_predicate=here, named=True)["dependence"]
    chance = world.chances.row(by_predicate=here, named=True)["chance"]
    criticality = dict(world.criticality.select("segment_id", "criticality").iter_rows())
    need = cell["expected_shortfall"] * (0.5 * criticality["ic-resist"] + 0.5 * dependence)
    assert gap["need"] == pytest.approx(need)
    assert gap["feasibility"] == chance == 0.2  # the fab beside it is local
    policy = 1 + 0.5 * gap["policy_weight"]
    assert 0 < gap["policy_weight"] < 1  # its city's own plan names it, some years ago
    assert gap["gap_score"] == pytest.approx(need**0.5 * chance**0.5 * policy)


def test_a_leaderless_segment_keeps_the_least_shortfall():
    led = [(f"fab-{n}", "320100", f"60001{n}.SH", [], ["ic-fab:make"]) for n in range(6)]
    crowd = [(f"fab-h{n}", "330100", None, [], ["ic-fab:make"]) for n in range(2)]
    world = world_of([*FIRMS, *led, *crowd])
    gap = gaps_of(world)["ic-fab"]
    assert (gap["kind"], gap["state"]) == ("strengthen", "present")
    assert gap["expected_leaders"] == pytest.approx(3 * 7 / 10)
    assert gap["expected_shortfall"] < OPTIONS.leader_shortfall == gap["shortfall"]
    # Three makers where two are expected: only a leader is missing, so the chance is of one.
    here = (pl.col("city_code") == HOME.code) & (pl.col("segment_id") == "ic-fab")
    chance = world.chances.row(by_predicate=here, named=True)["chance"]
    assert gap["feasibility"] == pytest.approx(chance * 7 / 10)


def test_a_strong_segment_is_no_gap_even_without_a_leader():
    crowd = [(f"fab-{n}", "330100", None, [], ["ic-fab:make"]) for n in range(12)]
    assert "ic-fab" not in gaps_of(world_of([*FIRMS, *crowd]))


def test_a_segment_the_data_cannot_judge_is_no_gap_but_is_named():
    world = small_world()
    blind = world.presence.with_columns(
        state=pl.when((pl.col("city_code") == HOME.code) & (pl.col("segment_id") == "ic-resist"))
        .then(pl.lit("unknown"))
        .otherwise("state")
    )
    unsure = replace(world, presence=PRESENCE.check(blind))
    assert "ic-resist" not in gaps_of(unsure)
    assert unjudged(city_situation(unsure, HOME, DAY), OPTIONS) == ["ic-resist"]


def test_ranks_run_from_the_best_score_and_do_not_depend_on_row_order():
    world, shuffled = small_world(), world_of(FIRMS[::-1])
    frame = find_gaps(world, HOME, OPTIONS)
    assert frame["rank"].to_list() == list(range(1, frame.height + 1))
    assert frame["gap_score"].is_sorted(descending=True)
    assert frame.equals(find_gaps(shuffled, HOME, OPTIONS))


def test_a_chain_below_the_floor_is_left_out_unless_policy_names_it_or_the_user_asks():
    world = small_world()
    options = GapOptions(as_of=DAY, least_companies=1)
    assert {"integrated-circuits"} == set(find_gaps(world, HOME, options)["chain_id"])
    named = GapOptions(as_of=dt.date(2019, 1, 1), least_companies=1)
    assert "robotics" in set(find_gaps(world, HOME, named)["chain_id"])
    robotics = world.library.find_chain("机器人")
    asked = find_gaps(world, HOME, options, robotics)
    assert set(asked["chain_id"]) == {"robotics"}
    assert asked["rank"].to_list() == [1, 2]


def test_more_policy_never_lowers_a_gap():
    world = small_world()
    with_old = gaps_of(
        world, GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1, include_expired=True)
    )
    for segment_id, gap in gaps_of(world).items():
        assert with_old[segment_id]["gap_score"] >= gap["gap_score"]


def test_a_city_the_data_hardly_sees_has_too_little_data_and_no_gaps():
    world = small_world()
    options = GapOptions(as_of=DAY)
    assert not enough_data(world, HOME, options)
    assert find_gaps(world, HOME, options).is_empty()
    chain = world.library.find_chain("集成电路")
    assert find_gaps(world, HOME, options, chain).is_empty()


def test_a_service_that_uses_a_product_makes_no_supply_gap():
    local = ("tester-b", "330200", None, [], ["ic-testing:serve"])
    rest = [firm for firm in FIRMS if firm[1] != "330200"]
    city = City("330200", "乙市", "乙", "330000", "浙江")
    world = world_of([*rest, local])
    assert gaps_of(world, city=city)["ic-pack"]["local_suppliers"] == []


def test_a_parameter_out_of_range_is_refused():
    with pytest.raises(InputError, match="alpha"):
        GapOptions(as_of=DAY, alpha=-1.0)


def test_a_situation_is_worked_out_once_a_city_and_day():
    world = world_of(FIRMS)
    first = city_situation(world, HOME, DAY)
    assert city_situation(world, HOME, DAY) is first
    assert city_situation(world, HOME, DAY, include_expired=True) is not first
    assert city_situation(world_of(FIRMS), HOME, DAY).equals(first)
    assert len(world.situations) == 2
