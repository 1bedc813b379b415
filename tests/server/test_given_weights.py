"""Lists under weights nobody asked for, made without the route, against the route's."""

import asyncio
import json
import random

import pytest

from chainmap.concepts.access import Scope
from chainmap.ranking.families import FAMILIES
from chainmap.server import cities, given_weights, weighing
from chainmap.server.given_answers import GivenAnswers
from chainmap.server.recent import Recent
from chainmap.server.service import LOOPBACK
from chainmap.server.shortcut import Made, Shortcut
from chainmap.server.weighed_lists import SHORT_LIST
from tests.server.serving import kind
from tests.server.test_given_questions import counted, seen

CITY = {"city": "330600", "chain": "集成电路"}
QUESTIONS = (
    CITY,
    {"city": "绍兴市", "segment": "紫外光刻胶"},
    {"city": "340100", "chain": "集成电路", "as_of": "2024-06-01", "include_expired": True},
    {"city": "Ningbo"},
)
NOT_PLAIN = (
    b"", b"{", b"[]", b"null", b"1", b"[" * 1900, b'{"city": "330600"}x', b"\xff\xfe",
    b'{"city": "330600", "chain": NaN}', b'{"city": "330600", "chains": "x"}',
    b'{"city": "330600", "chain": "\\ud83d"}',
    '{"city": "340100", "city": "330600", "chain": "集成电路", "weights": {"need": 2}}'.encode(),
    '{"city": "330600", "chain": "集成电路", "weights": {"need": 2, "need": 1.5}}'.encode(),
    *(json.dumps(CITY | more).encode() for more in (
        {"weights": {"need": 3.1}}, {"weights": {"need": "x"}}, {"weights": {"nothing": 1}},
        {"weights": dict.fromkeys(FAMILIES, 0)}, {"weights": None}, {"top": 0}, {"top": 501},
        {"top": 7.5}, {"per_segment": -1}, {"segment": "nothing"}, {"city": "nowhere"},
        {"mode": "chain", "top": 5}, {"mode": None, "top": 5}, {"home": "上海", "top": 5},
    )),
)  # fmt: skip
"""What the route reads in its own way or refuses; among it what is right, said otherwise."""


def posed(served, key, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"X-API-Key": key, "Content-Type": "application/json"} | headers
    return served.client.post("/v1/targets", content=content, headers=given)


def by_route(served, monkeypatch, key, bodies, **headers):
    """The answers of the route itself."""
    with monkeypatch.context() as patched:
        patched.setattr(Shortcut, "_may_pose", lambda self, scope, who: False)
        return [posed(served, key, body, **headers) for body in bodies]


def any_weights(dice):
    named = dice.sample(FAMILIES, dice.randint(1, len(FAMILIES)))
    return {family: dice.choice([0.4, round(dice.uniform(0, 3), 3)]) for family in named}


@pytest.mark.parametrize("question", QUESTIONS)
def test_other_weights_are_what_the_route_answers(served, monkeypatch, question):
    dice, key = random.Random(repr(question)), served.key("analyst")
    bodies = [question | {"top": dice.randint(1, 50), "weights": any_weights(dice)}
              for _ in range(6)]  # fmt: skip
    bodies += [question | {"per_segment": dice.choice([0, 1, 9, 500])} for _ in range(3)]
    bodies += [question | {"weights": {}}, question | {"weights": {"need": 1.5}, "top": 4.0}]
    expected = by_route(served, monkeypatch, key, bodies)
    assert counted(served, "weighed") == 0
    for body, one in zip(bodies, expected, strict=True):
        assert one.status_code == 200 and seen(posed(served, key, body)) == seen(one), body
    assert counted(served, "weighed") >= 7  # usual weights and new companies are the route's
    said = served.client.get("/metrics", headers={"X-API-Key": served.key("admin")}).text
    assert f'method="POST",route="/v1/targets",status="200"}} {2 * len(bodies)}.0' in said


def test_what_is_not_plain_is_left_to_the_route(served, monkeypatch):
    key = served.key("analyst")
    posed(served, key, CITY | {"weights": {"need": 2}})
    expected = by_route(served, monkeypatch, key, NOT_PLAIN)
    for body, one in zip(NOT_PLAIN, expected, strict=True):
        again = posed(served, key, body)
        assert again.status_code == one.status_code
        told, other = (dict(answer.json()) for answer in (again, one))
        told.pop("instance", None), other.pop("instance", None)
        assert told == other, body
    again = CITY | {"weights": {"need": 2}}
    for headers in ({"Content-Type": "application/json; charset=utf-8"}, {"Accept": "*/*;q=1"}):
        assert posed(served, key, again, **headers).status_code == 200
    refused = posed(served, key, again, **{"Content-Type": "text/plain"})
    assert refused.status_code == 415
    long = posed(served, key, json.dumps(again).encode() + b" " * 2000)
    assert long.status_code == 200
    assert counted(served, "weighed") == 0
    assert posed(served, key, again).status_code == 200 and counted(served, "weighed") == 1


