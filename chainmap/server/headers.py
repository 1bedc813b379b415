"""What every answer tells the browser: no foreign scripts, no frames, no guessing; and CORS."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chainmap.server.contract_headers import HEADERS
from chainmap.server.problems import MEDIA_TYPE, Refusal, send_refusal
from chainmap.server.service import Service

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {ancestors}"
)
_DATA_POLICY = b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_POLICY = b"content-security-policy"
_OURS, _ANY = b"same-origin", b"cross-origin"
_FIXED = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-permitted-cross-domain-policies", b"none"),
)
"""On every answer that does not say otherwise itself."""
_SAID_OF_CACHING = frozenset((b"cache-control", b"last-modified"))
_FIXED_NAMES = frozenset(name for name, _ in _FIXED)
_UNSAID_CACHE = (b"cache-control", b"no-store")
"""Of answers that say nothing about it: pages, jobs, saved lists, the audit log and problems are
one reader's, or true for the moment only, and a cache may keep a 404 or 410 by itself."""
_METHODS = "GET, HEAD, POST, DELETE, OPTIONS"
_SENT = (
    "Authorization, X-API-Key, Content-Type, Idempotency-Key, If-None-Match, Accept, X-Request-ID"
)
_SHOWN = ", ".join(HEADERS).encode()
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": _SENT,
    "Access-Control-Max-Age": "600",
}
_KEY_ID = re.compile(r"[a-z2-7]{12}")
RawHeader = tuple[bytes, bytes]
_PROBLEM = MEDIA_TYPE.encode()


class Dressing:
    """Puts the security headers on answers and settles what CORS asks."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def preflight(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer a CORS preflight; returns whether the request is one."""
        if scope["method"] != "OPTIONS":
            return False
        asked = Headers(scope=scope)
        if "access-control-request-method" not in asked:
            return False
        if asked.get("origin") not in self.service.allowed_origins():
            refusal = Refusal("origin-not-allowed", "没有密钥允许这个网页来源。")
            await send_refusal(refusal, scope, receive, send)
            return True
        scope["state"]["allowed_origin"] = asked["origin"]
        await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
        return True

    def dressed(self, scope: Scope, status: int, raw: list[RawHeader]) -> list[RawHeader]:
        """Return an answer's headers as they go out: all names in small letters.

        Args:
            scope: What was asked; `allowed_origin` in its state is the foreign page that may read.
            status: Of the answer.
            raw: As the route gave them.
        """
        said = dict(reversed(raw))
        kind = said.get(b"content-type", b"")
        page = kind.startswith(b"text/html")
        ancestors = self._ancestors(scope) if page else ()
        origin = scope["state"].get("allowed_origin")
        made = [*raw, *_FIXED] if said.keys().isdisjoint(_FIXED_NAMES) else _completed(raw, said)
        if page:
            allowed = " ".join(ancestors) or "'none'"
            _put(made, said, _POLICY, _PAGE_POLICY.format(ancestors=allowed).encode())
        else:
            _put(made, said, _POLICY, _DATA_POLICY)
        if said.keys().isdisjoint(_SAID_OF_CACHING):
            made.append(_UNSAID_CACHE)
        if not ancestors:
            _put(made, said, b"x-frame-options", b"DENY")
        _put(made, said, b"cross-origin-resource-policy", _OURS if origin is None else _ANY)
        if scope.get("scheme") == "https":
            _put(made, said, b"strict-transport-security", b"max-age=31536000")
        _announce(scope, made, kind, status)
        vary = said.get(b"vary", b"")
        if b"Origin" not in vary:
            _put(made, said, b"vary", vary + b", Origin" if vary else b"Origin")
        if origin is not None:
            _put(made, said, b"access-control-allow-origin", origin.encode("latin-1"))
            _put(made, said, b"access-control-expose-headers", _SHOWN)
        return made

    def _ancestors(self, scope: Scope) -> tuple[str, ...]:
        """Return the origins that may frame this page: those of the key that `client` names."""
        if not scope["path"].startswith("/embed/"):
            return ()
        client = parse_qs(scope["query_string"].decode("latin-1")).get("client", [""])[0]
        key = self.service.key_by_id(client) if _KEY_ID.fullmatch(client) else None
        return key.origins if key and key.state(self.service.now()) == "active" else ()


def _completed(raw: list[RawHeader], said: dict[bytes, bytes]) -> list[RawHeader]:
    """Return headers with those of `_FIXED` that an answer does not say itself."""
    return [*raw, *(one for one in _FIXED if one[0] not in said)]


def _put(made: list[RawHeader], said: dict[bytes, bytes], name: bytes, value: bytes) -> None:
    """Let a header say this and nothing else, in its place where it stands already."""
    if name not in said:
        made.append((name, value))
        return
    at = next(at for at, (found, _) in enumerate(made) if found == name)
    made[at:] = [(name, value), *(one for one in made[at + 1 :] if one[0] != name)]


def _announce(scope: Scope, made: list[RawHeader], kind: bytes, status: int) -> None:
    """Say of an operation that it is to go; and where all kinds of problems are explained.

    A 304 has no `Link` (`server.answer_heads`).
    """
    table = getattr(getattr(scope.get("app"), "state", None), "deprecated", None)
    found = table.get(getattr(scope.get("route"), "operation_id", None)) if table else None
    if found is not None:
        for name, value in found.headers().items():
            if name != "Link" or status != 304:
                made.append((name.lower().encode("latin-1"), value.encode("latin-1")))
    if kind == _PROBLEM:
        made.append((b"link", b'</docs/problems>; rel="help"'))
