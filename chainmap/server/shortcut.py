"""Answers given before, given again without asking the route: most questions of an office repeat.

Other pages, orders and fields of a list that is at hand are cut from it here as well. Only what a
route hands over is given again, and only to those who may read; whoever asks has
passed `Door`, and is counted, logged and audited as always.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from prometheus_client import Counter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.server.select import PAGING
from chainmap.server.service import ANONYMOUS

MOST = 1024
"""Answers that are kept at hand; the least used go first."""

_LONGEST = 500
"""Bytes of path and query together: whoever asks in longer words is answered by the route."""

_LONGEST_CUT = 1500
"""The same where a page is cut; names of fields are long."""

_Question = tuple[str, bytes, bytes]
_ListQuestion = tuple[str, tuple[tuple[str, str], ...], bytes]
Asked = list[tuple[str, str]]
"""Names and values of a query, in order."""
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


class GivenList(NamedTuple):
    """A list that answers can be cut from.

    Attributes:
        cut: Returns an answer to a query, less what it rests on and its route; None where only the
            route can say.
        rests_on: As `Given.rests_on`.
        route: As `Given.route`.
    """

    cut: Callable[[Asked], Cut | None]
    rests_on: tuple[str, Callable[[], str]]
    route: Any


class Cut(NamedTuple):
    """An answer cut from a list; attributes as those of `Given`."""

    body: bytes
    headers: list[_Header]
    tag: str


class GivenAnswers:
    """Answers by the words of their question, and lists by those that do not only choose."""

    def __init__(self) -> None:
        self._given: OrderedDict[_Question, Given] = OrderedDict()
        self._lists: OrderedDict[_ListQuestion, GivenList] = OrderedDict()

    def keep_list(self, scope: AsgiScope, given: GivenList) -> None:
        """Keep a list for whoever asks for another page, order or fields of it."""
        asked = _asked(scope)
        if asked is None:
            return
        self._lists[_list_question(scope, asked)] = given
        while len(self._lists) > MOST:
            self._lists.popitem(last=False)

    def cut(self, scope: AsgiScope) -> tuple[Cut, Any] | None:
        """Return an answer cut from a list that still holds, and the route that made the list."""
        asked = _asked(scope)
        if asked is None:
            return None
        question = _list_question(scope, asked)
        given = self._lists.get(question)
        if given is None:
            return None
        before, now = given.rests_on
        if before != now():
            self._lists.pop(question, None)
            return None
        self._lists.move_to_end(question)
        found = given.cut(asked)
        return None if found is None else (found, given.route)

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
        self._cut = counted.labels("cut")

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve."""
        if scope["type"] == "http" and scope["method"] == "GET":
            who = scope.get("state", {}).get("principal", ANONYMOUS)
            if Scope.READ in who.scopes and await self._served(scope, send):
                return
        await self.app(scope, receive, send)

    async def _served(self, scope: AsgiScope, send: Send) -> bool:
        """Send an answer that is at hand; returns whether there is one."""
        found = self.answers.find(scope)
        if found is not None:
            given, body = found
            self._again.inc()
            scope["route"] = given.route
            if given.tag in known_tags(Headers(scope=scope)):
                await _send(send, 304, given.not_changed, b"")
            else:
                await _send(send, 200, given.headers, body)
            return True
        made = self.answers.cut(scope)
        if made is None or made[0].tag in known_tags(Headers(scope=scope)):
            return False
        cut, route = made
        self._cut.inc()
        scope["route"] = route
        await _send(send, 200, cut.headers, cut.body)
        return True


async def _send(send: Send, status: int, headers: list[_Header], body: bytes) -> None:
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
    return scope["path"], query, _accepted(scope)


def _asked(scope: AsgiScope) -> Asked | None:
    """Return a query taken apart as the route would; None where it may be none of ours."""
    query: bytes = scope["query_string"]
    if len(query) + len(scope["path"]) > _LONGEST_CUT or not query.isascii() or b"%00" in query:
        return None
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True)


def _list_question(scope: AsgiScope, asked: Asked) -> _ListQuestion:
    which = tuple((name, value) for name, value in asked if name not in PAGING)
    return scope["path"], which, _accepted(scope)


def _accepted(scope: AsgiScope) -> bytes:
    """Return what `Accept` says, the first of them, as routes read it."""
    for name, value in scope["headers"]:
        if name == b"accept":
            return bytes(value)
    return b""
