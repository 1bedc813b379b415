import json

from tests.cli.running import run_command


def test_removal_and_inflation_are_measured_by_city_and_in_all(monkeypatch, capsys):
    run = run_command(monkeypatch, capsys)
    ask = ("evaluate", "explanations", "--city", "绍兴", "--each", "3", "-f", "json")
    code, out, _ = run(*ask)
    rows = json.loads(out)
    assert code == 0 and [row["城市"] for row in rows] == ["绍兴", "合计"]
    assert rows[1]["抽查"] == 6 and rows[1]["名次下降"] >= 4
    assert run(*ask)[1] == out
