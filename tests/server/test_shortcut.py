import importlib
import threading

import pytest

from chainmap.concepts.access import Scope
from chainmap.server.given_answers import MOST, Given, GivenAnswers
from chainmap.server.problems import Refusal
from chainmap.server.rates import MOST_COUNTED, Rates
from chainmap.server.recent import Recent
from tests.server.serving import kind

TARGETS = "/v1/cities/330600/targets?chain=集成电路&top=3"


def test_an_answer_given_again_is_the_same_but_for_its_id(served):
    key = served.key()
    first, again = served.get(TARGETS, key), served.get(TARGETS, key)
    assert first.status_code == again.status_code == 200 and first.content == again.content
    other = {name: value for name, value in again.headers.items() if name != "x-request-id"}
    assert other == {n: v for n, v in first.headers.items() if n != "x-request-id"}
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    known = served.get(TARGETS, key, **{"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert known.status_code == 304 and known.content == b""
    assert known.headers["etag"] == first.headers["etag"]
    said = served.client.get("/metrics", headers={"X-API-Key": served.key("admin")}).text
    assert 'chainmap_answers_total{source="kept"} 2.0' in said
    route = 'chainmap_requests_total{method="GET",route="/v1/cities/{code}/targets"'
    assert f'{route},status="200"}} 2.0' in said and f'{route},status="304"}} 1.0' in said


def test_nothing_is_given_again_to_whom_it_is_not_for(served):
    key = served.key()
    assert served.get(TARGETS, key).status_code == 200
    assert kind(served.get(TARGETS)) == "key-missing"
    assert kind(served.get(TARGETS, "cm_aaaaaaaaaaaa_" + "x" * 43)) == "key-wrong"
    other = served.key("admin", scopes=frozenset({Scope.METRICS}))
    assert kind(served.get(TARGETS, other)) == "scope-missing"
    assert kind(served.get(TARGETS, key, Origin="https://evil.example")) == "origin-not-allowed"
    assert served.client.post(TARGETS, headers={"X-API-Key": key}).status_code == 405
    assert kind(served.get(TARGETS, key, Accept="application/pdf")) == "not-acceptable"
    assert kind(served.get(TARGETS, key, Accept="text/csv")) == "scope-missing"


def test_forms_and_pages_are_cut_from_the_same_list_and_audited(served):
    key = served.key("analyst")
    whole = served.get(TARGETS, key).json()["targets"]
    fields = served.get(f"{TARGETS}&fields=company,rank&sort=-rank", key).json()
    assert fields == [{"company": t["company"], "rank": t["rank"]} for t in reversed(whole)]
    page = served.get(f"{TARGETS}&limit=2", key)
    following = page.links["next"]["url"]
    assert served.get(following, key).json()["targets"] == whole[2:]
    for _ in range(2):
        assert served.get(TARGETS, key, Accept="text/csv").text.count("\r\n") == 4
    assert len([one for one in served.audited() if one[0] == "export"]) == 2


CHOICES = (
    "&limit=2", "&sort=-score", "&limit=1&sort=company,-rank", "&fields=rank",
    "&fields=company,parts,citations&sort=-rank&limit=2", "&limit=1000",
)  # fmt: skip
REFUSED = (
    "&limit=0", "&limit=1001", "&limit=x", "&limit=", "&fields=nothing", "&sort=reasons",
    "&cursor=abc", "&sort=" + "rank," * 50 + "rank", "&limit=%00",
)  # fmt: skip


def test_what_is_cut_from_a_list_at_hand_is_what_the_route_answers(served, monkeypatch):
    key = served.key()
    by_route = {}
    with monkeypatch.context() as patched:
        patched.setattr(GivenAnswers, "cut", lambda self, scope: None)
        patched.setattr(GivenAnswers, "keep", lambda self, scope, given: None)
        for choice in (*CHOICES, *REFUSED, "&limit=1&limit=2"):
            by_route[choice] = served.get(TARGETS + choice, key)
    again = {choice: served.get(TARGETS + choice, key) for choice in by_route}
    for choice, answer in by_route.items():
        one, other = ({**a.headers, "x-request-id": ""} for a in (answer, again[choice]))
        assert one == other, choice
        assert answer.status_code == again[choice].status_code, choice
        assert answer.content == again[choice].content, choice
    said = served.client.get("/metrics", headers={"X-API-Key": served.key("admin")}).text
    assert f'chainmap_answers_total{{source="cut"}} {float(len(CHOICES))}' in said
    cut = again[CHOICES[0]]
    known = served.get(TARGETS + CHOICES[0], key, **{"If-None-Match": cut.headers["etag"]})
    assert known.status_code == 304 and known.headers["etag"] == cut.headers["etag"]
    following = served.get(cut.links["next"]["url"], key)
    assert [t["rank"] for t in following.json()["targets"]] == [3]


def test_nothing_is_cut_for_whom_it_is_not_or_from_a_list_that_is_over(served, monkeypatch):
    from chainmap.server import cities

    key, approved = served.key(), []
    monkeypatch.setattr(cities, "catalogue_state", lambda city: lambda: ",".join(approved))
    served.get(TARGETS, key)
    first = served.get(f"{TARGETS}&limit=1", key)
    assert kind(served.get(f"{TARGETS}&limit=2")) == "key-missing"
    other = served.key("admin", scopes=frozenset({Scope.METRICS}))
    assert kind(served.get(f"{TARGETS}&limit=2", other)) == "scope-missing"
    assert kind(served.get(f"{TARGETS}&limit=2", key, Accept="text/csv")) == "scope-missing"
    approved.append("2026-v1")
    assert served.get(f"{TARGETS}&limit=1", key).headers["etag"] != first.headers["etag"]


def test_an_approved_catalogue_makes_another_answer(served, monkeypatch):
    from chainmap.server import cities

    key = served.key()
    approved = []
    monkeypatch.setattr(cities, "catalogue_state", lambda city: lambda: ",".join(approved))
    first, again = served.get(TARGETS, key), served.get(TARGETS, key)
    approved.append("2026-v1")
    third = served.get(TARGETS, key, **{"If-None-Match": first.headers["etag"]})
    assert first.headers["etag"] == again.headers["etag"] != third.headers["etag"]
    assert third.status_code == 200


def test_what_is_said_twice_is_refused_though_each_alone_is_at_hand(served):
    key, asked = served.key(), "/v1/cities/330600/gaps?chain=集成电路"
    for top in (2, 3):
        assert len(served.get(f"{asked}&top={top}", key).json()["gaps"]) == top
    for first, last in ((2, 3), (3, 2), (2, 2)):
        for _ in range(2):
            assert served.get(f"{asked}&top={first}&top={last}", key).status_code == 422


@pytest.mark.parametrize(
    ("room", "make", "path", "body"),
    [
        ("cities", "written_targets_of", "targets",
         {"city": "绍兴", "chain": "集成电路", "top": 2}),
        ("allocations", "allocation_of", "allocations",
         {"cities": ["绍兴", "宁波"], "chain": "集成电路", "top": 2}),
    ],
)  # fmt: skip
def test_a_question_in_a_body_is_answered_anew_once_a_catalogue_is_approved(
    served, monkeypatch, room, make, path, body
):
    module = importlib.import_module(f"chainmap.server.{room}")
    approved, asked, real = [], [], getattr(module, make)
    monkeypatch.setattr(module, "catalogue_state", lambda city: lambda: ",".join(approved))
    monkeypatch.setattr(module, make, lambda *given: asked.append(1) or real(*given))
    headers = {"X-API-Key": served.key("analyst")}
    for version, expected in (("", 1), ("", 1), ("2026-v1", 2), ("2026-v1", 2)):
        approved[:] = [version]
        assert served.client.post(f"/v1/{path}", json=body, headers=headers).status_code == 200
        assert len(asked) == expected


def test_only_so_many_answers_are_at_hand():
    answers = GivenAnswers()
    scope = {"path": "/v1/x", "headers": []}
    given = Given(lambda: b"x", [], [], '"t"', ("", lambda: ""), None)
    for at in range(MOST + 5):
        answers.keep({**scope, "query_string": f"n={at}".encode()}, given)
    assert answers.find({**scope, "query_string": b"n=4"}) is None
    assert answers.find({**scope, "query_string": b"n=5"}) == (given, b"x")
    answers.keep({**scope, "query_string": b"x" * 600}, given)
    assert answers.find({**scope, "query_string": b"x" * 600}) is None
    gone = given._replace(body=lambda: None)
    answers.keep({**scope, "query_string": b"gone"}, gone)
    assert answers.find({**scope, "query_string": b"gone"}) is None


def test_many_who_ask_at_once_wait_for_one():
    recent, made, begun = Recent(2), [], threading.Barrier(5)

    def make():
        made.append(1)
        return object()

    found = []

    def ask():
        begun.wait()
        found.append(recent.get("a", make))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and len(set(map(id, found))) == 1
    with pytest.raises(ZeroDivisionError):
        recent.get("b", lambda: 1 / 0)
    assert recent.get("b", lambda: 2) == 2 and recent.get("c", lambda: 3) == 3
    assert recent.get("a", make) is not found[0]


def test_things_with_sizes_are_kept_while_they_fit_together():
    recent = Recent(10, len)
    for name, size in (("a", 4), ("b", 4), ("c", 2)):
        recent.get(name, lambda size=size: "x" * size)
    assert recent.made("a") == "xxxx"  # asked for again: b is the oldest now
    recent.get("d", lambda: "xxx")
    assert [recent.made(name) is None for name in "abcd"] == [False, True, False, False]
    recent.get("large", lambda: "x" * 99)
    assert [name for name in (*"abcd", "large") if recent.made(name)] == ["large"]
    recent.get("a", lambda: "x")
    assert recent.made("large") is None and recent.made("a") == "x"


def test_windows_are_counted_apart_and_swept(served, monkeypatch):
    import asyncio

    from chainmap.server import rates

    now = [1000.0]
    monkeypatch.setattr(rates.time, "time", lambda: now[0])
    counted = Rates(served.service)

    async def ask():
        for who in ("a", "b"):
            for _ in range(2):
                await counted.spend("2/minute", who)
        with pytest.raises(Refusal) as refused:
            await counted.spend("2/minute", "a")
        assert 1 <= int(refused.value.headers["Retry-After"]) <= 61
        await counted.spend("3/minute", "a")
        now[0] += 61
        await counted.spend("2/minute", "a")
        for at in range(MOST_COUNTED):
            await counted.spend("2/minute", f"n{at}")
        now[0] += 61
        await counted.spend("2/minute", "last")
        assert len(counted._memory._counts) == 1

    asyncio.run(ask())
