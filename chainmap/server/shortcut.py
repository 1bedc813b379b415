"""Answers given before, given again without asking the route: most questions of an office repeat.

Only what a route hands over here is given again, and only to those who may read; whoever asks has
passed `Door`, and is counted, logged and audited as always.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from prometheus_client import Counter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.server.service import ANONYMOUS

MOST = 1024
"""Answers that are kept at hand; the least used go first."""

_LONGEST = 500
"""Bytes of path and query together: whoever asks in longer words is answered by the route."""

_Question = tuple[str, bytes, str]
_Header = tuple[bytes, bytes]


class Given(NamedTuple):
    """An answer as it was given.

    Attributes:
        body: What was sent; None once the cache of answers has let go of it.
        headers: Its headers as they came from the route.
        not_changed: Those of a 304.
        tag: Its `ETag`.
        rests_on: What it rests on besides the snapshot, then and now.
        route: The route that answered, for metrics and deprecation.
    """

    body: Callable[[], bytes | None]
    headers: list[_Header]
    not_changed: list[_Header]
    tag: str
    rests_on: tuple[str, Callable[[], str]]
    route: Any


class GivenAnswers:
    """Answers by the words of their question."""

    def __init__(self) -> None:
        self._given: OrderedDict[_Question, Given] = OrderedDict()

    def keep(self, scope: AsgiScope, given: Given) -> None:
        """Keep an answer for whoever asks the same in the same words."""
        question = _question(scope)
        if question is None:
            return
        self._given[question] = given
        while len(self._given) > MOST:
            self._given.popitem(last=False)

    def find(self, scope: AsgiScope) -> tuple[Given, bytes] | None:
        """Return an answer that still holds, and its body."""
        question = _question(scope)
        given = self._given.get(question) if question is not None else None
        if given is None or question is None:
            return None
        before, now = given.rests_on
        body = given.body() if before == now() else None
        if body is None:
            self._given.pop(question, None)
            return None
        self._given.move_to_end(question)
        return given, body


class Shortcut:
    """Gives an answer again where it is at hand; everything else goes on to the routes."""

    def __init__(self, app: ASGIApp, answers: GivenAnswers, counted: Counter) -> None:
        self.app = app
        self.answers = answers
        self._again = counted.labels("kept")

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve."""
        found = None
        if scope["type"] == "http" and scope["method"] == "GET":
            who = scope.get("state", {}).get("principal", ANONYMOUS)
            found = self.answers.find(scope) if Scope.READ in who.scopes else None
        if found is None:
            await self.app(scope, receive, send)
            return
        given, body = found
        scope["route"] = given.route
        self._again.inc()
        status, headers = 200, given.headers
        if given.tag in known_tags(Headers(scope=scope)):
            status, headers, body = 304, given.not_changed, b""
        # A copy: headers are added to on the way out.
        start: Message = {"type": "http.response.start", "status": status, "headers": [*headers]}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def known_tags(headers: Headers) -> set[str]:
    """Return the `ETag`s of the answers that the asker has already."""
    given = headers.get("if-none-match")
    if given is None:
        return set()
    return {part.strip().removeprefix("W/") for part in given.split(",")}


def raw_headers(headers: dict[str, str]) -> list[_Header]:
    """Return headers as they go over the wire."""
    return Response(status_code=304, headers=headers).raw_headers


def _question(scope: AsgiScope) -> _Question | None:
    query: bytes = scope["query_string"]
    if len(query) + len(scope["path"]) > _LONGEST:
        return None
    return scope["path"], query, Headers(scope=scope).get("accept", "")
