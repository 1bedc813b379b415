"""Requests by the thousand that nobody means: never a 5xx, never outside the contract."""

import asyncio
import json
import os
import socket
from itertools import islice
from pathlib import Path

from chainmap.errors import LedgerError
from chainmap.ledger import audit, jobs
from chainmap.server.problems import KINDS
from chainmap.server.work import Worker
from tests.server.fuzzing import Spoiler, scope_of
from tests.server.routes import contract
from tests.server.running import BRISK, running

REQUESTS = int(os.environ.get("CHAINMAP_TEST_FUZZ", "200"))
"""How many on each database; `CHAINMAP_TEST_FUZZ=10000` takes some minutes."""

SEED = int(os.environ.get("CHAINMAP_TEST_FUZZ_SEED", "7"))
PATIENCE_S = 600
"""A machine with much else to do is slow, which is not what is asked here."""

TOGETHER = 8
"""Requests under way at a time."""

EVERYWHERE = {400, 401, 403, 404, 405, 413, 421, 422, 429}
"""What the guards before the routes may say to anything at all."""

RAW = [
    b"GET / HTTP/1.1\r\n\r\n", b"\x00\xff\xfe\r\n\r\n", b"GET /v1/chains HTTP/9.9\r\n\r\n",
    b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n", b"POST /v1/targets HTTP/1.1\r\n",
    b"GET /v1/chains HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"\r\n" * 50,
    b"GET /v1/chains HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST /v1/targets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /v1/targets HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nshort",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET /v1/chains HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", b"GET http://x/v1 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /%ff%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
]  # fmt: skip


async def answered(app, asked, key):
    """What the application sends back: status, headers, body."""
    sent, over = [], asyncio.Event()
    body = [asked.body]

    async def receive():
        if body:
            return {"type": "http.request", "body": body.pop(), "more_body": False}
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    try:
        await app(scope_of(asked, key), receive, send)
    finally:
        over.set()
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    content = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], headers, content


def breach(document, asked, answer):
    """Say what is wrong with an answer; None is nothing."""
    status, headers, content = answer
    if status >= 500:
        return f"{status}"
    if "x-request-id" not in headers or "content-security-policy" not in headers:
        return "without its id or policy"
    if any("\r" in value or "\n" in value for value in headers.values()):
        return "a header of two lines"
    if status == 307:  # a slash too many
        at_home = headers["location"].startswith(("http://127.0.0.1/", "/"))
        return None if at_home or "host" in asked.headers else "leads elsewhere"
    operation = document["paths"].get(asked.template or "", {}).get(asked.method.lower())
    promised = EVERYWHERE if operation is None else {int(one) for one in operation["responses"]}
    if operation is not None and status not in promised | EVERYWHERE:
        return f"{status} is not in the contract"
    kind = headers.get("content-type", "")
    if status >= 400 and asked.path.startswith("/v1/") and asked.method != "HEAD":
        return problem_breach(status, kind, content)
    if kind == "application/json" and asked.method != "HEAD":
        json.loads(content)
    return None


def problem_breach(status, kind, content):
    """Say what is wrong with a problem; None is nothing."""
    if kind != "application/problem+json":
        return f"{status} comes as {kind}"
    problem = json.loads(content)
    slug = problem["type"].rpartition(":")[2]
    known = problem["type"] == "about:blank" or KINDS[slug].status == status
    whole = problem["status"] == status and problem["title"] and problem["title_en"]
    return None if known and whole else f"a problem of another status: {problem}"


async def ask_all(served, key, number):
    """Ask; returns what went wrong, and how often each status came."""
    document = contract()
    requests = islice(Spoiler(document, SEED), number)
    found, statuses = [], {}

    async def ask_on():
        for asked in requests:
            answer = await answered(served.app, asked, key)
            statuses[answer[0]] = statuses.get(answer[0], 0) + 1
            why = breach(document, asked, answer)
            if why is not None:
                found.append(f"{why}: {asked} → {answer[2][:300]!r}")

    async with served.app.router.lifespan_context(served.app):
        await asyncio.gather(*(ask_on() for _ in range(TOGETHER)))
    return found, statuses


def test_nothing_asked_breaks_the_service_or_its_contract(serve):
    served = serve(job_workers=0, request_timeout_s=PATIENCE_S)
    key = served.key("admin", rate="1000000/minute", origins=["https://park.example"])
    found, statuses = asyncio.run(ask_all(served, key, REQUESTS))
    assert not found, "\n".join(found[:20])
    assert sum(statuses.values()) == REQUESTS
    assert statuses[200] > REQUESTS / 20 and statuses[422] > REQUESTS / 20, statuses


def test_no_job_started_so_kills_its_worker(serve):
    served = serve(job_workers=0, request_timeout_s=PATIENCE_S)
    key = served.key("admin", rate="1000000/minute")
    asyncio.run(ask_all(served, key, REQUESTS // 2))
    worker = Worker(served.service)
    for _ in range(max(5, REQUESTS // 100)):
        worker.work_off_one()
    with served.service.ledger.read() as tx:
        assert audit.verify(tx).broken_at is None
    workspace = Path(served.service.settings.workspace)
    outside = [p for p in workspace.parent.iterdir() if p != workspace and p.suffix == ".csv"]
    assert outside == []


def test_bytes_that_are_no_request_leave_the_service_up(tmp_path):
    with running(tmp_path, **BRISK) as server:
        for raw in RAW:
            with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
                line.settimeout(0.5)
                line.sendall(raw)
                try:
                    head = line.recv(65536)
                except (TimeoutError, ConnectionError):
                    head = b""
            assert b" 500 " not in head.partition(b"\r\n")[0], raw[:80]
        assert server.get("/readyz")[0] == 200 and server.process.poll() is None
        assert "Traceback" not in server.said.read_text()


def test_a_database_that_fails_is_not_named_and_no_nul_gets_there(served, monkeypatch):
    key = served.key("admin")
    for path in ("/v1/snapshots/%00", "/v1/lists?cursor=%00"):
        answer = served.get(path, key)
        assert answer.status_code == 400 and answer.json()["type"].endswith("unreadable")

    def fail(*_):
        raise LedgerError("数据库 postgresql://chainmap@10.0.0.9/x 拒绝了操作。")

    monkeypatch.setattr(jobs, "get", fail)
    answer = served.get(f"/v1/jobs/{'0' * 32}", key)
    assert answer.status_code == 503 and "10.0.0.9" not in answer.text
