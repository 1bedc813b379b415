"""Answers out of the ledger: a list as it was saved, and pages of what there is, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from fastapi import Request
from starlette.responses import Response

from chainmap.ledger.lists import SavedList
from chainmap.server.answer_heads import Ground, headers_of, headers_unchanged
from chainmap.server.formats import json_only
from chainmap.server.shortcut import known_tags

Item = TypeVar("Item")


def as_saved(request: Request, saved: SavedList) -> Response:
    """Return a list byte for byte as it was saved; 304 to whoever has it already.

    Raises:
        Refusal: It is asked for in another form than JSON.
    """
    json_only(request)
    tag = f'"{saved.sha256[:32]}"'
    ground = _ground(saved)
    if tag in known_tags(request.headers):
        return Response(status_code=304, headers=headers_unchanged(tag, ground))
    headers = headers_of(tag, None, ground)
    return Response(saved.content, media_type="application/json", headers=headers)


def rest_on(answer: Response, saved: SavedList) -> Response:
    """Return an answer made of a saved list, saying that it rests on what the list rests on."""
    ground, tag = _ground(saved), answer.headers["ETag"]
    if answer.status_code == 304:
        answer.headers.update(headers_unchanged(tag, ground))
        return answer
    _, _, following = answer.headers["Link"].partition(", ")
    answer.headers.update(headers_of(tag, following or None, ground))
    return answer


def _ground(saved: SavedList) -> Ground:
    """Return what a list rested on when it was saved; described by itself, if with its inputs."""
    basis = json.loads(saved.content)["basis"]
    described = saved.snapshot_id if saved.content_id is None else saved.id
    return Ground(saved.snapshot_id, described, basis["may_act"], basis["coverage"])


def first_of(found: Iterable[Item], limit: int) -> tuple[list[Item], bool]:
    """Return the first `limit` of what was found, and whether one more is there."""
    several = list(islice(found, limit + 1))
    return several[:limit], len(several) > limit
