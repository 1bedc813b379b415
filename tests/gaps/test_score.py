import datetime as dt

import pytest

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions, enough_data, score_gaps
from chainmap.pipeline import find_gaps
from chainmap.sources.places import City
from tests.world import DAY, FIRMS, HOME, small_world

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
    cell = next(
        row
        for row in world.presence.iter_rows(named=True)
        if (row["city_code"], row["segment_id"]) == ("330100", "ic-resist")
    )
    criticality = dict(world.criticality.iter_rows())["ic-resist"]
    shortfall = 1 - cell["theta"]
    dependence = 1.0 * (1 - 0.5 * min(1.0, cell["theta_province"]))
    need = shortfall * (0.5 * criticality + 0.5 * dependence)
    feasibility = (0.5 + 1) / (1 + 1)  # one neighbour, the fab, and it is local
    assert gap["need"] == pytest.approx(need)
    assert gap["feasibility"] == pytest.approx(feasibility)
    policy = 1 + 0.5 * gap["policy_weight"]
    assert 0 < gap["policy_weight"] < 1  # its city's own plan names it, some years ago
    assert gap["gap_score"] == pytest.approx(need**0.5 * feasibility**0.5 * policy)


def test_a_leaderless_segment_keeps_the_least_shortfall():
    crowd = [(f"fab-{n}", "330100", None, [], ["ic-fab:make"]) for n in range(4)]
    gap = gaps_of(small_world([*FIRMS, *crowd]))["ic-fab"]
    assert gap["theta"] > 1.0
    assert gap["shortfall"] == OPTIONS.leader_shortfall


def test_ranks_run_from_the_best_score_and_do_not_depend_on_row_order():
    world, shuffled = small_world(), small_world(FIRMS[::-1])
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
    world = small_world([*rest, local])
    assert gaps_of(world, city=city)["ic-pack"]["local_suppliers"] == []


def test_a_parameter_out_of_range_is_refused():
    with pytest.raises(InputError, match="alpha"):
        GapOptions(as_of=DAY, alpha=-1.0)
