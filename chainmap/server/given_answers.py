"""Answers given before, by the words of their question, and what others are made from.

Other pages, orders and fields of a list that is at hand are cut from it, lists of other lengths and
limits put together. Whoever gives them again (`server.shortcut`) asks who may read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from starlette.types import Scope

from chainmap.server.select import PAGING

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


LENGTHS = ("top", "per_segment")
"""Parameters that only say how much of a ranking a list holds, where a route hands it over so."""


class _Shelf:
    """What answers are made from, by the words of a question less some names of parameters."""

    def __init__(self, but: Sequence[str]) -> None:
        self._but = frozenset(but)
        self._given: OrderedDict[_ListQuestion, GivenList] = OrderedDict()

    def keep(self, scope: Scope, given: GivenList) -> None:
        asked = _asked(scope)
        if asked is None:
            return
        self._given[self._question(scope, asked)] = given
        while len(self._given) > MOST:
            self._given.popitem(last=False)

    def made(self, scope: Scope, asked: Asked) -> tuple[Cut, Any] | None:
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

    def _question(self, scope: Scope, asked: Asked) -> _ListQuestion:
        which = tuple(said for said in asked if said[0] not in self._but)
        return scope["path"], which, accepted_by(scope)


class GivenAnswers:
    """Answers by the words of their question, and what others are made from by some of the words.

    Lists by all but what chooses from them; questions by all but that and the length of the list.
    """

    def __init__(self) -> None:
        self._given: OrderedDict[_Question, Given] = OrderedDict()
        self._lists = _Shelf(PAGING)
        self._questions = _Shelf((*LENGTHS, *PAGING))

    def keep_list(self, scope: Scope, given: GivenList) -> None:
        """Keep a list for whoever asks for another page, order or fields of it."""
        self._lists.keep(scope, given)

    def keep_question(self, scope: Scope, given: GivenList) -> None:
        """Keep a question for whoever asks it for another length or limit."""
        self._questions.keep(scope, given)

    def cut(self, scope: Scope) -> tuple[Cut, Any, str] | None:
        """Return an answer made of what is at hand, the route that made that, and the way."""
        asked = _asked(scope)
        if asked is None:
            return None
        made = self._lists.made(scope, asked)
        if made is not None:
            return *made, "cut"
        made = self._questions.made(scope, asked)
        return None if made is None else (*made, "listed")

    def keep(self, scope: Scope, given: Given) -> None:
        """Keep an answer for whoever asks the same in the same words."""
        question = _question(scope)
        if question is None:
            return
        self._given[question] = given
        while len(self._given) > MOST:
            self._given.popitem(last=False)

    def find(self, scope: Scope) -> tuple[Given, bytes] | None:
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


def _question(scope: Scope) -> _Question | None:
    query: bytes = scope["query_string"]
    if len(query) + len(scope["path"]) > _LONGEST:
        return None
    return scope["path"], query, accepted_by(scope)


def _asked(scope: Scope) -> Asked | None:
    """Return a query taken apart as the route would; None where it may be none of ours."""
    query: bytes = scope["query_string"]
    if len(query) + len(scope["path"]) > _LONGEST_CUT or not query.isascii() or b"%00" in query:
        return None
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True)


def accepted_by(scope: Scope) -> bytes:
    """Return what `Accept` says, the first of them, as routes read it."""
    for name, value in scope["headers"]:
        if name == b"accept":
            return bytes(value)
    return b""
