"""Who is let in: keys and their scopes, first use, login cookies."""

import datetime as dt
import html
import re
import time
from urllib.parse import unquote

import pytest

from chainmap.concepts.access import Scope
from chainmap.errors import InputError
from chainmap.ledger import keys
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
    ("asked", "led"),
    [
        ("/cities/330600/targets?chain=集成电路&top=5&lang=en", "chain=%E9%9B%86%E6%88%90"),
        ("/companies?q=a%26b%2Bc%25", "/companies?q=a%26b%2Bc%25"),
        ("/cities/绍兴/targets", "/cities/%E7%BB%8D%E5%85%B4/targets"),
        ("/", "/"),
    ],
)
def test_login_leads_back_with_the_query(served, asked, led):
    key = served.key()
    sent = served.get(asked, accept="text/html")
    form = served.client.get(sent.headers["location"]).text
    target = html.unescape(re.search(r'name="next" value="([^"]*)"', form)[1])
    login = served.client.post("/login", data={"key": key, "next": target}, follow_redirects=False)
    location = login.headers["location"]
    assert led in location and unquote(location) == unquote(asked)


@pytest.mark.parametrize("asked", ["//evil.example/?x=1", "/%5Cevil.example?x=1"])
def test_an_address_that_leads_elsewhere_is_not_led_back_to(served, asked):
    key = served.key()
    sent = served.get(f"http://testserver{asked}", accept="text/html")
    form = served.client.get(sent.headers["location"]).text
    target = html.unescape(re.search(r'name="next" value="([^"]*)"', form)[1])
    login = served.client.post("/login", data={"key": key, "next": target}, follow_redirects=False)
    location = login.headers["location"]
    assert not re.match(r"[/\\]{2}|[^/]", location), location


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "\\x"]
)
def test_login_leads_nowhere_else(served, target):
    key = served.key()
    login = served.client.post("/login", data={"key": key, "next": target}, follow_redirects=False)
    assert login.headers["location"] == "/"
    assert "evil" not in served.client.get("/login", params={"next": target}).text
