"""Answers out of the ledger: a list as it was saved, and pages of what there is, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from fastapi import Request
from starlette.responses import Response

from chainmap.ledger.lists import SavedList
from chainmap.server.shortcut import known_tags

Item = TypeVar("Item")


def as_saved(request: Request, saved: SavedList) -> Response:
    """Return a list byte for byte as it was saved; 304 to whoever has it already."""
    tag = f'"{saved.sha256[:32]}"'
    headers = {
        "ETag": tag,
        "Chainmap-Snapshot": saved.snapshot_id,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Authorization, X-API-Key, Cookie",
    }
    if tag in known_tags(request.headers):
        return Response(status_code=304, headers=headers)
    return Response(saved.content, media_type="application/json", headers=headers)


def first_of(found: Iterable[Item], limit: int) -> tuple[list[Item], bool]:
    """Return the first `limit` of what was found, and whether one more is there."""
    several = list(islice(found, limit + 1))
    return several[:limit], len(several) > limit
