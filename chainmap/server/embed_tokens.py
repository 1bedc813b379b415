"""Embed tokens: what a page that shows our tables may hold instead of its office's key.

A token is signed, not stored: it names a key, one web origin of that key and the moment it ends,
and may be held to one city and one chain. It opens three questions, reads only, and ends with its
key. Visitors of a public page can read it out of the page, so there must be little in it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.types import Scope as AsgiScope

from chainmap.errors import UnknownNameError
from chainmap.pipeline import load_world
from chainmap.server.sessions import signing_secret
from chainmap.settings import Settings
from chainmap.sources.places import find_city

PREFIX = "ce_"
LONGEST = dt.timedelta(hours=12)
"""A working day, like a page's login."""

_QUESTION = re.compile(
    r"/v1/cities/(?P<city>[^/]+)/(?:gaps|targets|chains/(?P<chain>[^/]+)/panorama)"
)
_FORM = (str, str, str | None, str | None, int)


@dataclass(frozen=True)
class EmbedToken:
    """What a token says.

    Attributes:
        key_id: The key it was made with; it ends with that key.
        origin: The web origin whose pages may send it; our own iframe page may too.
        city: Only this city code; None is any.
        chain: Only this chain id; None is any.
        expires: Seconds since 1970 from which it is void.
    """

    key_id: str
    origin: str
    city: str | None
    chain: str | None
    expires: int

    def text(self, settings: Settings) -> str:
        """Return the token as it is sent."""
        parts = [self.key_id, self.origin, self.city, self.chain, self.expires]
        return PREFIX + str(_signer(settings).dumps(parts))

    def opens(self, scope: AsgiScope) -> bool:
        """Return whether it opens what a request asks for."""
        found = _QUESTION.fullmatch(scope["path"])
        if found is None or scope["method"] not in ("GET", "HEAD"):
            return False
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        named = found["chain"] or asked.get("chain", [""])[-1]
        world = load_world()
        try:
            city = self.city and find_city(world.cities, found["city"]).code
            chain = self.chain and world.library.find_chain(named).id
        except UnknownNameError:
            return False
        return (city, chain) == (self.city, self.chain)


def read_token(text: str, settings: Settings) -> EmbedToken | None:
    """Return what a token says, whether or not it has ended; None for one that is not ours."""
    try:
        parts: Any = _signer(settings).loads(text.removeprefix(PREFIX))
    except BadSignature:
        return None
    right = isinstance(parts, list) and len(parts) == len(_FORM)
    if not right or not all(isinstance(p, t) for p, t in zip(parts, _FORM, strict=True)):
        return None
    return EmbedToken(*parts)


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(signing_secret(settings), salt="chainmap.embed")
