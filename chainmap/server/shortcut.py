"""Answers given before, given again without asking the route: most questions of an office repeat.

Only what a route hands over is given again (`server.given_answers`, `server.given_weights`), and
only to those who may read; whoever asks has passed `Door`, and is counted, logged and audited as
always.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Mapping
from typing import Any, NamedTuple

from prometheus_client import Counter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.server.given_answers import GivenAnswers, RawHeader, accepted_by
from chainmap.server.service import ANONYMOUS, Principal

COMPUTING = frozenset({Scope.READ, Scope.COMPUTE})

_LONGEST_BODY = 2000
"""Bytes of a question in a body."""

_BODY_S = 1.0
"""Seconds such a body is waited for; it comes with its headers as a rule."""


class Made(NamedTuple):
    """An answer to a question in a body, made without the route; attributes as those of `Given`."""

    body: bytes
    headers: list[RawHeader]
    route: Any


Answer = Callable[[bytes, bytes], Made | None]
"""A body and what `Accept` says → the answer to it; None where only the route can say."""


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
            made = self.posed[scope["path"]](message.get("body", b""), accepted_by(scope))
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


class _EveryTag(frozenset[str]):
    """What `If-None-Match: *` says: whatever there is, the asker has it (RFC 9110, 13.1.2)."""

    def __contains__(self, tag: object) -> bool:
        return True


def known_tags(headers: Headers) -> Container[str]:
    """Return the `ETag`s of the answers that the asker has already; `*` is the tag of any."""
    given = headers.get("if-none-match")
    if given is None:
        return ()
    if given.strip() == "*":
        return _EveryTag()
    return {part.strip().removeprefix("W/") for part in given.split(",")}


def raw_headers(headers: dict[str, str]) -> list[RawHeader]:
    """Return headers as they go over the wire."""
    return Response(status_code=304, headers=headers).raw_headers
