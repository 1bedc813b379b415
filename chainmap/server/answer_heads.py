"""What stands around an answer: its name, its `ETag`, its links and headers."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from chainmap.server.formats import Media
from chainmap.server.given_answers import Asked
from chainmap.server.select import by_name
from chainmap.server.snapshot import current_snapshot


class Ground(NamedTuple):
    """What an answer rests on.

    Attributes:
        id: Of the snapshot of code, taxonomy, data and models.
        described: Name under which `/v1/snapshots` describes it.
        may_act: Whether it may be acted on without a further check.
        coverage: What the data can and cannot see.
    """

    id: str
    described: str
    may_act: bool
    coverage: str


def answer_name(path: str, asked: Asked, media: Media, said: str) -> str:
    """Return what tells an answer from all others of the same snapshot.

    Args:
        path: As asked for.
        asked: Names and values of the query, in order.
        media: The form.
        said: What it rests on besides the snapshot.
    """
    return f"{path}?{urlencode(by_name(asked))}\n{media}\n{said}"


def tag_of(name: str) -> str:
    """Return the `ETag` of the answer of a name."""
    digest = hashlib.sha256("\n".join((current_snapshot().id, name)).encode()).hexdigest()
    return f'"{digest[:32]}"'


def next_link(path: str, asked: Asked, cursor: str | None) -> str | None:
    """Return the link to the next page; None where there is none."""
    if cursor is None:
        return None
    others = [(k, v) for k, v in asked if k != "cursor"]
    return f'<{quote(path)}?{urlencode([*others, ("cursor", cursor)])}>; rel="next"'


def related_link(path: str, **query: object) -> str:
    """Return the link to an answer that belongs to this one, such as one that holds its citations.

    Args:
        path: Of the other answer.
        query: Its parameters; what is None or False is left out.
    """
    given = {k: v for k, v in query.items() if v is not None and v is not False}
    asked = urlencode({k: "true" if v is True else v for k, v in given.items()})
    return f'<{quote(path)}{"?" if asked else ""}{asked}>; rel="related"'


def saved_as(name: str) -> str:
    """Return the `Content-Disposition` of a file that is saved under a name."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def headers_of(tag: str | None, link: str | None, ground: Ground | None = None) -> dict[str, str]:
    """Return what every answer says of itself; with its `ETag` and links, where it has them.

    `link` leads to its next page, or to answers that belong to it. `ground` is what it rests on,
    where that is not what is in use now.
    """
    ground = ground or _in_use()
    described = f'</v1/snapshots/{ground.described}>; rel="describedby"'
    headers = {
        "Chainmap-Snapshot": ground.id,
        "Chainmap-May-Act": str(ground.may_act).lower(),
        "Chainmap-Coverage": _encoded(ground.coverage),
        "Link": described if link is None else f"{described}, {link}",
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Authorization, X-API-Key, Cookie",
    }
    return headers if tag is None else headers | {"ETag": tag}


def headers_unchanged(tag: str, ground: Ground | None = None) -> dict[str, str]:
    """Return what an answer says to whoever has it already: all but its links.

    What a 304 says takes the place of what a cache has kept (RFC 9111, 4.3.4): a `Link` without the
    next page would end a list there.
    """
    said = headers_of(tag, None, ground)
    del said["Link"]
    return said


def _in_use() -> Ground:
    snapshot = current_snapshot()
    return Ground(snapshot.id, snapshot.id, snapshot.may_act, snapshot.coverage)


@lru_cache(maxsize=8)
def _encoded(text: str) -> str:
    return quote(text, safe="")
