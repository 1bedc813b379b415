"""What went wrong is a problem, wherever it went wrong."""

import pytest

from chainmap.errors import InputError, LedgerError
from chainmap.server import cities
from tests.server.serving import kind


def test_problems_speak_both_languages(served):
    found = served.get("/v1/chains/nothing").json()
    assert found["title"] == "没有这个名称" and found["title_en"].isascii()
    assert found["type"] == "urn:chainmap:problem:unknown-name"


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
