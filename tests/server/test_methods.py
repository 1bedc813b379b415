"""`HEAD` is answered as `GET`, to the last header, with nothing after them."""

import asyncio
import logging

import pytest

from chainmap.server.methods import allowed, as_get
from tests.server.serving import ON_ONE, kind

LIST = "/v1/cities/330600/targets?chain=集成电路&top=3"
PATHS = (
    LIST, f"{LIST}&limit=2", "/v1/chains", "/v1/companies?limit=1", "/v1/snapshots/current",
    "/v1/openapi.json", "/healthz", "/docs", "/docs-page/none", "/no/such/path",
    "/v1/chains/nothing-like-it", "/cities/330600",
)  # fmt: skip


def heads(answer):
    return {name: said for name, said in answer.headers.items() if name != "x-request-id"}


@pytest.mark.parametrize("path", PATHS)
def test_headers_are_those_of_get(served, path):
    shown = {"X-API-Key": served.key("analyst")}
    for _ in range(2):  # by the route, and out of what is kept
        whole = served.client.get(path, headers=shown, follow_redirects=False)
        served.client.cookies.clear()
        head = served.client.head(path, headers=shown, follow_redirects=False)
        served.client.cookies.clear()
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert heads(head) == heads(whole)
        assert head.headers["content-length"] == str(len(whole.content))


def test_what_is_known_is_not_named_again(served):
    key = served.key()
    tag = served.get(LIST, key).headers["etag"]
    shown = {"X-API-Key": key, "If-None-Match": tag}
    assert served.client.head(LIST, headers=shown).status_code == 304


def test_where_there_is_nothing_to_get_the_method_is_refused(served):
    shown = {"X-API-Key": served.key("admin")}
    for path in ("/v1/targets", "/mcp"):
        head = served.client.head(path, headers=shown)
        assert (head.status_code, head.headers["allow"]) == (405, "POST"), path
    deleted = served.client.delete("/v1/chains", headers=shown)
    assert (deleted.status_code, deleted.headers["allow"]) == (405, "GET, HEAD")
    for path, methods in (
        ("/v1/lists", "GET, POST, HEAD"),
        (f"/v1/lists/{'0' * 32}", "DELETE, GET, HEAD"),
    ):
        put = served.client.put(path, headers=shown)
        assert (put.status_code, put.headers["allow"]) == (405, methods), path


def test_refusals_are_those_of_get(served):
    served.key()
    head = served.client.head("/v1/chains")
    assert (head.status_code, head.content) == (401, b"")
    assert kind(served.client.get("/v1/chains")) == "key-missing"


def test_metrics_log_and_audit_say_head(served, caplog):
    key = served.key("admin")
    with caplog.at_level(logging.INFO):
        assert served.client.head("/v1/chains", headers={"X-API-Key": key}).status_code == 200
    (line,) = [vars(one) for one in caplog.records if vars(one).get("route") == "/v1/chains"]
    assert (line["method"], line["status"]) == ("HEAD", 200)
    text = served.get("/metrics", key).text
    assert 'chainmap_requests_total{method="HEAD",route="/v1/chains",status="200"} 1.0' in text
    assert ("key.use", "HEAD", "ok") in served.audited()


@ON_ONE
def test_whoever_asks_for_headers_alone_takes_no_file(served):
    shown = {"X-API-Key": served.key("admin")}
    report = "/v1/cities/330600/report?form=md"
    paths = {"/v1/chains": "text/csv", LIST: "text/csv", "/v1/audit": "text/csv", report: "*/*"}
    for path, form in paths.items():
        assert served.client.head(path, headers=shown | {"accept": form}).status_code == 200
    exports = [done for done in served.audited() if done[0] == "export"]
    assert exports == []
    assert served.client.get(report, headers=shown).status_code == 200
    exports = [done for done in served.audited() if done[0] == "export"]
    assert exports == [("export", "/v1/cities/330600/report", "ok")]


def test_pieces_of_a_body_are_one_empty_end():
    sent = []

    async def send(message):
        sent.append(message)

    async def answer():
        _, bodiless = as_get({"method": "HEAD", "state": {}}, send)
        await bodiless({"type": "http.response.start", "status": 200, "headers": []})
        await bodiless({"type": "http.response.body", "body": b"1", "more_body": True})
        await bodiless({"type": "http.response.body", "body": b"2"})

    asyncio.run(answer())
    assert sent[1:] == [{"type": "http.response.body", "body": b""}]


def test_every_get_goes_with_a_head():
    assert allowed("GET") == allowed("GET, HEAD") == "GET, HEAD"
    assert allowed("POST, DELETE") == "POST, DELETE"
