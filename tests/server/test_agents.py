"""A real MCP client, over stdio, over HTTP and inside the process."""

import asyncio
import json
import logging
import os
import socket
import sys
import threading
import time
from contextlib import asynccontextmanager

import pytest
import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

from chainmap.concepts.access import Scope
from chainmap.ledger.engine import ledger_url
from chainmap.server.agent_snapshots import asking
from chainmap.server.agents import TOOLS, agent_server
from chainmap.server.service import Principal
from tests.server.serving import Served

ASKED = [
    ("list_chains", {}),
    ("list_gaps", {"city": "绍兴", "chain": "集成电路", "top": 3}),
    ("explain_gap", {"city": "绍兴", "segment": "紫外光刻胶"}),
    ("rank_targets", {"city": "绍兴", "chain": "集成电路", "top": 3}),
    ("explain_target", {"city": "绍兴", "company": "士兰微"}),
    ("why", {"city": "绍兴", "company": "士兰微", "chain": "集成电路"}),
    ("why_not", {"city": "绍兴", "company": "长电科技", "chain": "集成电路"}),
    ("search_companies", {"query": "士兰"}),
    ("policy_trace", {"segment": "紫外光刻胶"}),
    ("match_project", {"city": "绍兴", "product": "人形机器人", "land_mu": 50}),
    ("policy_goals", {"city": "绍兴"}),
    ("list_catalogue", {"city": "绍兴", "chain": "集成电路"}),
]


