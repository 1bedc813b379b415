import datetime as dt
import json
import logging
import re
import time

import pytest

from chainmap.concepts.access import Scope
from chainmap.errors import InputError
from chainmap.ledger import audit, keys
from chainmap.server import service as service_module
from chainmap.server.security import OPEN, OPEN_FOLDERS
from chainmap.server.sessions import COOKIE
from tests.server.routes import closed_paths, routes_of, scopes_of
from tests.server.serving import kind

ASK = "/v1/chains"


def test_first_use_says_so_and_ends_with_the_first_key(served):
    first = served.get(ASK)
    assert first.status_code == 200 and "keys create" in first.headers["chainmap-notice"]
    key = served.key()
    assert kind(served.get(ASK)) == "key-missing"
    answer = served.get(ASK, key)
    assert answer.status_code == 200 and "chainmap-notice" not in answer.headers


def test_a_key_may_stand_in_either_header(served):
    key = served.key()
    assert served.get(ASK, **{"X-API-Key": key}).status_code == 200
    assert served.get(ASK, **{"authorization": f"bearer {key}"}).status_code == 200


def test_missing_and_wrong_keys_are_refused_and_remembered(served):
    key = served.key()
    missing = served.get(ASK)
    assert missing.status_code == 401 and missing.headers["www-authenticate"].startswith("Bearer")
    for wrong in (key[:-1], key + "a", "cm_x_y", "a" * 5000, "' OR 1=1 --"):
        assert kind(served.get(ASK, wrong)) == "key-wrong"
    found = served.audited()
    assert ("refused.key-missing", "testclient", "refused") in found
    assert ("refused.key-wrong", "testclient", "refused") in found


def test_an_expired_key_is_refused(served):
    key = served.key(lifetime=dt.timedelta(hours=1))
    assert served.get(ASK, key).status_code == 200
    served.service.now = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    assert kind(served.get(ASK, key)) == "key-expired"


def test_a_revoked_key_is_refused_within_seconds(served, monkeypatch):
    monkeypatch.setattr(service_module, "REMEMBERED_S", 0.05)
    key = served.key()
    assert served.get(ASK, key).status_code == 200
    with served.service.ledger.write() as tx:
        keys.revoke_key(tx, key.split("_")[1], dt.datetime.now(dt.UTC))
    time.sleep(0.1)
    assert kind(served.get(ASK, key)) == "key-revoked"


def test_a_key_does_what_its_scopes_say_and_no_more(served):
    viewer, admin = served.key("viewer"), served.key("admin")
    narrow = served.key("admin", scopes=frozenset({Scope.METRICS}))
    assert kind(served.get("/metrics", viewer)) == "scope-missing"
    assert served.get("/metrics", admin).status_code == 200
    assert served.get("/metrics", narrow).status_code == 200
    assert kind(served.get(ASK, narrow)) == "scope-missing"
    assert kind(served.get("/some/page", narrow)) == "scope-missing"


def test_every_route_asks_for_a_scope_or_is_named_as_open(served):
    def is_open(path):
        return path in OPEN or path.startswith(OPEN_FOLDERS)

    seen = {route.path: scopes_of(route) for route in routes_of(served.app)}
    assert {"/v1/chains/{chain}", "/v1/lists", "/v1/audit", "/metrics", "/mcp"} <= seen.keys()
    for path, scopes in seen.items():
        if path.startswith(("/v1", "/metrics")):
            assert scopes, path
    closed = closed_paths(served.app, is_open)
    assert len(closed) >= 20
    narrow = served.key("admin", scopes=frozenset({Scope.METRICS}))
    for path in closed:
        ask = re.sub(r"{\w+(:\w+)?}", "a" * 32, path)
        assert served.get(ask).status_code == 401, path
        if not path.startswith("/v1") and path not in ("/metrics", "/logout"):
            assert served.get(ask, narrow).status_code == 403, path


