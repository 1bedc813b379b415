"""Lists of a length and limit nobody asked for, put together where only those are new.

A route hands over a question; what is not said in the plainest way goes to the route.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi import Request
from starlette.responses import Response

from chainmap.server.answer_cache import AnswerCache
from chainmap.server.answer_heads import answer_name, headers_of, next_link, tag_of
from chainmap.server.formats import Media, negotiate
from chainmap.server.given_answers import LENGTHS, Asked, Cut, GivenList
from chainmap.server.select import PAGING, Choice, choice_said
from chainmap.server.snapshot import current_snapshot
from chainmap.server.target_slips import Written

MOST = 500
"""Targets of a list, and its limit per segment, at most."""
USUAL = {"top": 20, "per_segment": 3}
"""Where nothing is said."""

_PLAIN = re.compile("0|[1-9][0-9]{0,2}")

Write = Callable[[int, int, int | None], Written | None]
"""Length of a list, its limit per segment and how many are shown, None being all → the list; None
where it cannot be put together at once."""


def keep_question(
    request: Request, answer: Response, write: Write, state: tuple[str, Callable[[], str]]
) -> None:
    """Let lists of other lengths and limits be put together for whoever may read.

    Args:
        request: What was asked.
        answer: What the route answered: only a question that has been answered is a right one.
        write: Puts a list together.
        state: What the lists rest on besides the snapshot, then and now.
    """
    path, snapshot = request.url.path, current_snapshot().id
    if answer.status_code != 200 or path != request.scope["path"]:
        return
    if negotiate(request.headers.get("accept", ""), list(Media)) is not Media.JSON:
        return
    said, now = state

    def put_together(asked: Asked) -> Cut | None:
        return _answer(path, asked, write, said)

    rests_on = (f"{snapshot}{said}", lambda: f"{current_snapshot().id}{now()}")
    answers: AnswerCache = request.app.state.answers
    given = GivenList(put_together, rests_on, request.scope.get("route"))
    answers.given.keep_question(request.scope, given)


def _answer(path: str, asked: Asked, write: Write, said: str) -> Cut | None:
    lengths = lengths_said(asked)
    if lengths is None:
        return None
    chosen = Choice("")
    if any(name in PAGING for name, _ in asked):
        found = choice_said(path, asked)
        if found is None or (found.cursor, found.sort, found.fields) != (None, None, None):
            return None
        chosen = found
    written = write(*lengths, chosen.limit)
    if written is None:
        return None
    cursor = None if written.last is None else chosen.cursor_behind(written.last)
    tag = tag_of(answer_name(path, asked, Media.JSON, said))
    headers = headers_of(tag, next_link(path, asked, cursor))
    response = Response(written.body, media_type=Media.JSON, headers=headers)
    return Cut(written.body, response.raw_headers, tag)


def lengths_said(asked: Asked) -> tuple[int, int] | None:
    """Return length and limit per segment as a query says them; None where it is not plain."""
    given = [(name, value) for name, value in asked if name in LENGTHS]
    said = dict(given)
    if len(said) < len(given) or not all(_PLAIN.fullmatch(value) for value in said.values()):
        return None
    numbers = USUAL | {name: int(value) for name, value in said.items()}
    top, per_segment = (numbers[name] for name in LENGTHS)
    return (top, per_segment) if 0 < top <= MOST and per_segment <= MOST else None
