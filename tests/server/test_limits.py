"""How large a request may be, how long it may take, and where it may lead."""

import asyncio
import json
import socket
import time

import pytest
from fastapi import Request

from tests.server.embedding import Listening
from tests.server.serving import ON_ONE, kind


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


@pytest.mark.parametrize("path", [
    "/v1/companies?q=%BD%AD%B7%E1", "/v1/segments?q=%BD%AD", "/v1/cities/%C9%DC%D0%CB/gaps",
    "/v1/cities/330600/targets?chain=%BC%AF%B3%C9", "/cities?chain=%BC%AF",
])  # fmt: skip
def test_words_in_another_encoding_are_refused(served, path):
    refused = served.get(path, served.key())
    assert refused.status_code == 400 and kind(refused) == "unreadable"
    assert "UTF-8" in refused.json()["detail"]
    assert served.get("/v1/companies?q=%E6%B1%9F%E4%B8%B0", served.key()).json()


@pytest.mark.parametrize("path", ["/login/", "/v1/chains/", "/cities/"])
def test_nobody_is_led_to_an_address_they_named_themselves(served, path):
    answer = served.get(path, served.key(), host="evil.example")
    assert answer.status_code == 404 and "location" not in answer.headers


def test_only_an_upload_may_have_the_size_of_a_file(served):
    key, big = served.key("editor"), b"x" * (2 << 20)
    for form in ("multipart/form-data; boundary=x", "Multipart/Form-Data; boundary=x"):
        headers = {"X-API-Key": key, "content-type": form}
        for path in ("/v1/targets", "/v1/lists", "/login"):
            answer = served.client.post(path, content=big, headers=headers)
            assert kind(answer) == "body-too-large", path
        sent = served.client.post("/v1/imports/companies", content=big, headers=headers)
        assert sent.status_code != 413


def test_an_answer_that_takes_too_long_is_given_up(serve):
    served = serve(request_timeout_s=0.2)
    finished = []

    def slow():
        time.sleep(3)
        finished.append(True)

    served.app.get("/v1/slow", include_in_schema=False)(slow)
    assert kind(served.get("/v1/slow")) == "too-slow"
    assert not finished  # answered while the work was still going on


def talk(origin, *pieces, wait=0.0):
    """What a server says to bytes sent as they are, until it closes the connection."""
    said = b""
    host, port = origin.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        for piece in pieces:
            line.sendall(piece)
            time.sleep(wait)
        while more := line.recv(65536):
            said += more
    return said


def post(key, path, length):
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n"
    ).encode()


@ON_ONE
@pytest.mark.parametrize("path", ["/v1/targets", "/v1/lists"])
def test_a_body_that_does_not_come_is_not_waited_for(serve, path):
    served = serve(request_timeout_s=1.5)
    key = served.key("admin")
    with Listening(served.app) as listening:
        said = talk(listening.origin, post(key, path, 500) + b'\r\n{"city"')
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ") and b"connection: close" in head.lower()
    found = json.loads(body)
    assert found["type"].endswith(":body-too-slow") and "1.5 秒内没有收完" in found["detail"]
    assert any(action == "refused.body-too-slow" for action, *_ in served.audited())


@ON_ONE
def test_the_time_a_body_takes_is_not_taken_from_the_answer(serve):
    served = serve(request_timeout_s=3.0)

    async def slow(request: Request):
        await request.body()
        await asyncio.sleep(1.5)
        return "done"

    served.app.post("/v1/slow", include_in_schema=False)(slow)
    key = served.key("admin")
    pieces = post(key, "/v1/slow", 4) + b"Connection: close\r\n\r\n1", b"23", b"4"
    with Listening(served.app) as listening:
        assert talk(listening.origin, *pieces, wait=0.9).startswith(b"HTTP/1.1 200 ")


@ON_ONE
def test_a_request_that_says_twice_where_it_ends_is_refused(served):
    key = served.key("admin")
    first = post(key, "/v1/targets", 4) + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    behind = f"GET /v1/chains HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {key}\r\n\r\n"
    with Listening(served.app) as listening:
        said = talk(listening.origin, first + behind.encode())
    assert said.count(b"HTTP/1.1 ") == 1 and said.startswith(b"HTTP/1.1 400 ")
    assert b"Transfer-Encoding" in said and b"connection: close" in said.lower()


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
