"""A question about an early day is answered by that day's firms, and disturbs nobody else's."""

import asyncio
import datetime as dt
import gc
from functools import lru_cache

import pytest
from fastapi.testclient import TestClient
from mcp import Client

from chainmap import pipeline
from chainmap.pipeline import load_world
from chainmap.ranking.explain import UNDATED
from chainmap.reports import company_search
from chainmap.server import questions
from chainmap.server.agents import agent_server
from chainmap.server.app import create_app

AT = "/v1/cities/绍兴"
CHAIN = {"chain": "机器人"}
LEADER = {"mode": "leader", "leader": "宇树科技", "top": 3}
EARLY = {"as_of": "2010-01-01"}
PROFILE = {"form": "md", "kind": "profile", "company": "江丰电子"} | CHAIN
TODAY = [
    ("/v1/companies", {}),
    ("/v1/companies", {"q": "宇树"}),
    ("/v1/companies/unitree", {}),
    ("/v1/segments/rb-quadruped", {}),
    (f"{AT}/gaps", {"top": 3}),
    (f"{AT}/targets", {"top": 3} | CHAIN),
    (f"{AT}/targets", LEADER),
    (f"{AT}/targets/江丰电子/why", {"chain": "集成电路"}),
    (f"{AT}/targets/宇树科技/why-not", CHAIN),
    (f"{AT}/report", PROFILE),
]
THEN = [(path, asked | EARLY) for path, asked in TODAY if path.startswith(AT)]
TOOLS = [
    ("search_companies", {"query": "宇树"}),
    ("why_not", {"city": "绍兴", "company": "宇树科技", "chain": "机器人"}),
]


def forget():
    """Make all that is kept of a world anew, as a fresh process would."""
    company_search._made.clear()
    pipeline._world_of.cache_clear()
    questions._gaps.cache_clear()


@pytest.fixture
def forgotten(monkeypatch):
    """Nothing is known of any world but today's; what other tests have made comes back."""
    monkeypatch.setattr(company_search, "_made", {})
    for module, name in ((pipeline, "_world_of"), (questions, "_gaps")):
        kept = getattr(module, name)
        size = kept.cache_parameters()["maxsize"]
        monkeypatch.setattr(module, name, lru_cache(size)(kept.__wrapped__))


@pytest.fixture
def client():
    return TestClient(create_app(), raise_server_exceptions=False)


def answers(client, asked):
    found = {}
    for path, query in asked:
        answer = client.get(path, params=query)
        found[path, *query.items()] = answer.status_code, answer.content
    return found


async def told():
    async with Client(agent_server()) as agent:
        results = [await agent.call_tool(name, given) for name, given in TOOLS]
    return [result.structured_content for result in results]


def test_what_is_asked_first_changes_no_answer(client, forgotten):
    now = answers(client, TODAY)
    agents = asyncio.run(told())
    then = answers(client, THEN)
    forget()
    other = TestClient(create_app(), raise_server_exceptions=False)
    assert answers(other, THEN) == then
    assert answers(other, TODAY) == now
    assert asyncio.run(told()) == agents
    assert {status for status, _ in now.values()} == {200}
    assert {status for status, _ in then.values()} == {200, 422}
    assert len(client.get("/v1/companies").json()) == load_world().companies.height


def test_an_index_goes_with_its_world(forgotten):
    early = pipeline.world_on(dt.date(2010, 1, 1))
    index = company_search.company_index(early)
    assert index is company_search.company_index(early)
    assert "unitree" not in index
    assert "unitree" in company_search.company_index(load_world())
    del early
    pipeline._world_of.cache_clear()
    gc.collect()
    assert index not in company_search._made.values()


def get(client, path, status=422, **query):
    answer = client.get(path, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize("warm", [False, True])
def test_a_firm_that_was_not_there_yet_is_said_to_be_none_then(client, warm, forgotten):
    if warm:
        get(client, "/v1/companies", 200, q="宇树")
    found = get(client, f"{AT}/targets/宇树科技/why", **EARLY)
    assert found["type"].endswith("bad-input")
    assert found["detail"] == "宇树科技没有参加绍兴的排序：当时尚未成立。"
    found = get(client, f"{AT}/targets/宇树科技/why-not", 200, **EARLY)
    assert (found["stage"], found["stage_zh"]) == ("not_yet", "当时尚未成立")
    assert found["company"] == "宇树科技股份有限公司" and "宇树科技尚未成立" in found["answer"]
    found = get(client, f"{AT}/targets", **LEADER, **EARLY)
    assert found["type"].endswith("bad-input") and "宇树科技当时尚未成立" in found["detail"]
    asked = PROFILE | {"company": "宇树科技"} | EARLY
    assert "宇树科技当时尚未成立" in get(client, f"{AT}/report", **asked)["detail"]


def test_a_site_older_than_its_head_is_answered_by_what_the_head_was(client):
    # 宝信软件 dates from 1994, the head of its group from 2000.
    found = get(client, f"{AT}/targets/宝信软件/why", as_of="1998-12-31")
    assert "所属集团宝钢股份" in found["detail"] and "当时尚未成立" in found["detail"]
    found = get(client, f"{AT}/targets/宝信软件/why-not", 200, as_of="1998-12-31")
    assert found["stage"] == "not_yet" and "宝钢股份尚未成立" in found["answer"]


def test_whose_founding_year_is_not_known_is_said_wherever_a_list_is_told(client):
    long_ago = {"as_of": "1960-01-01", "chain": "机器人"}
    now = get(client, f"{AT}/targets", 200, chain="机器人")["targets"]
    assert not any(UNDATED in one["counter_evidence"] for one in now)
    listed = get(client, f"{AT}/targets", 200, **long_ago)["targets"]
    founded = dict(load_world().companies.select("company_id", "founded_year").iter_rows())
    for one in listed:
        assert (UNDATED in one["counter_evidence"]) == (founded[one["company_id"]] is None)
    assert UNDATED in listed[0]["counter_evidence"]
    why = get(client, f"{AT}/targets/{listed[0]['company_id']}/why", 200, **long_ago)
    weighed = get(client, f"{AT}/targets", 200, **long_ago, mode="chain")["targets"]
    assert why["target"]["counter_evidence"] == listed[0]["counter_evidence"]
    assert weighed[0]["counter_evidence"] == listed[0]["counter_evidence"]


def test_a_name_nobody_ever_had_is_still_unknown(client):
    assert get(client, f"{AT}/targets/没有这家/why", 404, **EARLY)["type"].endswith("unknown-name")
    found = get(client, f"{AT}/targets/没有这家/why-not", 200, **EARLY)
    assert found["stage"] == "not_in_roster"
