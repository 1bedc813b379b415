import polars as pl
import pytest

from chainmap.concepts.modes import Mode, mode_asked
from chainmap.errors import InputError, UnknownNameError
from chainmap.pipeline import rank_by_mode, rank_targets
from chainmap.ranking.modes import by_advantage, by_chain, by_industry, by_leader
from chainmap.ranking.target_options import TargetOptions
from tests.ranking.lists import gaps_of
from tests.world import FIRMS, HOME, small_world, world_of

WORLD = small_world()
GAPS = gaps_of(WORLD)
OPEN = TargetOptions(top=0, per_segment=0, draws=0)


def listed(selection, world=WORLD):
    return rank_by_mode(world, HOME, gaps_of(world), OPEN, selection)


def test_by_chain_is_the_plain_list_with_the_ground_named_first():
    selection = by_chain(WORLD, HOME, GAPS, None)
    found, plain = listed(selection), rank_targets(WORLD, HOME, GAPS, OPEN)
    assert found["company_id"].to_list() == plain["company_id"].to_list()
    assert found["score"].to_list() == plain["score"].to_list()
    for mine, other, segment in zip(
        found["reasons"], plain["reasons"], found["segment_id"], strict=True
    ):
        assert mine.to_list() == [selection.grounds[segment], *other.to_list()]
    assert "链的" in found["reasons"][0][0]
    for told, families in found.select("reasons", "reason_families").iter_rows():
        assert families[0] == "mode" and len(families) == len(told)


def test_by_leader_lists_only_suppliers_and_customers_of_the_leader():
    selection = by_leader(WORLD, HOME, GAPS, "fab-a")
    assert set(selection.grounds) <= set(WORLD.library.graph.neighbours("ic-fab"))
    assert "本市龙头fab-a" in selection.said
    found = listed(selection)
    assert found.height and (found["segment_id"] == found["made_segment_id"]).all()
    assert all("龙头fab-a" in reasons[0] for reasons in found["reasons"])
    assert any("上游" in text for text in selection.grounds.values())


def test_a_courted_leader_is_not_proposed_to_itself():
    selection = by_leader(WORLD, HOME, GAPS, "fab-c")
    assert "拟引进的龙头fab-c" in selection.said and selection.excluded == {"fab-c"}
    assert "fab-c" not in listed(selection)["company_id"]


def test_by_industry_takes_groups_chains_or_what_plans_name():
    chosen = by_industry(WORLD, HOME, GAPS, ("材料",))
    groups = {WORLD.library.segments[one].group for one in chosen.grounds}
    assert groups == {"ic-materials"}
    chain = by_industry(WORLD, HOME, GAPS, ("机器人",))
    assert {WORLD.library.segments[one].group for one in chain.grounds} <= {"rb-parts"}
    named = by_industry(WORLD, HOME, GAPS, ())
    assert "点名" in named.said and "ic-resist" in named.grounds
    with pytest.raises(UnknownNameError, match="产业或板块"):
        by_industry(WORLD, HOME, GAPS, ("没有这个",))


def test_by_advantage_selects_around_what_the_city_is_strong_in():
    firms = [*FIRMS, *((f"fab-{i}", "330100", None, [], ["ic-fab:make"]) for i in range(9))]
    firms += [(f"arm-{i}", "440100", None, [], ["rb-arm:make"]) for i in range(30)]
    world = world_of(firms)
    strong = by_advantage(world, HOME, gaps_of(world))
    assert strong.grounds and set(strong.grounds) <= set(world.library.graph.neighbours("ic-fab"))
    assert all("优势环节" in text for text in strong.grounds.values())
    assert listed(strong, world).height
    assert listed(by_advantage(WORLD, HOME, GAPS)).is_empty()  # one firm is no strength


def test_a_leader_of_no_known_segment_is_refused():
    world = world_of([*FIRMS, ("shop", "330100", None, [], ["ic-resist:trade"])])
    with pytest.raises(InputError, match="上下游"):
        by_leader(world, HOME, gaps_of(world), "shop")


def test_a_mode_comes_with_what_it_needs_and_nothing_else():
    assert mode_asked(None, None, ()) is None
    assert mode_asked(Mode.LEADER, "甲", ()).leader == "甲"
    for wrong in ((Mode.LEADER, None, ()), (None, "甲", ()), (Mode.CHAIN, None, ("材料",))):
        with pytest.raises(InputError):
            mode_asked(*wrong)


def test_no_mode_leaves_the_order_of_ranks_to_chance():
    found = listed(by_chain(WORLD, HOME, GAPS, None))
    assert found["rank"].to_list() == list(range(1, found.height + 1))
    assert found.select(pl.col("score").is_sorted(descending=True)).item()
