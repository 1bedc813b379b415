"""A day nobody can know anything of is refused wherever one may be asked for."""

import asyncio
import csv
import io

import pytest
from fastapi.testclient import TestClient
from mcp import Client

from chainmap.server.agents import agent_server
from chainmap.server.app import create_app
from tests.server.routes import contract
from tests.server.serving import kind

DAYS = ["1900-01-01", "9999-12-31"]
NAMES = {
    "code": "绍兴", "chain": "集成电路", "company": "士兰微", "segment": "ic-eda",
}  # fmt: skip
READ = [
    path.format(**NAMES)
    for path, said in contract()["paths"].items()
    if any(one["name"] == "as_of" for one in said.get("get", {}).get("parameters", ()))
]
ASKED = [
    ("/v1/targets", {"city": "绍兴"}),
    ("/v1/lists", {"name": "甲", "question": {"city": "绍兴"}}),
    ("/v1/snapshots", {"name": "甲", "question": {"city": "绍兴"}}),
    ("/v1/target-batches", {"name": "甲", "cities": ["绍兴"], "question": {"city": "绍兴"}}),
    ("/v1/allocations", {"province": "浙江"}),
    ("/v1/builds/presence", {}),
]


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


def refused(answer):
    assert answer.status_code == 422 and kind(answer) == "bad-input", answer.text
    told = answer.json()["detail"] + answer.json()["todo"]
    return "请用 1958-01-01 至 " in told


def test_many_questions_have_a_day():
    assert len(READ) > 10


@pytest.mark.parametrize("path", READ)
def test_a_query_is(client, path):
    for day in DAYS:
        assert refused(client.get(path, params={"as_of": day}))


@pytest.mark.parametrize(("path", "body"), ASKED)
def test_a_body_is(client, path, body):
    for day in DAYS:
        asked = body.get("question", body) | {"as_of": day}
        given = body | {"question": asked} if "question" in body else asked
        assert refused(client.post(path, json=given))


@pytest.mark.parametrize("what", ["companies", "projects"])
def test_a_list_that_is_said_to_be_of_such_a_day_is(client, what):
    text = io.StringIO()
    csv.writer(text).writerows([["企业名称"], ["绍兴某某有限公司"]])
    for day in DAYS:
        sent = {"file": ("名单.csv", text.getvalue().encode(), "text/csv")}
        assert refused(client.post(f"/v1/imports/{what}", files=sent, data={"as_of": day}))


def test_a_tool_for_agents_says_so():
    async def ask():
        async with Client(agent_server()) as agent:
            for day in DAYS:
                found = await agent.call_tool("rank_targets", {"city": "绍兴", "as_of": day})
                assert found.is_error and "请用 1958-01-01 至 " in found.content[0].text

    asyncio.run(ask())
