"""Kept lists over HTTP: newest first by pages, and not sent again to whoever has them."""

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