def test_nothing_is_made_for_whom_it_is_not(served):
    key, body = served.key("analyst"), CITY | {"weights": {"need": 2}}
    assert posed(served, key, body).status_code == 200
    assert kind(posed(served, served.key("viewer"), body)) == "scope-missing"
    only = served.key("admin", scopes=frozenset({Scope.COMPUTE}))
    assert kind(posed(served, only, body)) == "scope-missing"
    assert kind(posed(served, "cm_aaaaaaaaaaaa_" + "x" * 43, body)) == "key-wrong"
    assert kind(posed(served, key, body, Accept="text/csv")) == "not-acceptable"
    assert kind(posed(served, key, body, Origin="https://evil.example")) == "origin-not-allowed"
    assert counted(served, "weighed") == 0
    assert posed(served, key, body).status_code == 200 and counted(served, "weighed") == 1


def test_an_approved_catalogue_or_other_data_end_it(served, monkeypatch):
    approved, key, body = [], served.key("analyst"), CITY | {"weights": {"need": 2}}
    for room in (cities, weighing):
        monkeypatch.setattr(room, "catalogue_state", lambda city: lambda: ",".join(approved))
    for n in (0, 1):
        assert posed(served, key, body).status_code == 200 and counted(served, "weighed") == n
    approved.append("2026-v1")
    for n in (1, 2):
        assert posed(served, key, body).status_code == 200 and counted(served, "weighed") == n
    new = given_weights.current_snapshot().model_copy(update={"id": "other"})
    monkeypatch.setattr(given_weights, "current_snapshot", lambda: new)
    assert posed(served, key, body).status_code == 200 and counted(served, "weighed") == 2


def test_a_list_that_takes_long_is_left_to_the_route(served, monkeypatch):
    monkeypatch.setattr(weighing, "_recent", Recent(1))  # nothing is known of anybody
    key = served.key("analyst")
    posed(served, key, CITY | {"weights": {"need": 2}})
    far = CITY | {"weights": {"need": 2}, "top": SHORT_LIST + 1}
    new = CITY | {"weights": {"terms": 3, "need": 0}, "top": 50, "per_segment": 0}
    for body in (far, far, new):
        assert posed(served, key, body).status_code == 200
    assert counted(served, "weighed") == 0


class Counted:
    def labels(self, source):
        return self

    def inc(self):
        pass


def passed_on(messages, wait_s=0.0):
    """What the routes read of a body that comes in these messages, and what was sent instead."""
    seen_bodies, sent, coming = [], [], list(messages)

    async def routes(scope, receive, send):
        while True:
            message = await receive()
            seen_bodies.append(message)
            if not message.get("more_body"):
                return

    async def receive():
        await asyncio.sleep(wait_s)
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    def answer(body, accepted):
        return Made(b"{}", [], None) if body == b"whole" else None

    scope = {"type": "http", "method": "POST", "path": "/v1/targets", "query_string": b"",
             "headers": [(b"content-type", b"application/json"), (b"content-length", b"5")],
             "state": {"principal": LOOPBACK}}  # fmt: skip
    layer = Shortcut(routes, GivenAnswers(), {"/v1/targets": answer}, Counted())
    asyncio.run(layer(scope, receive, send))
    return seen_bodies, sent


def test_a_body_that_is_not_answered_reaches_the_route_whole(monkeypatch):
    def part(body, more=False):
        return {"type": "http.request", "body": body, "more_body": more}

    assert passed_on([part(b"whole")])[0] == []
    assert [message["type"] for message in passed_on([part(b"whole")])[1]] == [
        "http.response.start", "http.response.body",
    ]  # fmt: skip
    for messages in ([part(b"other")], [part(b"who", True), part(b"le")],
                     [{"type": "http.disconnect"}]):  # fmt: skip
        assert passed_on(messages) == (messages, [])
    monkeypatch.setattr("chainmap.server.shortcut._BODY_S", 0.001)
    assert passed_on([part(b"whole")], wait_s=0.05) == ([part(b"whole")], [])
