"""What went wrong is a problem, wherever it went wrong."""

import pytest

from chainmap.errors import InputError, LedgerError
from chainmap.server import cities
from chainmap.server.problems import KINDS, problem
from tests.server.serving import ON_ONE, kind


def test_problems_speak_both_languages(served):
    found = served.get("/v1/chains/nothing").json()
    assert found["title"] == "没有这个名称" and found["title_en"].isascii()
    assert found["type"] == "urn:chainmap:problem:unknown-name"


@ON_ONE
def test_what_was_found_is_said_in_english_too(served):
    viewer = served.key()
    told = {
        ("/v1/chains/没有", viewer): 'Nothing answers to "没有".',
        ("/v1/segments/光刻胶", viewer): 'Several things answer to "光刻胶".',
        ("/v1/audit", viewer): "The key lacks the scope admin.",
        ("/v1/chains", "cm_wrong"): "The API key is not valid.",
        ("/v1/companies?limit=many", viewer): "limit: Input should be a valid integer",
        ("/v1/companies?fields=nothing", viewer): "A parameter cannot be used.",
        ("/v1/nothing", viewer): "Not Found.",
    }
    for (path, key), detail in told.items():
        found = served.get(path, key).json()
        assert found["detail_en"].startswith(detail), path
        assert found["todo_en"].isascii() and found["todo_en"].endswith("."), path
    other = served.get("/v1/chains", viewer, accept="image/png").json()
    assert other["detail_en"].startswith('There is no form "image/png", but application/json')
    asked = {"city": "绍兴", "top": 0, "weights": {"nothing": 1}}
    wrong = served.client.post(
        "/v1/targets", json=asked, headers={"X-API-Key": served.key("analyst")}
    ).json()
    assert "top: Input should be greater than or equal to 1" in wrong["detail_en"]


def test_every_kind_says_in_english_what_to_do():
    for slug, what in KINDS.items():
        found = problem(slug, "甲")
        assert found.detail_en == f"{what.title_en}." and found.todo_en == f"{what.todo_en}."
        assert what.title_en.isascii() and what.todo_en.isascii()


JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@ON_ONE
@pytest.mark.parametrize("accept", ["text/html, application/json;q=0.9, */*;q=0.8", JAVA])
def test_whoever_takes_pages_too_is_told_a_problem(served, accept):
    key = served.key()
    following = served.get("/v1/companies?q=电子&limit=1", key).links["next"]["url"]
    for path, status, slug in (
        ("/v1/cities/330600/report", 403, "scope-missing"),
        ("/v1/audit", 403, "scope-missing"),
        (following.replace("limit=1", "sort=name"), 410, "stale-cursor"),
        ("/v1/companies?fields=nothing", 422, "bad-input"),
        ("/v1/chains/nothing", 404, "unknown-name"),
        ("/v1/nothing", 404, None),
        ("/v1/targets", 405, None),
    ):
        answer = served.get(path, key, accept=accept)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        found = answer.json()
        assert answer.status_code == found["status"] == status and found["detail"], path
        assert slug is None or kind(answer) == slug
    page = served.get("/nothing", key, accept=accept)
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")


@ON_ONE
def test_only_pages_are_no_form_of_an_answer(served):
    assert kind(served.get("/v1/chains", served.key(), accept="text/html")) == "not-acceptable"


def test_even_the_unforeseen_wears_the_headers(served):
    def fail():
        raise RuntimeError("geheim")

    served.app.get("/v1/broken", include_in_schema=False)(fail)
    answer = served.get("/v1/broken")
    assert kind(answer) == "internal" and "geheim" not in answer.text
    assert answer.headers["x-request-id"] and answer.headers["content-security-policy"]


def test_readiness_follows_the_database(served, monkeypatch):
    assert served.get("/readyz").status_code == 200
    from chainmap.server import health

    def gone(_):
        raise LedgerError("x")

    monkeypatch.setattr(health.schema, "require_current", gone)
    answer = served.get("/readyz")
    assert answer.status_code == 503 and answer.json()["database"] == "unavailable"


@pytest.mark.parametrize("path", ["/v1/chains", "/v1/nothing", "/mcp", "/"])
def test_a_database_that_is_gone_is_a_problem_at_the_door_too(served, monkeypatch, path):
    key = served.key()

    def gone(_):
        raise LedgerError("postgresql://somewhere")

    monkeypatch.setattr(type(served.service.ledger), "read", gone)
    answer = served.get(path, key)
    assert kind(answer) == "database-unavailable" and "somewhere" not in answer.text
    assert answer.headers["x-request-id"] and answer.headers["content-security-policy"]
    asked = {"access-control-request-method": "GET", "origin": "https://park.example"}
    assert kind(served.client.options(path, headers=asked)) == "database-unavailable"


def test_a_state_that_cannot_be_read_is_a_problem_for_what_is_at_hand(served, monkeypatch):
    path, key, broken = "/v1/cities/330600/targets?chain=集成电路&top=3", served.key(), []

    def state():
        if broken:
            raise InputError("读不出来。")
        return ""

    monkeypatch.setattr(cities, "catalogue_state", lambda city: state)
    assert served.get(path, key).status_code == 200
    broken.append(True)
    for asked in (path, f"{path}&limit=1"):
        assert kind(served.get(asked, key)) == "bad-input"
