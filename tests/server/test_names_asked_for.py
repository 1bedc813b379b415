"""Names as readers write them: the one that is meant, or all that may be."""

import asyncio

import pytest
from fastapi.testclient import TestClient
from mcp import Client

from chainmap.server.agents import agent_server
from chainmap.server.app import create_app
from chainmap.server.pages.search_index import find
from tests.server.serving import kind


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


SEVERAL = [
    "/v1/segments/光刻胶",
    "/v1/segments/光刻胶/trace",
    "/v1/companies?segment=光刻胶",
    "/v1/cities/绍兴/targets?segment=光刻胶",
    "/cities/330600/segments/光刻胶",
    "/cities/330600/targets?segment=光刻胶",
]


@pytest.mark.parametrize("path", SEVERAL)
def test_a_segment_that_may_be_several_is_not_chosen_for_the_reader(client, path):
    found = client.get(path)
    assert found.status_code == 404
    for name in ("g线与i线光刻胶", "ArF与KrF光刻胶", "光刻胶原材料"):
        assert name in found.text
    if path.startswith("/v1"):
        assert kind(found) == "unknown-name" and len(found.json()["nearest"]) == 3
        assert "ic-photoresist-duv" in found.json()["todo"]


def test_nor_in_a_body_nor_for_an_agent(client):
    found = client.post("/v1/targets", json={"city": "绍兴", "segment": "光刻胶"})
    assert kind(found) == "unknown-name" and "对得上 3 个环节" in found.json()["detail"]

    async def ask():
        async with Client(agent_server()) as agent:
            told = await agent.call_tool("explain_gap", {"city": "绍兴", "segment": "光刻胶"})
            assert told.is_error and "ic-photoresist-duv" in told.content[0].text

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/v1/chains/積體電路", "/v1/chains/集成电路"),
        ("/v1/segments?q=諧波", "/v1/segments?q=谐波"),
        ("/v1/segments/諧波減速器", "/v1/segments/谐波减速器"),
        ("/v1/companies?q=積體電路", "/v1/companies?q=集成电路"),
        ("/v1/cities/紹興/targets/江豐電子/why", "/v1/cities/绍兴/targets/江丰电子/why"),
        ("/v1/cities?q=紹興", "/v1/cities?q=绍兴"),
        ("/v1/cities?province=廣東", "/v1/cities?province=广东"),
        ("/v1/policies/goals?q=產值", "/v1/policies/goals?q=产值"),
        ("/v1/policies/timeline?field=機器人", "/v1/policies/timeline?field=机器人"),
        ("/v1/cities/紹興/gaps?chain=機器人&top=3", "/v1/cities/绍兴/gaps?chain=机器人&top=3"),
    ],
)
def test_traditional_characters_mean_the_simplified_ones(client, written, meant):
    found, same = client.get(written), client.get(meant)
    assert found.status_code == 200 and found.json() == same.json()
    assert found.json() and found.json() != {"goals": []}


def test_a_mode_takes_them_too(client):
    asked = {"city": "绍兴", "mode": "industry", "top": 2}
    found = client.post("/v1/targets", json=asked | {"industries": ["機器人", "積體電路"]})
    same = client.post("/v1/targets", json=asked | {"industries": ["机器人", "集成电路"]})
    assert found.status_code == 200 and len(found.json()["targets"]) == 2
    assert found.json()["targets"] == same.json()["targets"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("積體電路", "集成电路"), ("光刻膠", "光刻胶"), ("紹興", "绍兴"), ("士蘭微", "士兰微")],
)
def test_the_search_box_finds_what_is_meant(written, meant):
    found = find(written)
    assert any(found.values()) and found == find(meant)
