"""Kept lists over HTTP: newest first by pages, and not sent again to whoever has them."""

from chainmap.server import answer_heads
from chainmap.server.snapshot import current_snapshot
from tests.server.test_writes import post

LIST = {"name": "甲", "question": {"city": "绍兴", "chain": "集成电路", "top": 2}}


def test_pages_end_where_the_lists_end(served):
    key = served.key("editor")
    for name in "甲乙":
        body = LIST | {"name": name}
        assert served.client.post("/v1/lists", json=body, headers={"X-API-Key": key}).is_success
    first = served.get("/v1/lists?limit=1", key)
    assert [one["name"] for one in first.json()] == ["乙"]
    second = served.get(first.links["next"]["url"], key)
    assert [one["name"] for one in second.json()] == ["甲"] and "next" not in second.links
    assert "next" not in served.get("/v1/lists?limit=2", key).links


def test_a_list_is_not_sent_again(served):
    key = served.key("editor")
    saved = served.client.post("/v1/lists", json=LIST, headers={"X-API-Key": key})
    path = saved.headers["location"]
    whole = served.get(path, key)
    again = served.get(path, key, **{"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    whatever = served.get(path, key, **{"If-None-Match": "*"})
    assert (whatever.status_code, whatever.content) == (304, b"")
    assert again.headers["etag"] == whole.headers["etag"]
    assert len(whole.json()["targets"]) == 2


def test_a_saved_list_says_what_it_rested_on_when_it_was_saved(served, monkeypatch):
    now = current_snapshot()
    saved = post(served, "/v1/lists", LIST).headers["location"].rpartition("/")[2]
    asked = served.get("/v1/cities/绍兴/targets?chain=集成电路&top=2").headers
    later = now.model_copy(update={"id": "f" * 64, "may_act": True, "coverage": "别的"})
    monkeypatch.setattr(answer_heads, "current_snapshot", lambda: later)
    whole = served.get(f"/v1/lists/{saved}")
    etag = {"If-None-Match": whole.headers["etag"]}
    at = f"/v1/snapshots/{saved}/targets"
    page = served.get(f"{at}?limit=1")
    answers = [
        whole, served.get(f"/v1/lists/{saved}", **etag), served.get(at), page,
        served.get(f"{at}?limit=1", **{"If-None-Match": page.headers["etag"]}),
        served.get(at, accept="text/csv"),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [200, 304, 200, 200, 304, 200]
    for answer in answers:
        for name in ("Chainmap-Snapshot", "Chainmap-May-Act", "Chainmap-Coverage", "Vary"):
            assert answer.headers[name] == asked[name], (answer.request.url, name)
        if answer.status_code == 200:
            assert answer.links["describedby"]["url"] == f"/v1/snapshots/{saved}"
    assert [row["rank"] for row in served.get(page.links["next"]["url"]).json()["targets"]] == [2]
    described = served.get(whole.links["describedby"]["url"]).json()
    assert described["may_act"] is False and described["coverage"] == now.coverage


def test_a_list_within_one_segment_says_that_nothing_limits_it(served):
    question = {"city": "绍兴", "segment": "紫外光刻胶", "top": 2}
    query = "segment=紫外光刻胶&top=2"
    made = post(served, "/v1/lists", {"name": "丙", "question": question}).headers["location"]
    own = {"weights": {"affinity": 0.5}}
    answers = [
        served.get(made),
        served.get(f"/v1/cities/绍兴/targets?{query}"),
        served.get(f"/v1/cities/绍兴/targets?{query}&per_segment=2"),
        served.get(f"/v1/cities/绍兴/targets?{query}&home=上海"),
        *(post(served, "/v1/targets", question | more) for more in ({}, {}, own, own)),
    ]
    assert [answer.json()["per_segment"] for answer in answers] == [0] * len(answers)
