"""Snapshots over HTTP: kept once, each client's own, compared, and shown to agents."""

import asyncio
import json

import pytest
from mcp import Client

from chainmap.server import diffs
from chainmap.server.agent_snapshots import asking
from chainmap.server.agents import agent_server
from chainmap.server.service import LOOPBACK
from tests.server.serving import kind
from tests.server.test_writes import post

QUESTION = {"city": "绍兴", "chain": "集成电路", "top": 4}
FIRST = {"name": "首轮", "question": QUESTION}
SECOND = {"name": "次轮", "question": QUESTION | {"top": 6, "weights": {"affinity": 0.2}}}


@pytest.fixture
def kept(served):
    places = [post(served, "/v1/snapshots", body).headers["location"] for body in (FIRST, SECOND)]
    return served, [place.rpartition("/")[2] for place in places]


def test_a_snapshot_is_kept_with_its_inputs(kept):
    served, (first, _) = kept
    assert [one["name"] for one in served.get("/v1/snapshots").json()] == ["次轮", "首轮"]
    answer = served.get(f"/v1/snapshots/{first}").json()
    saved = answer["saved"]
    assert saved["name"] == "首轮" and saved["n_targets"] == 4 and saved["n_candidates"] > 4
    assert saved["versions"]["model"] and saved["saved_by"] == "loopback"
    file = served.service.settings.workspace / "snapshots" / f"{saved['content_id']}.zip"
    assert file.is_file()
    assert ("list.save", first, "ok") in served.audited()
    current = served.get("/v1/snapshots/current").json()
    assert current["saved"] is None
    assert served.get(f"/v1/snapshots/{first}").headers["etag"]


def test_the_last_page_leads_nowhere(kept):
    served, (first, second) = kept
    page = served.get("/v1/snapshots?limit=1")
    assert [one["id"] for one in page.json()] == [second]
    last = served.get(page.links["next"]["url"])
    assert [one["id"] for one in last.json()] == [first] and "next" not in last.links
    assert "next" not in served.get("/v1/snapshots?limit=2").links
    served.service.flush()
    key = served.key("admin")
    entries = served.get("/v1/audit", key).json()
    assert "next" in served.get(f"/v1/audit?limit={len(entries) - 1}", key).links
    assert "next" not in served.get(f"/v1/audit?limit={len(entries)}", key).links


def test_the_list_comes_byte_for_byte_and_in_every_form(kept):
    served, (first, _) = kept
    whole = served.get(f"/v1/snapshots/{first}/targets")
    assert whole.content == served.get(f"/v1/lists/{first}").content
    assert [row["rank"] for row in whole.json()["targets"]] == [1, 2, 3, 4]
    asked = served.get("/v1/cities/绍兴/targets?chain=集成电路&top=4").json()
    for kept_row, row in zip(whole.json()["targets"], asked["targets"], strict=True):
        chances = [name for name in row if isinstance(row[name], float)]
        assert [kept_row.pop(n) for n in chances] == pytest.approx([row.pop(n) for n in chances])
        assert kept_row == row
    tag = whole.headers["etag"]
    again = served.get(f"/v1/snapshots/{first}/targets", **{"if-none-match": tag})
    assert again.status_code == 304 and not again.content
    page = served.get(f"/v1/snapshots/{first}/targets?limit=3")
    assert len(page.json()["targets"]) == 3
    rest = served.get(page.links["next"]["url"]).json()
    assert [row["rank"] for row in rest["targets"]] == [4]
    for form in ("text/csv", "application/vnd.apache.parquet"):
        made = served.get(f"/v1/snapshots/{first}/targets", accept=form)
        assert made.status_code == 200 and made.content
        assert made.content == served.get(f"/v1/snapshots/{first}/targets", accept=form).content


def test_two_snapshots_are_compared(kept):
    served, (first, second) = kept
    found = served.get(f"/v1/diffs?from={first}&to={second}")
    record = found.json()
    assert found.status_code == 200, found.text
    assert (record["earlier"]["name"], record["later"]["name"]) == ("首轮", "次轮")
    assert record["n_entered"] >= 2 and record["versions"] == []
    assert {one["name"] for one in record["parameters"]} >= {"top", "weight.affinity"}
    for firm in record["firms"]:
        assert sum(firm["parts_120"].values()) == 120 * firm["rise"]
        assert round(sum(firm["parts"].values()) * 100) == 100 * firm["rise"]
    today = served.get(f"/v1/diffs?from={first}").json()
    assert today["same"] and {firm["move"] for firm in today["firms"]} == {"same"}
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = served.get(f"/v1/diffs?from={first}&to={second}", accept=xlsx)
    assert sheet.content[:2] == b"PK"
    assert kind(served.get(f"/v1/diffs?from={first}&to={'0' * 32}")) == "unknown-name"
    assert kind(served.get("/v1/diffs?from=../x")) == "bad-input"


def test_todays_list_is_compared_anew_once_a_catalogue_is_approved(kept, monkeypatch):
    served, (first, second) = kept
    approved, made = [], []
    monkeypatch.setattr(diffs, "catalogue_state", lambda city: lambda: ",".join(approved))
    real = diffs.difference_of
    monkeypatch.setattr(diffs, "difference_of", lambda *given: made.append(1) or real(*given))
    for version, expected in (("", 1), ("", 1), ("2026-v1", 2)):
        approved[:] = [version]
        assert served.get(f"/v1/diffs?from={first}").status_code == 200 and len(made) == expected
    for version in ("2026-v1", "2026-v2"):  # what is saved does not change
        approved[:] = [version]
        assert served.get(f"/v1/diffs?from={first}&to={second}").status_code == 200
        assert len(made) == 3


