"""Which pages may frame, call and run what."""

from tests.server.serving import kind

ASK = "/v1/chains"


def test_cors_follows_the_key(served):
    key = served.key(origins=("https://park.example",))
    other = served.key()
    ask = {"access-control-request-method": "GET", "origin": "https://park.example"}
    preflight = served.client.options(ASK, headers=ask)
    assert preflight.status_code == 204
    assert "X-Request-ID" in preflight.headers["access-control-allow-headers"].split(", ")
    assert preflight.headers["access-control-allow-origin"] == "https://park.example"
    evil = served.client.options(ASK, headers=ask | {"origin": "https://evil.example"})
    assert evil.status_code == 403 and "access-control-allow-origin" not in evil.headers
    answer = served.get(ASK, key, origin="https://park.example")
    assert answer.headers["access-control-allow-origin"] == "https://park.example"
    shown = answer.headers["access-control-expose-headers"].split(", ")
    assert {"Content-Disposition", "X-Request-ID", "ETag"} <= set(shown)
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


def test_nothing_of_a_client_is_left_to_a_cache(served):
    key = served.key("admin")
    for path in (
        "/v1/lists", "/v1/snapshots", "/v1/audit", "/v1/chains/none", "/v1/none", "/none",
        "/lists", "/cities", "/cities/none", "/login",
    ):  # fmt: skip
        assert served.get(path, key).headers["cache-control"] == "no-store", path
    assert served.get(ASK).headers["cache-control"] == "no-store"  # without the key: 401
    assert served.get(ASK, key).headers["cache-control"] == "private, no-cache"
    assert "no-store" not in served.get("/docs-page/index.html").headers.get("cache-control", "")


def test_pages_run_no_script_but_ours(served):
    for path in ("/docs", "/login"):
        found = served.get(path)
        policy = found.headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "*" not in policy
        assert "<script>" not in found.text and " onclick" not in found.text
        assert found.headers["x-content-type-options"] == "nosniff"