def test_every_operation_refuses_a_key_without_its_scope(served):
    narrow = served.key("admin", scopes=frozenset({Scope.METRICS}))
    asked = 0
    for path, methods in served.app.openapi()["paths"].items():
        for method, operation in methods.items():
            if path in OPEN:
                continue
            asked += 1
            assert operation["security"], path
            ask = re.sub(r"{\w+}", "a" * 32, path)
            answer = served.client.request(method, ask, headers={"X-API-Key": narrow}, json={})
            assert answer.status_code == 403, (method, path, answer.text)
    assert asked >= 20


def test_use_of_a_key_is_counted_and_audited(served):
    key = served.key()
    for _ in range(3):
        served.get(ASK, key)
    assert ("key.use", "GET", "ok") in served.audited()
    with served.service.ledger.read() as tx:
        assert keys.list_keys(tx)[0].last_used_at is not None


def test_a_service_beyond_this_machine_needs_a_key(serve):
    with pytest.raises(InputError, match="keys create"):
        serve(host="0.0.0.0")
    serve().key()
    assert serve(host="0.0.0.0").get(ASK).status_code == 401


def test_first_use_is_for_this_machine_only(served):
    from fastapi.testclient import TestClient

    elsewhere = TestClient(served.app, client=("10.0.0.7", 4000))
    assert kind(elsewhere.get(ASK)) == "key-missing"
    assert TestClient(served.app, client=("127.0.0.1", 4000)).get(ASK).status_code == 200


def test_a_foreign_name_pointed_at_this_machine_is_refused(served):
    assert kind(served.get(ASK, host="evil.example:8600")) == "host-not-allowed"
    for ours in ("127.0.0.1:8600", "localhost", "[::1]:8600"):
        assert served.get(ASK, host=ours).status_code == 200


def test_a_foreign_page_cannot_use_first_use_or_a_cookie(served):
    assert kind(served.get(ASK, origin="https://evil.example")) == "origin-not-allowed"
    post = served.client.post("/v1/targets", headers={"sec-fetch-site": "cross-site"})
    assert kind(post) == "origin-not-allowed"
    key = served.key()
    login = served.client.post("/login", data={"key": key}, follow_redirects=False)
    assert login.status_code == 303 and served.client.get(ASK).status_code == 200
    for foreign in ("cross-site", "same-site"):
        sent = served.client.post("/v1/lists", headers={"sec-fetch-site": foreign}, json={})
        assert kind(sent) == "origin-not-allowed"
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}):
        assert kind(served.client.post("/logout", headers=headers)) == "origin-not-allowed"
    assert served.client.get(ASK, headers={"origin": "http://testserver"}).status_code == 200


def test_a_login_cookie_is_for_the_server_only_and_ends_with_the_key(served):
    key = served.key()
    assert served.get("/some/page", accept="text/html").headers["location"].startswith("/login")
    assert 'name="key"' in served.get("/login").text
    wrong = served.client.post("/login", data={"key": "cm_wrong"})
    assert wrong.status_code == 401 and COOKIE not in wrong.cookies
    login = served.client.post("/login", data={"key": key}, follow_redirects=False)
    cookie = login.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and key not in cookie
    assert served.client.get(ASK).status_code == 200
    with served.service.ledger.write() as tx:
        keys.revoke_key(tx, key.split("_")[1], dt.datetime.now(dt.UTC))
    served.forget()
    assert served.client.get(ASK).status_code == 401


def test_a_forged_cookie_is_nothing(served):
    key_id = served.key().split("_")[1]
    for forged in (key_id, f'"{key_id}".x.y', "a.b.c"):
        assert served.get(ASK, cookie=f"{COOKIE}={forged}").status_code == 401


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "\\x"]
)
def test_login_leads_nowhere_else(served, target):
    key = served.key()
    login = served.client.post("/login", data={"key": key, "next": target}, follow_redirects=False)
    assert login.headers["location"] == "/"
    assert "evil" not in served.client.get("/login", params={"next": target}).text