def test_a_repeated_save_is_done_once(served):
    first, again = (
        post(served, "/v1/snapshots", FIRST, **{"Idempotency-Key": "s-1"}) for _ in range(2)
    )
    assert first.status_code == 201 and again.content == first.content
    assert len(served.get("/v1/snapshots").json()) == 1


def test_another_client_sees_none_of_it(served):
    from chainmap.concepts.access import AccessRole
    from chainmap.ledger import keys
    from chainmap.ledger.keys import NewKey

    def key_of(client, role="editor"):
        with served.service.ledger.write() as tx:
            return keys.create_key(tx, NewKey(client, AccessRole(role)), served.service.now())[0]

    mine, other, viewer = key_of("甲区"), key_of("乙区"), key_of("甲区", "viewer")
    first = post(served, "/v1/snapshots", FIRST, mine).headers["location"].rpartition("/")[2]
    assert served.get(f"/v1/snapshots/{first}", mine).json()["saved"]["saved_by"].endswith("甲区")
    for path in (f"/v1/snapshots/{first}", f"/v1/snapshots/{first}/targets",
                 f"/v1/diffs?from={first}"):  # fmt: skip
        assert kind(served.get(path, other)) == "unknown-name"
    assert served.get("/v1/snapshots", other).json() == []
    assert kind(served.get(f"/v1/diffs?from={first}", viewer)) == "scope-missing"
    assert kind(post(served, "/v1/snapshots", FIRST, viewer)) == "scope-missing"


def test_the_file_goes_with_the_last_list_that_stands_in_it(served):
    first, same = (
        post(served, "/v1/lists", FIRST | {"name": name}).headers["location"] for name in "甲乙"
    )
    files = served.service.settings.workspace / "snapshots"
    assert len(list(files.iterdir())) == 1
    served.client.delete(first)
    assert len(list(files.iterdir())) == 1
    served.client.delete(same)
    assert list(files.iterdir()) == []


def test_a_changed_file_is_said_and_the_list_stays(kept):
    served, (first, second) = kept
    content_id = served.get(f"/v1/snapshots/{first}").json()["saved"]["content_id"]
    file = served.service.settings.workspace / "snapshots" / f"{content_id}.zip"
    file.write_bytes(b"PK")
    answer = served.get(f"/v1/diffs?from={first}&to={second}")
    assert kind(answer) == "bad-input" and "已损坏" in answer.json()["detail"]
    assert served.get(f"/v1/snapshots/{first}/targets").status_code == 200


def test_agents_compare_what_their_key_may_see(kept):
    served, (first, _) = kept

    async def ask(**arguments):
        with asking(served.service, LOOPBACK):
            async with Client(agent_server()) as client:
                return await client.call_tool("compare_snapshots", arguments)

    found = asyncio.run(ask(earlier="首轮", later="次轮"))
    assert not found.is_error, found
    content = found.structured_content
    assert content["answer"]["n_entered"] >= 2 and content["may_act"] is False
    passages = {(citation["id"], citation["scope"]) for citation in content["citations"]}
    for firm in content["answer"]["firms"]:
        named = set(zip(firm["citations"], firm["citation_scopes"], strict=True))
        assert named and named <= passages
    assert asyncio.run(ask(earlier=first)).structured_content["answer"]["same"]
    unknown = asyncio.run(ask(earlier="没有"))
    assert unknown.is_error and "首轮" in unknown.content[0].text
    today = asyncio.run(ask(earlier="today", later=first))
    assert today.is_error and "今天的名单没有保存" in today.content[0].text


def test_a_name_of_several_lists_is_no_answer(kept):
    served, (first, _) = kept
    post(served, "/v1/snapshots", FIRST)  # the same content once more

    async def ask(earlier):
        with asking(served.service, LOOPBACK):
            async with Client(agent_server()) as client:
                return await client.call_tool("compare_snapshots", {"earlier": earlier})

    assert not asyncio.run(ask("首轮")).is_error
    post(served, "/v1/snapshots", SECOND | {"name": "首轮"})
    refused = asyncio.run(ask("首轮"))
    assert refused.is_error
    said = refused.content[0].text
    content = served.get(f"/v1/snapshots/{first}").json()["saved"]["content_id"][:12]
    assert "有 2 份内容不同的快照都叫“首轮”" in said and f"{content}（绍兴市，" in said
    found = asyncio.run(ask(content))
    assert not found.is_error and found.structured_content["answer"]["same"]


def test_agents_ask_over_http_with_their_own_key(served):
    editor = served.key("editor")
    post(served, "/v1/snapshots", FIRST, editor)
    body = {
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "compare_snapshots", "arguments": {"earlier": "首轮"}},
    }  # fmt: skip
    with served.client as client:
        for key, wrong in ((editor, False), (served.key("viewer"), True)):
            headers = {
                "Authorization": f"Bearer {key}", "accept": "application/json, text/event-stream",
            }  # fmt: skip
            answer = client.post("/mcp", json=body, headers=headers)
            result = json.loads(answer.text)["result"]
            assert bool(result.get("isError")) is wrong, answer.text