@pytest.fixture(autouse=True)
def _quiet_root():
    """The SDK sets up the root log; the next test must not see it."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before[0], before[1]


OVER_STDIO = [one for one in ASKED if one[0] in ("list_chains", "search_companies", "policy_trace")]
"""What a process of its own is asked: the tools are the same, only the way there is another."""


async def answers_of(client, asked=ASKED):
    """Ask everything; every answer must say what it rests on."""
    tools = (await client.list_tools()).tools
    assert {tool.name for tool in tools} == {tool.__name__ for tool in TOOLS}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    found = {}
    for name, arguments in asked:
        result = await client.call_tool(name, arguments)
        assert not result.is_error, result
        content = result.structured_content
        assert content["may_act"] is False and content["coverage"] and content["snapshot"]
        assert json.loads(result.content[0].text) == content
        check_passages(content)
        found[name] = content
    return found


def check_passages(content):
    """What every item names by id and scope stands beside the answer, and stands there once."""
    beside = [(one["id"], one["scope"]) for one in content["citations"]]
    assert len(set(beside)) == len(beside)
    for item in naming(content["answer"]):
        named = zip(item["citations"], item["citation_scopes"], strict=True)
        assert set(named) <= set(beside), item


def naming(data):
    """Yield everything in an answer that names citations."""
    if isinstance(data, dict):
        if "citations" in data:
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from naming(one)


LEADER = {"mode": "leader", "leader": "宇树科技"}
"""A question that only some modes answer."""

WRONG = [
    (("rank_targets", {"city": "绍兴", "mode": "leader"}), "龙头引商须给出龙头企业"),
    (("rank_targets", {"city": "绍兴", "home": "火星"}), "没有找到城市“火星”。"),
    (("rank_targets", {"city": "绍兴", "mode": "any"}), "参数 mode：只能是 chain、"),
    (("rank_targets", {"city": "绍兴", "weights": {"x": 1}}), "没有得分类别“x”。可用："),
    (("rank_targets", {"city": "绍兴", "weights": {"affinity": 4}}), "应不大于 3"),
    (("rank_targets", {"city": "绍兴", "as_of": "2026-02-30"}), "应为日期，写作 YYYY-MM-DD"),
    (("rank_targets", {"city": " "}), "参数 city：至少 1 个字符"),
    (("rank_targets", {"city": "绍兴", "segment": "光刻机", **LEADER}), "不能与单个环节同用"),
    (("list_gaps", {}), "参数 city：缺少这一项。"),
    (("list_gaps", {"city": "绍兴", "top": "many"}), "参数 top：应为整数（收到 'many'）。"),
    (("rank_targets", {"city": "绍兴", "top": 0}), "参数 top：应不小于 1"),
    (("list_gaps", {"city": "绍兴", "chainn": "集成电路"}), "没有参数“chainn”。是不是：chain"),
    (("list_chains", {"x": 1}), "没有参数“x”。这个工具不用任何参数。"),
    (("explain_target", {"city": "绍兴", "company": "电"}), "没有找到企业“电”。您是不是要找："),
    (("match_project", {"city": "绍兴", "product": " "}), "参数 product：至少 1 个字符"),
    (("match_project", {"city": "绍兴", "product": "泵", "land_mu": "9"}), "应为数字（收到 '9'）"),
    (("rank_targets", {"city": "绍兴", "top": True}), "参数 top：应为整数（收到 true）。"),
    (("rank_targets", {"city": "绍兴", "weights": {"affinity": "1"}}), "affinity：应为数字"),
    (("list_gap", {"city": "绍兴"}), "没有找到工具“list_gap”。您是不是要找：list_gaps、"),
]


def check(found):
    assert found["list_gaps"]["citations"] and len(found["list_gaps"]["answer"]["gaps"]) == 3
    assert found["explain_gap"]["answer"]["is_gap"] in (True, False)
    assert found["explain_gap"]["citations"]
    targets = found["rank_targets"]["answer"]["targets"]
    ids = {citation["id"] for citation in found["rank_targets"]["citations"]}
    assert len(targets) == 3 and all(set(t["citations"]) <= ids for t in targets)
    assert found["explain_target"]["answer"]["company"]["short_name"] == "士兰微"
    assert found["policy_trace"]["answer"]["passages"]
    goals = found["policy_goals"]["answer"]["goals"]
    passages = {citation["id"] for citation in found["policy_goals"]["citations"]}
    assert goals and {goal["citation"] for goal in goals} <= passages
    firms = found["search_companies"]["answer"]["companies"]
    behind = {citation["id"] for citation in found["search_companies"]["citations"]}
    assert firms and all(firm["citations"] and set(firm["citations"]) <= behind for firm in firms)
    items = found["list_catalogue"]["answer"]["items"]
    known = {citation["id"] for citation in found["list_catalogue"]["citations"]}
    assert items and all(set(item["citations"]) <= known for item in items)


def test_every_tool_answers_inside_the_process(capfd):
    async def ask():
        async with Client(agent_server()) as client:
            check(await answers_of(client))
            unknown = await client.call_tool("list_gaps", {"city": "绍新"})
            assert unknown.is_error and "绍兴" in unknown.content[0].text
            assert "Error" not in unknown.content[0].text
            for sent, said in WRONG:
                refused = await client.call_tool(*sent)
                assert refused.is_error and said in refused.content[0].text
                assert "rror" not in refused.content[0].text
            home = await client.call_tool("explain_target", {"city": "杭州", "company": "士兰微"})
            assert home.structured_content["answer"]["why_not"]

    asyncio.run(ask())
    assert capfd.readouterr().out == ""  # over stdio, a word of a tool's own would end the talk


NARROWED = [
    {"mode": "leader", "leader": "宇树科技"},
    {"mode": "industry", "industries": ["机器人"]},
    {"home": "上海", "weights": {"affinity": 0.5}},
    {"as_of": "2024-06-30", "segment": "紫外光刻胶"},
]


def test_targets_are_asked_for_as_over_http(served):
    async def ask():
        async with Client(agent_server()) as client:
            for narrowed in NARROWED:
                question = {"city": "绍兴", "chain": "机器人", "top": 3} | narrowed
                if "segment" in narrowed:
                    del question["chain"]
                told = await client.call_tool("rank_targets", question)
                assert not told.is_error, told
                answer = served.client.post("/v1/targets", json=question).json()
                found = told.structured_content["answer"]
                assert found["basis"] == answer["basis"] and found["weights"] == answer["weights"]
                ids = [target["company_id"] for target in answer["targets"]]
                assert ids and ids == [target["company_id"] for target in found["targets"]]
                assert found["mode"] == narrowed.get("mode")

    asyncio.run(ask())


def test_what_a_passage_names_is_told_of_every_item(served):
    """The same passage names one item's segment and another item's whole chain."""
    asked = {"city": "绍兴", "chain": "集成电路", "top": 50}
    lists = {"list_gaps": "gaps", "rank_targets": "targets"}

    async def ask(tool):
        async with Client(agent_server()) as client:
            return (await client.call_tool(tool, asked)).structured_content

    for tool, items in lists.items():
        content = asyncio.run(ask(tool))
        check_passages(content)
        ids = [one["id"] for one in content["citations"]]
        assert len(set(ids)) < len(ids), "no passage names both: the test asks for nothing"
        path = f"/v1/cities/绍兴/{items}?chain=集成电路&top=50"
        for item, other in zip(
            content["answer"][items], served.get(path).json()[items], strict=True
        ):
            named = zip(item["citations"], item["citation_scopes"], strict=True)
            assert list(named) == [(one["id"], one["scope"]) for one in other["citations"]]


def test_weights_of_ones_own_take_the_scope_for_them(served):
    viewer = Principal("viewer", frozenset({Scope.READ}))

    async def ask(**more):
        with asking(served.service, viewer):
            async with Client(agent_server()) as client:
                question = {"city": "绍兴", "chain": "集成电路", "top": 1}
                return await client.call_tool("rank_targets", question | more)

    assert not asyncio.run(ask()).is_error
    refused = asyncio.run(ask(weights={"affinity": 0.5}))
    assert refused.is_error and "没有计算权限，不能自定权重" in refused.content[0].text


def test_a_client_over_stdio(tmp_path):
    environment = os.environ | {"CHAINMAP_WORKSPACE": str(tmp_path / "ws")}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "chainmap", "mcp"], env=environment
    )

    async def ask():
        async with Client(command, read_timeout_seconds=120) as client:
            assert client.server_info.name == "chainmap" and "may_act" in client.instructions
            found = await answers_of(client, OVER_STDIO)
            assert found["policy_trace"]["answer"]["passages"]
            assert found["search_companies"]["answer"]["companies"]

    asyncio.run(ask())


@asynccontextmanager
async def connected(url, key):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        create_mcp_http_client(headers=headers) as http,
        Client(streamable_http_client(url, http_client=http)) as client,
    ):
        yield client


def test_a_client_over_http_needs_a_key(tmp_path):
    served = Served(ledger_url(None, tmp_path), tmp_path)
    key, narrow = served.key(), served.key("admin", scopes=frozenset({"metrics"}))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(served.app, port=port, log_config=None, access_log=False, lifespan="on")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    url = f"http://127.0.0.1:{port}/mcp"

    async def ask():
        async with connected(url, key) as client:
            check(await answers_of(client))
        for refused in (None, "cm_wrong", narrow):
            with pytest.raises(Exception):  # noqa: B017 - the SDK wraps it in groups
                async with connected(url, refused) as client:
                    await client.list_tools()

    try:
        asyncio.run(ask())
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_no_stream_is_held_open_for_nothing(served, method):
    with served.client as client:
        shown = {"X-API-Key": served.key(), "Accept": "text/event-stream, application/json"}
        answer = client.request(method, "/mcp", headers=shown)
    assert answer.status_code == 405 and answer.headers["allow"] == "POST"