def test_cors_follows_the_key(served):
    key = served.key(origins=("https://park.example",))
    other = served.key()
    ask = {"access-control-request-method": "GET", "origin": "https://park.example"}
    preflight = served.client.options(ASK, headers=ask)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "https://park.example"
    evil = served.client.options(ASK, headers=ask | {"origin": "https://evil.example"})
    assert evil.status_code == 403 and "access-control-allow-origin" not in evil.headers
    answer = served.get(ASK, key, origin="https://park.example")
    assert answer.headers["access-control-allow-origin"] == "https://park.example"
    assert "access-control-allow-credentials" not in answer.headers
    refused = served.get(ASK, other, origin="https://park.example")
    assert kind(refused) == "origin-not-allowed"
    assert "access-control-allow-origin" not in refused.headers


def test_nothing_of_ours_may_be_framed_but_by_those_a_key_names(served):
    key = served.key(origins=("https://park.example",))
    for path in ("/docs", "/login", "/v1/chains", "/nowhere"):
        found = served.get(path, key)
        assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
        assert found.headers["x-frame-options"] == "DENY"
    from fastapi.responses import HTMLResponse

    served.app.get("/embed/probe", include_in_schema=False)(lambda: HTMLResponse("<p>"))
    framed = served.get(f"/embed/probe?client={key.split('_')[1]}")
    assert "frame-ancestors https://park.example" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
    for client in ("nothing", "aaaaaaaaaaaa", "*"):
        found = served.get(f"/embed/probe?client={client}").headers["content-security-policy"]
        assert "frame-ancestors 'none'" in found


def test_pages_run_no_script_but_ours(served):
    for path in ("/docs", "/login"):
        found = served.get(path)
        policy = found.headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "*" not in policy
        assert "<script>" not in found.text and " onclick" not in found.text
        assert found.headers["x-content-type-options"] == "nosniff"


