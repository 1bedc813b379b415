import json

import pytest

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
