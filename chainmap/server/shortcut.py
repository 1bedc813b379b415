"""Answers given before, given again without asking the route: most questions of an office repeat.

Other pages, orders and fields of a list that is at hand are cut from it here as well, and lists of
other lengths and limits put together. Only what a route hands over is given again, and only to
those who may read; whoever asks has passed `Door`, and is counted, logged and audited as always.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from prometheus_client import Counter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.server.select import PAGING
from chainmap.server.service import ANONYMOUS, Principal

MOST = 1024
"""Answers that are kept at hand; the least used go first."""

_LONGEST = 500
"""Bytes of path and query together: whoever asks in longer words is answered by the route."""

_LONGEST_CUT = 1500
"""The same where a page is cut; names of fields are long."""

COMPUTING = frozenset({Scope.READ, Scope.COMPUTE})

_LONGEST_BODY = 2000
"""Bytes of a question in a body."""

_BODY_S = 1.0
"""Seconds such a body is waited for; it comes with its headers as a rule."""

_Question = tuple[str, bytes, bytes]
_ListQuestion = tuple[str, tuple[tuple[str, str], ...], bytes]
Asked = list[tuple[str, str]]
"""Names and values of a query, in order."""
RawHeader = tuple[bytes, bytes]


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
    headers: list[RawHeader]
    not_changed: list[RawHeader]
    tag: str
    rests_on: tuple[str, Callable[[], str]]
    route: Any


class GivenList(NamedTuple):
    """A list that answers can be cut from, or a question whose lists can be put together.

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
    """An answer made without the route; attributes as those of `Given`."""

    body: bytes
    headers: list[RawHeader]
    tag: str


class Made(NamedTuple):
    """An answer to a question in a body, made without the route; attributes as those of `Given`."""

    body: bytes
    headers: list[RawHeader]
    route: Any


Answer = Callable[[bytes, bytes], Made | None]
"""A body and what `Accept` says → the answer to it; None where only the route can say."""

LENGTHS = ("top", "per_segment")
"""Parameters that only say how much of a ranking a list holds, where a route hands it over so."""


class _Shelf:
    """What answers are made from, by the words of a question less some names of parameters."""

    def __init__(self, but: Sequence[str]) -> None:
        self._but = frozenset(but)
        self._given: OrderedDict[_ListQuestion, GivenList] = OrderedDict()

    def keep(self, scope: AsgiScope, given: GivenList) -> None:
        asked = _asked(scope)
        if asked is None:
            return
        self._given[self._question(scope, asked)] = given
        while len(self._given) > MOST:
            self._given.popitem(last=False)

    def made(self, scope: AsgiScope, asked: Asked) -> tuple[Cut, Any] | None:
        """Return an answer made from what still holds, and the route that handed it over."""
        question = self._question(scope, asked)
        given = self._given.get(question)
        if given is None:
            return None
        before, now = given.rests_on
        if before != now():
            self._given.pop(question, None)
            return None
        self._given.move_to_end(question)
        found = given.cut(asked)
        return None if found is None else (found, given.route)

    def _question(self, scope: AsgiScope, asked: Asked) -> _ListQuestion:
        which = tuple(said for said in asked if said[0] not in self._but)
        return scope["path"], which, _accepted(scope)


class GivenAnswers:
    """Answers by the words of their question, and what others are made from by some of the words.

    Lists by all but what chooses from them; questions by all but that and the length of the list.
    """

    def __init__(self) -> None:
        self._given: OrderedDict[_Question, Given] = OrderedDict()
        self._lists = _Shelf(PAGING)
        self._questions = _Shelf((*LENGTHS, *PAGING))

    def keep_list(self, scope: AsgiScope, given: GivenList) -> None:
        """Keep a list for whoever asks for another page, order or fields of it."""
        self._lists.keep(scope, given)

    def keep_question(self, scope: AsgiScope, given: GivenList) -> None:
        """Keep a question for whoever asks it for another length or limit."""
        self._questions.keep(scope, given)

    def cut(self, scope: AsgiScope) -> tuple[Cut, Any, str] | None:
        """Return an answer made of what is at hand, the route that made that, and the way."""
        asked = _asked(scope)
        if asked is None:
            return None
        made = self._lists.made(scope, asked)
        if made is not None:
            return *made, "cut"
        made = self._questions.made(scope, asked)
        return None if made is None else (*made, "listed")

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
    """Gives an answer again where it is at hand; everything else goes on to the routes.

    Args:
        app: The routes.
        answers: Answers at hand.
        posed: By path, what answers questions in bodies, for whoever may compute.
        counted: Answers by origin.
    """

    def __init__(
        self, app: ASGIApp, answers: GivenAnswers, posed: Mapping[str, Answer], counted: Counter
    ) -> None:
        self.app = app
        self.answers = answers
        self.posed = posed
        self._again = counted.labels("kept")
        self._made = {source: counted.labels(source) for source in ("cut", "listed", "weighed")}

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve."""
        if scope["type"] == "http":
            who = scope.get("state", {}).get("principal", ANONYMOUS)
            if scope["method"] == "GET":
                if Scope.READ in who.scopes and await self._served(scope, send):
                    return
            elif self._may_pose(scope, who):
                await self._pose(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _may_pose(self, scope: AsgiScope, who: Principal) -> bool:
        """Return whether a question in a body may be answered here: who asks, where and how."""
        there = scope["path"] in self.posed and scope["method"] == "POST"
        return there and who.scopes >= COMPUTING and _is_short_json(scope)

    async def _pose(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Answer a question in a body, or pass it on with its body."""
        try:
            async with asyncio.timeout(_BODY_S):
                message = await receive()
        except TimeoutError:  # nothing is lost: what comes later is read by the route
            await self.app(scope, receive, send)
            return
        if message["type"] == "http.request" and not message.get("more_body", False):
            made = self.posed[scope["path"]](message.get("body", b""), _accepted(scope))
            if made is not None:
                self._made["weighed"].inc()
                scope["route"] = made.route
                await _send(send, 200, made.headers, made.body)
                return
        read = [message]

        async def again() -> Message:
            return read.pop() if read else await receive()

        await self.app(scope, again, send)

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
        cut, route, source = made
        self._made[source].inc()
        scope["route"] = route
        await _send(send, 200, cut.headers, cut.body)
        return True


def _is_short_json(scope: AsgiScope) -> bool:
    """Return whether a request brings a body that is plainly JSON, and short."""
    said = dict(scope["headers"])
    length = said.get(b"content-length", b"")
    plain = said.get(b"content-type") == b"application/json" and not scope["query_string"]
    return plain and length.isdigit() and int(length) <= _LONGEST_BODY


async def _send(send: Send, status: int, headers: list[RawHeader], body: bytes) -> None:
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


def raw_headers(headers: dict[str, str]) -> list[RawHeader]:
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


def _accepted(scope: AsgiScope) -> bytes:
    """Return what `Accept` says, the first of them, as routes read it."""
    for name, value in scope["headers"]:
        if name == b"accept":
            return bytes(value)
    return b""