def test_rates_are_counted_for_each_key(served):
    slow, fast = served.key(rate="3/minute"), served.key()
    statuses = [served.get(ASK, slow).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = served.get(ASK, slow)
    assert kind(refused) == "too-many-requests" and int(refused.headers["retry-after"]) >= 1
    assert served.get(ASK, fast).status_code == 200


def test_wrong_keys_are_slowed_down(served):
    served.key()
    answers = [kind(served.get(ASK, f"wrong{n}")) for n in range(70)]
    assert answers[0] == "key-wrong" and answers[-1] == "too-many-requests"


def test_wrong_keys_on_the_login_page_are_slowed_down(served):
    served.key()
    statuses = [
        served.client.post("/login", data={"key": f"cm_{n}"}).status_code for n in range(70)
    ]
    assert statuses[0] == 401 and statuses[-1] == 429


def test_a_refusal_is_logged_with_who_and_why(served, caplog):
    viewer, expired = served.key("viewer"), served.key(lifetime=dt.timedelta(hours=1))
    served.service.now = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    foreign = {"origin": "https://evil.example"}
    with caplog.at_level(logging.INFO):
        assert served.get("/v1/audit", viewer).status_code == 403
        assert served.get(ASK, viewer, accept="text/csv").status_code == 403
        assert served.get(ASK, expired).status_code == 401
        assert served.get(ASK, viewer, **foreign).status_code == 403
        asked = {"access-control-request-method": "GET"} | foreign
        assert served.client.options(ASK, headers=asked).status_code == 403
        big = {"content-length": "99999999", "X-API-Key": viewer}
        assert served.client.post("/v1/targets", content=b"", headers=big).status_code == 413
    said = [vars(one) for one in caplog.records if one.message == "refused"]
    kinds = [one["problem"] for one in said]
    assert kinds == [
        "scope-missing", "scope-missing", "key-expired", "origin-not-allowed",
        "origin-not-allowed", "body-too-large",
    ]  # fmt: skip
    assert all(one["network"] == "testclient" for one in said)
    named = [one["who"].partition(":")[0] for one in said]
    mine, old = viewer.split("_")[1], expired.split("_")[1]
    assert named == [mine, mine, old, mine, "anonymous", mine]
    assert ("refused.scope-missing", "testclient", "refused") in served.audited()
    with served.service.ledger.read() as tx:
        actors = {e.actor.partition(":")[0] for e in audit.entries(tx) if "scope" in e.action}
    assert actors == {mine}


def test_a_body_that_is_too_large_is_refused(served):
    big = b"x" * (2 << 20)
    assert kind(served.client.post("/login", content=big)) == "body-too-large"

    def pieces():
        for _ in range(64):
            yield b"x" * (1 << 15)

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert kind(served.client.post("/login", content=pieces(), headers=form)) == "body-too-large"
    lying = served.client.post("/login", content=b"", headers={"content-length": "-5"})
    assert lying.status_code in (400, 413)


def test_an_answer_that_takes_too_long_is_given_up(serve):
    served = serve(request_timeout_s=0.2)
    finished = []

    def slow():
        time.sleep(3)
        finished.append(True)

    served.app.get("/v1/slow", include_in_schema=False)(slow)
    assert kind(served.get("/v1/slow")) == "too-slow"
    assert not finished  # answered while the work was still going on


@pytest.mark.parametrize(
    "path",
    [
        "/docs-page/../../pyproject.toml",
        "/docs-page/..%2f..%2fpyproject.toml",
        "/docs-page/%2e%2e/%2e%2e/pyproject.toml",
        "/docs-page/....//....//pyproject.toml",
        "/docs-page//etc/passwd",
        "/docs-page/%00",
        "/static/..%2f..%2fsite.py",
        "/v1/chains/..%2f..%2f..%2fetc%2fpasswd",
        "/v1/cities/..%2fx/gaps",
    ],
)
def test_no_path_leads_out(served, path):
    answer = served.get(path)
    assert answer.status_code in (400, 404), answer.text
    assert "build-system" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize(
    "given",
    [
        "'; DROP TABLE api_key; --",
        '" OR ""="',
        "<script>alert(1)</script>",
        "{{7*7}}",
        "%00",
        "\u202e",
    ],
)
def test_what_is_given_is_only_ever_text(served, given):
    for path in (f"/v1/chains/{given}", f"/v1/cities/{given}/gaps"):
        answer = served.get(path)
        assert answer.status_code == (400 if given == "%00" else 404)
        assert answer.headers["content-type"] == "application/problem+json"
    assert served.get("/readyz").json()["database"] == "ok"


def test_a_request_id_is_taken_over_only_if_harmless(served):
    assert served.get(ASK, **{"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    for bad in ("a b", "a" * 65, '{"x":1}', "é"):
        found = served.get(ASK, **{"X-Request-ID": bad.encode()})
        assert len(found.headers["x-request-id"]) == 32


def test_the_log_holds_no_address_no_query_and_no_key(served, caplog):
    key = served.key()
    with caplog.at_level(logging.DEBUG):
        served.get("/v1/chains/集成电路?who=王小二", key)
        served.get(ASK, "cm_aaaaaaaaaaaa_" + "S" * 43)
    said = [vars(record) for record in caplog.records if record.name.startswith("chainmap")]
    assert {"/v1/chains/{chain}"} <= {record.get("route") for record in said}
    for record in said:
        text = json.dumps({k: str(v) for k, v in record.items()}, ensure_ascii=False)
        assert "王小二" not in text and "集成电路" not in text and key not in text
        assert "S" * 43 not in text


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
    from chainmap.errors import LedgerError
    from chainmap.server import health

    def gone(_):
        raise LedgerError("x")

    monkeypatch.setattr(health.schema, "require_current", gone)
    answer = served.get("/readyz")
    assert answer.status_code == 503 and answer.json()["database"] == "unavailable"


def test_metrics_name_routes_not_paths(served):
    served.get("/v1/chains/集成电路")
    served.get("/v1/chains/nothing-like-it")
    served.get("/no/such/path")
    text = served.get("/metrics").text
    assert 'route="/v1/chains/{chain}",status="200"' in text
    assert 'route="(none)",status="404"' in text
    assert "nothing-like-it" not in text and "集成电路" not in text


def test_a_flood_of_refusals_makes_few_entries(served):
    served.key()
    for n in range(600):
        served.service.tally("anonymous", "refused.key-missing", f"10.{n}.0.0/24")
    found = served.audited()
    assert len(found) <= service_module.MOST_TALLIED + 2
    assert ("refused.key-missing", "others", "refused") in found
