import json

import pytest

from chainmap.cli import coverage_answers
from chainmap.gaps.coverage import share_interval
from tests.cli.running import run_command
from tests.shared_data import SHARED_DATA, needs_shared


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


def test_coverage_and_the_hidden_test_as_json(run, monkeypatch):
    monkeypatch.setattr(coverage_answers, "HIDDEN_SHARES", (0.4,))
    code, out, _ = run("evaluate", "coverage", "-f", "json")
    answer = json.loads(out)
    assert code == 0 and answer["measured"]["companies"] is None
    assert [test["way"] for test in answer["hidden"]] == ["随机", "按来源"]
    for test in answer["hidden"]:
        assert 0.85 <= test["groups"]["enough"]["randomised"] <= 0.95


def test_a_folder_without_lists_says_what_it_should_hold(run, tmp_path):
    code, _, err = run("evaluate", "coverage", "--data", str(tmp_path))
    assert code == 2 and "listed_firms.csv" in err


def test_a_table_with_other_columns_is_named(run, tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    code, _, err = run("evaluate", "coverage", "--data", str(file))
    assert code == 2 and "ts_code" in err


def assert_counted_alike(measured, shipped):
    """A card's counts are those of its day; where a share has moved, the card is to be renewed."""
    for now, then in zip(measured["chains"], shipped["chains"], strict=True):
        assert now["chain"] == then["chain"]
        ends = [share_interval(count["seen"], count["total"]) for count in (now, then)]
        assert max(low for low, _ in ends) <= min(high for _, high in ends), (now, then)


@needs_shared
def test_the_shipped_coverage_is_what_the_lists_say(run, monkeypatch):
    monkeypatch.setattr(coverage_answers, "HIDDEN_SHARES", ())
    listed = SHARED_DATA / "listed_firms.csv"
    _, out, _ = run("evaluate", "coverage", "--data", str(listed), "-f", "json")
    answer = json.loads(out)
    measured, shipped = answer["measured"]["companies"], answer["shipped"]["companies"]
    assert_counted_alike(measured, shipped)
    assert measured["spread_between_cities"] == pytest.approx(
        shipped["spread_between_cities"], abs=0.03
    )


@needs_shared
def test_the_register_holds_the_intervals_too(run, monkeypatch):
    monkeypatch.setattr(coverage_answers, "HIDDEN_SHARES", (0.4,))
    registrations = next(SHARED_DATA.glob("registrations/*.parquet"))
    _, out, _ = run("evaluate", "coverage", "--data", str(registrations), "-f", "json")
    answer = json.loads(out)
    registered = answer["measured"]["registered"]
    assert 0 < registered["both"] < registered["second"]
    assert_counted_alike(answer["measured"]["intake"], answer["shipped"]["intake"])
    tests = [test for test in answer["hidden"] if test["data"] == "登记"]
    assert len(tests) == 2
    for test in tests:
        assert 0.85 <= test["groups"]["enough"]["held"] <= 0.95
