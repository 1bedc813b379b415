"""Messages of agents that cannot be taken are refused in Chinese, before anything is read."""

import asyncio
import io
import json
import os
import re
import subprocess
import sys

import pytest

from chainmap.ledger.engine import ledger_url
from chainmap.server.agent_messages import MessageLines, refusal_of
from tests.server.serving import Served

CALL = (
    '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"rank_targets","arguments":%s}}'
)
PING_AS = '{"jsonrpc":"2.0","id":%s,"method":"ping"}'
NOT_TAKEN = [
    (CALL % '{"city":"绍兴","city":"宁波","top":1}', 7, -32602, "“city”给出了 2 次"),
    (CALL % '{"city":"绍兴","weights":{"affinity":1,"affinity":2}}', 7, -32602, "“affinity”给出"),
    (CALL.replace("{", '{"id":6,', 1) % '{"city":"绍兴"}', None, -32602, "“id”给出了 2 次"),
    ('{"jsonrpc":"2.0","id":7,"id":7,"method":"ping"}', None, -32602, "“id”给出了 2 次"),
    ('{"jsonrpc":"2.0","id":"a","method":"tools/list","params":[1]}', "a", -32600, "JSON-RPC 2.0"),
    ('[{"jsonrpc":"2.0","id":1,"method":"ping"}]', None, -32600, "不成批"),
    ('{"jsonrpc":"2.0","id":1,"method":', None, -32700, "不是可以解析的 JSON"),
    ('{"jsonrpc":"2.0","id":%s,"method":"ping"}' % ("1" * 5000), None, -32700, "不是可以解析"),
    *(
        (PING_AS % id_, None, -32600, "id 应为文本或整数")
        for id_ in ('{"a":1}', "[1]", "1.5", "1.0", "true", "null")
    ),
    ("[" * 5000, None, -32700, "不是可以解析的 JSON"),
    ("null", None, -32700, "不是可以解析的 JSON"),
    ("", None, -32700, "不是可以解析的 JSON"),
]
"""What is sent, and the answer's id, code and words."""

PING = PING_AS % 1
TAKEN = [PING, CALL % '{"city":"绍兴"}', '{"jsonrpc":"2.0","method":"notifications/initialized"}']


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One application for all: its agents' side starts once."""
    folder = tmp_path_factory.mktemp("agents")
    made = Served(ledger_url(None, folder), folder, job_workers=0)
    with made.client:
        yield made
    made.service.ledger.close()


def check(error, expected):
    """Hold an answer to what is expected of it; none of its words is English."""
    id_, code, said = expected
    assert error["jsonrpc"] == "2.0" and error["id"] == id_
    assert error["error"]["code"] == code and said in error["error"]["message"]
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", error["error"]["message"])


@pytest.mark.parametrize("era", ["2025-06-18", "2026-07-28"])
@pytest.mark.parametrize(("sent", "id_", "code", "said"), NOT_TAKEN)
def test_over_http_it_is_a_400_with_an_error_an_agent_reads(served, sent, id_, code, said, era):
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    headers["mcp-protocol-version"] = era
    answer = served.client.post("/mcp", content=sent.encode(), headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/json")
    check(answer.json(), (id_, code, said))


def test_what_is_said_once_is_answered(served):
    headers = {"accept": "application/json, text/event-stream"}
    body = json.loads(CALL % '{"city":"绍兴","chain":"量子信息","top":1}')
    answer = served.client.post("/mcp", json=body, headers=headers)
    assert answer.status_code == 200 and answer.json()["result"]["structuredContent"]["answer"]
    assert all(refusal_of(message.encode()) is None for message in TAKEN)


@pytest.mark.parametrize(
    ("method", "params", "code", "said"),
    [
        ("tools/call", {"name": "rank_targets", "arguments": []}, -32602, "arguments：应为对象"),
        ("tools/call", {"name": 5}, -32602, "name：应为文本"),
        ("tools/call", None, -32602, "params：缺少这一项"),
        ("nothing/at_all", {}, -32601, "没有方法“nothing/at_all”"),
        ("prompts/get", {"name": "x"}, -32602, "只有工具"),
        ("resources/read", {"uri": "x:y"}, -32602, "只有工具"),
    ],
)
def test_a_request_that_cannot_be_done_is_refused_in_chinese(served, method, params, code, said):
    headers = {"accept": "application/json, text/event-stream"}
    body = {"jsonrpc": "2.0", "id": 7, "method": method}
    body |= {} if params is None else {"params": params}
    check(served.client.post("/mcp", json=body, headers=headers).json(), (7, code, said))


def test_responses_of_a_client_are_no_requests():
    for response in ('"id":1,"result":{}', '"id":null,"error":{"code":1,"message":"x"}'):
        assert refusal_of(b'{"jsonrpc":"2.0",%s}' % response.encode()) is None


def test_lines_that_cannot_be_taken_are_answered_and_passed_over():
    sent = "".join(f"{line}\n" for line in (TAKEN[0], *[s for s, *_ in NOT_TAKEN], TAKEN[1]))
    refused = []

    async def read():
        lines = MessageLines(io.StringIO(sent))

        async def refuse(error):
            refused.append(error.model_dump())

        lines.refuse = refuse
        return [line.strip() async for line in lines]

    assert asyncio.run(read()) == TAKEN[:2]
    answered = [expected for message, *expected in NOT_TAKEN if message]  # an empty line is none
    for error, expected in zip(refused, answered, strict=True):
        check(error, expected)


def test_over_stdio_the_error_comes_as_a_line(tmp_path):
    doubled, *expected = NOT_TAKEN[0]
    early = CALL % "{}"
    done = subprocess.run(
        [sys.executable, "-m", "chainmap", "mcp"],
        input=f"{doubled}\n{PING_AS % 1.5}\n{early.replace('7', '8', 1)}\n{PING}\n",
        capture_output=True, text=True, timeout=600, encoding="utf-8",
        env=os.environ | {"CHAINMAP_WORKSPACE": str(tmp_path / "ws")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    errors = {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}
    check(errors[7], expected)
    check(errors[None], (None, -32600, "id 应为文本或整数"))
    assert "请先发送 initialize" in errors[8]["error"]["message"]
