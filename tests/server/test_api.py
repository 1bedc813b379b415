from collections import OrderedDict

import pytest
from fastapi.testclient import TestClient

from chainmap.server.app import create_app

CLIENT = TestClient(create_app(), raise_server_exceptions=False)


def get(path, status=200, **query):
    answer = CLIENT.get(path, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_health_says_version_and_roster():
    assert get("/healthz").keys() == {"status", "version", "edition"}


def test_chains_and_one_chain():
    assert {c["id"] for c in get("/v1/chains")} >= {"integrated-circuits", "quantum"}
    segments = get("/v1/chains/集成电路")["segments"]
    by_id = {s["id"]: s for s in segments}
    assert all(s["citations"] for s in segments)
    for segment in segments:
        for user in segment["users"]:
            assert user not in by_id or segment["id"] in by_id[user]["suppliers"]


def test_cities():
    cities = {c["code"]: c for c in get("/v1/cities")}
    assert cities["330600"]["name"] == "绍兴市" and len(cities) >= 337


def test_gaps_and_targets_of_a_city():
    gaps = get("/v1/cities/绍兴/gaps", chain="集成电路", top=5)
    assert [g["rank"] for g in gaps["gaps"]] == [1, 2, 3, 4, 5]
    targets = get("/v1/cities/330600/targets", chain="integrated-circuits", top=7)
    assert len(targets["targets"]) == 7
    assert all(t["home_city_code"] != "330600" for t in targets["targets"])


def test_the_api_and_the_command_say_the_same(monkeypatch, capsys):
    import json
    import sys

    from chainmap.cli import main

    argv = ["chainmap", "targets", "绍兴", "--chain", "集成电路", "--top", "7", "-f", "json"]
    monkeypatch.setattr(sys, "argv", argv)
    with pytest.raises(SystemExit):
        main()
    said = json.loads(capsys.readouterr().out)
    assert said == get("/v1/cities/330600/targets", chain="集成电路", top=7)


@pytest.mark.parametrize(
    ("path", "query", "status", "kind"),
    [
        ("/v1/cities/绍新/gaps", {}, 404, "unknown-name"),
        ("/v1/chains/nothing", {}, 404, "unknown-name"),
        ("/v1/cities/绍兴/targets", {"segment": "没有这个"}, 404, "unknown-name"),
        ("/v1/cities/绍兴/targets", {"top": 0}, 422, "bad-input"),
        ("/v1/cities/绍兴/gaps", {"as_of": "x"}, 422, "bad-input"),
        ("/v1/cities/绍兴/gaps", {"as_of": "0"}, 422, "bad-input"),
        ("/v1/cities/绍兴/gaps", {"as_of": "2026-02-30"}, 422, "bad-input"),
        ("/v1/cities/绍兴/gaps", {"chain": ""}, 404, "unknown-name"),
    ],
)
def test_errors_are_problems(path, query, status, kind):
    answer = CLIENT.get(path, params=query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].endswith(kind) and problem["status"] == status and problem["detail"]


def test_an_unknown_city_offers_names():
    assert "绍兴市" in get("/v1/cities/绍新/gaps", 404)["nearest"]


def test_an_unknown_path_is_a_problem_too():
    answer = CLIENT.get("/v2/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_unforeseen_is_a_problem_without_details(monkeypatch):
    from chainmap.server import chains
    from chainmap.server.given_answers import GivenAnswers

    def fail():
        raise RuntimeError("secret")

    monkeypatch.setattr(chains, "load_world", fail)
    monkeypatch.setattr(GivenAnswers, "cut", lambda *_: None)  # the list may be at hand
    monkeypatch.setattr(CLIENT.app.state.answers.lists, "_kept", OrderedDict())
    answer = CLIENT.get("/v1/chains?limit=1")  # never asked before, so not at hand
    assert answer.status_code == 500
    assert "secret" not in answer.text and answer.json()["type"].endswith("internal")


def test_the_reading_page_serves_our_own_files():
    page = CLIENT.get("/docs")
    assert page.status_code == 200 and "swagger-ui-bundle.js" in page.text
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert CLIENT.get(f"/docs-page/{name}").status_code == 200
