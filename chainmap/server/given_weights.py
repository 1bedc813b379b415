"""Lists under weights nobody asked for, made where requests come in as soon as only those are new.

A route hands over a question it has answered; what takes long goes to the route.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import Request
from starlette.responses import Response

from chainmap.concepts.service_records import TargetQuestion
from chainmap.errors import InputError
from chainmap.ranking.target_options import TargetOptions
from chainmap.server.answer_heads import headers_of
from chainmap.server.formats import Media
from chainmap.server.given_answers import MOST, RawHeader
from chainmap.server.parameters import each_once
from chainmap.server.questions import options_of
from chainmap.server.shortcut import Made
from chainmap.server.snapshot import current_snapshot

Write = Callable[[TargetOptions], bytes | None]
"""Weights, length and limit per segment → the list as JSON; None where that would take long."""

_WORDS = sorted(TargetQuestion.model_fields.keys() - {"weights", "top", "per_segment"})


class _Given(NamedTuple):
    """A question that has been answered.

    Attributes:
        write: Makes a list of it.
        rests_on: What its lists rest on, then and now.
        headers: Of every answer, but for its length.
        route: The route that answered it.
    """

    write: Write
    rests_on: tuple[str, Callable[[], str]]
    headers: list[RawHeader]
    route: Any


class GivenWeights:
    """Questions for targets that have been answered, by all of their words but the weights."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, _Given] = OrderedDict()

    def keep(
        self, request: Request, question: TargetQuestion, write: Write, state: Callable[[], str]
    ) -> None:
        """Let lists of a question be made under other weights for whoever may compute.

        Args:
            request: What was asked, and could be answered.
            question: As it was asked.
            write: Makes a list.
            state: What the lists rest on besides the snapshot.
        """

        def now() -> str:
            return f"{current_snapshot().id}{state()}"

        answer = Response(media_type=Media.JSON, headers=headers_of(None, None))
        headers = [header for header in answer.raw_headers if header[0] != b"content-length"]
        accepted = request.headers.get("accept", "").encode("latin-1")
        given = _Given(write, (now(), now), headers, request.scope.get("route"))
        self._given[_words(question, accepted)] = given
        while len(self._given) > MOST:
            self._given.popitem(last=False)

    def answer(self, body: bytes, accepted: bytes) -> Made | None:
        """Return the answer to a body; None where only the route can say.

        Args:
            body: As it came.
            accepted: What `Accept` says.
        """
        try:
            question = TargetQuestion.model_validate(each_once(body))  # as the route reads it
            options = options_of(question)
        except (ValueError, RecursionError, InputError):
            return None
        words = _words(question, accepted)
        given = self._given.get(words)
        if given is None:
            return None
        before, now = given.rests_on
        if before != now():
            self._given.pop(words, None)
            return None
        self._given.move_to_end(words)
        made = given.write(options)
        if made is None:
            return None
        length = (b"content-length", b"%d" % len(made))
        return Made(made, [length, *given.headers], given.route)


def _words(question: TargetQuestion, accepted: bytes) -> str:
    return repr((accepted, [getattr(question, name) for name in _WORDS]))
