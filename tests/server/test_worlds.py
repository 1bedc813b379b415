import datetime as dt
from functools import lru_cache

import pytest
from fastapi.testclient import TestClient

from chainmap import pipeline
from chainmap.pipeline import load_world
from chainmap.server.app import create_app

CLIENT = TestClient(create_app(), raise_server_exceptions=False)


def gaps(**query):
    return CLIENT.get("/v1/cities/330600/gaps", params={"chain": "集成电路"} | query).json()["gaps"]


def test_as_of_moves_the_companies_as_the_command_does(monkeypatch, capsys):
    import json
    import sys

    from chainmap.cli import main

    argv = ["chainmap", "gaps", "绍兴", "--chain", "集成电路", "--as-of", "2012-06-30"]
    monkeypatch.setattr(sys, "argv", [*argv, "-f", "json"])
    with pytest.raises(SystemExit):
        main()
    said = {gap["segment_id"]: gap for gap in json.loads(capsys.readouterr().out)["gaps"]}
    asked = {gap["segment_id"]: gap for gap in gaps(as_of="2012-06-30", top=1000)}
    assert said.keys() <= asked.keys() and len(said) >= 20
    numbers = ("n_companies", "gap_score", "need", "feasibility", "theta", "expected")
    for name, gap in said.items():
        shown = {number: asked[name][number] for number in numbers}
        assert shown == pytest.approx({number: gap[number] for number in numbers}), name
        assert (asked[name]["rank"], asked[name]["kind"]) == (gap["rank"], gap["kind"])
    now = {gap["segment_id"]: gap for gap in gaps(top=1000)}
    known = [name for name in asked if name in now]
    fewer = [n for n in known if asked[n]["n_companies"] < now[n]["n_companies"]]
    assert fewer and all(asked[n]["n_companies"] <= now[n]["n_companies"] for n in known)


def test_from_the_edition_on_it_is_todays_world():
    today = load_world()
    assert pipeline.world_on(today.edition) is today
    assert pipeline.world_on(today.edition + dt.timedelta(days=4000)) is today


def test_days_of_a_year_share_a_world_and_few_are_kept(monkeypatch):
    made = []
    monkeypatch.setattr(pipeline, "_measured", lambda day: made.append(day) or object())
    # As it is, but empty; what other tests have made comes back.
    size = pipeline._world_of.cache_parameters()["maxsize"]
    monkeypatch.setattr(pipeline, "_world_of", lru_cache(size)(pipeline._world_of.__wrapped__))
    first = pipeline.world_on(dt.date(2012, 1, 1))
    assert pipeline.world_on(dt.date(2012, 12, 31)) is first
    before = load_world.cache_info().currsize
    for year in range(2008, 2008 + pipeline.EARLIER_KEPT + 2):
        pipeline.world_on(dt.date(year, 5, 1))
    assert made[:2] == [dt.date(2012, 12, 31), dt.date(2008, 12, 31)]
    assert pipeline._world_of.cache_info().currsize == pipeline.EARLIER_KEPT
    assert load_world.cache_info().currsize == before


def test_targets_and_panorama_move_too():
    for path in ("targets", "chains/集成电路/panorama"):
        answer = CLIENT.get(f"/v1/cities/330600/{path}", params={"as_of": "2012-06-30"})
        assert answer.status_code == 200
        assert answer.json() != CLIENT.get(f"/v1/cities/330600/{path}").json()
