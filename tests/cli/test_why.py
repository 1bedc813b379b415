import datetime as dt
import json

import polars as pl
import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import world_on
from chainmap.ranking.target_options import TargetOptions
from chainmap.server.questions import asked
from chainmap.server.why import why_of
from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


CHAIN = ("--chain", "集成电路")


@pytest.fixture
def far_down(run):
    """A company some way behind the list."""
    _, out, _ = run("targets", "绍兴", *CHAIN, "--top", "100", "-f", "json")
    return json.loads(out)["targets"][-1]["company"]


def test_why_not_tells_the_stage_and_the_smallest_change(run, far_down):
    code, out, _ = run("why-not", "绍兴", far_down, *CHAIN, "-f", "json")
    answer = json.loads(out)
    assert (
        code == 0
        and answer["stage"] in ("below_cut", "segment_limit")
        and answer["basis"]["may_act"] is False
    )
    assert answer["changes"] and all(change["rank_after"] for change in answer["changes"])


def test_why_as_a_table_says_where_facts_can_be_checked(run, far_down):
    code, out, err = run("why", "绍兴", far_down, *CHAIN)
    assert code == 0 and "产业环节契合" in out
    assert "可在此核对" in err and "合作方" in err


def test_a_mode_is_named_with_what_it_selected(run):
    ask = ("targets", "绍兴", "--mode", "leader", "--leader", "芯联集成", "--top", "3")
    code, out, _ = run(*ask, "-f", "json")
    answer = json.loads(out)
    assert code == 0 and answer["mode"] == "leader" and "芯联集成" in answer["selected"]
    assert all("龙头芯联集成" in target["reasons"][0] for target in answer["targets"])
    assert run("targets", "绍兴", "--leader", "芯联集成")[0] == 2


EARLY = ("--chain", "集成电路", "--as-of", "2015-06-30")


def test_why_why_not_and_modes_say_of_an_early_day_what_its_list_says(run):
    """Command and service: one rank and one segment, and no company of later years."""
    listed = json.loads(run("targets", "绍兴", *EARLY, "-f", "json")[1])["targets"]
    by_mode = json.loads(
        run("targets", "绍兴", *EARLY, "--mode", "chain", "-f", "json")[1]
    )["targets"]  # fmt: skip
    place = [(t["company_id"], t["rank"], t["segment"], t["score"]) for t in listed]
    assert [(t["company_id"], t["rank"], t["segment"], t["score"]) for t in by_mode] == place
    question = asked("绍兴", "集成电路", None, GapOptions(as_of=dt.date(2015, 6, 30)))
    there = set(world_on(dt.date(2015, 6, 30)).companies["company_id"])
    for target in (listed[0], listed[-1]):
        given = target["short_name"]
        why = json.loads(run("why", "绍兴", given, *EARLY, "-f", "json")[1])
        why_not = json.loads(run("why-not", "绍兴", given, *EARLY, "-f", "json")[1])["why"]
        served = why_of(question, given, TargetOptions()).model_dump(mode="json")
        for told in (why, why_not, served):
            assert told["on_list"] and {p["company_id"] for p in told["partners"]} <= there
            assert [told["target"][k] for k in ("rank", "segment", "score")] == [
                target[k] for k in ("rank", "segment", "score")
            ]
        assert why == why_not == served


def test_an_early_day_says_how_many_of_its_list_may_not_have_been_there(run):
    undated = world_on(dt.date(2015, 6, 30)).companies.filter(pl.col("founded_year").is_null())
    for mode in ((), ("--mode", "chain")):
        listed = json.loads(run("targets", "绍兴", *EARLY, *mode, "-f", "json")[1])["targets"]
        n_undated = sum(one["company_id"] in set(undated["company_id"]) for one in listed)
        assert n_undated
        assert f"成立年份未知 {n_undated} 家" in run("targets", "绍兴", *EARLY, *mode)[2]
    assert "成立年份未知" not in run("targets", "绍兴", "--chain", "集成电路")[2]


def test_a_company_founded_later_was_not_there_yet(run):
    code, out, _ = run("why-not", "绍兴", "宇树科技", *EARLY, "-f", "json")
    assert code == 0 and json.loads(out)["stage"] == "not_yet"
    code, _, err = run("why", "绍兴", "宇树科技", *EARLY)
    assert code and "当时尚未成立" in err


@pytest.mark.parametrize("given", ["海信", "三星"])
def test_a_part_of_another_firms_name_is_no_company(run, given):
    code, out, _ = run("why-not", "湖州", given, "-f", "json")
    answer = json.loads(out)
    assert code == 0 and answer["stage"] == "not_in_roster" and answer["nearest"]
    code, _, err = run("why", "湖州", given)
    assert code and f"没有找到企业“{given}”" in err
    code, _, err = run("targets", "湖州", "--mode", "leader", "--leader", given)
    assert code and f"没有找到企业“{given}”" in err
