"""Methods of requests: `HEAD` is answered as `GET` is, without what is sent after the headers."""

from __future__ import annotations

from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Message, Scope, Send

_KNOWN = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"))


def as_get(scope: Scope, send: Send) -> tuple[Scope, Send]:
    """Return a request for headers alone as the one it stands for (RFC 9110, 9.3.2).

    Routes then know `GET` only, and an answer's headers are those of `GET` to the last, length and
    `ETag` included. The server goes by the scope it gave, so it is a copy that changes.
    """

    async def without_body(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
        elif not message.get("more_body", False):
            await send({"type": "http.response.body", "body": b""})

    scope["state"]["method"] = scope["method"]
    return {**scope, "method": "GET"}, without_body


def method_of(scope: Scope) -> str:
    """Return the method that was asked for, `OTHER` for one that HTTP does not have.

    Anybody may send a method of their own making, without a key; each would be a time series more.
    """
    method = scope.get("state", {}).get("method") or scope["method"]
    return str(method) if method in _KNOWN else "OTHER"


def allowed_at(scope: Scope, said: str) -> str:
    """Return what `Allow` says of an address: the methods of all routes there.

    Args:
        scope: The request that was refused.
        said: The methods of the route that refused it, the first one there.
    """
    routes = [one for one in scope["app"].router.routes if not _takes_all(one)]
    named = [one.strip() for one in said.split(",")]
    others = [
        method
        for method in sorted(_KNOWN - {"HEAD", *named})
        if any(one.matches({**scope, "method": method})[0] is Match.FULL for one in routes)
    ]
    return allowed(", ".join(sorted([*named, *others])))


def _takes_all(route: BaseRoute) -> bool:
    """Return whether a route is given every method, to refuse by itself what it does not serve."""
    return isinstance(route, Route | Mount) and getattr(route, "methods", None) is None


def allowed(methods: str) -> str:
    """Return what an `Allow` header says, with the `HEAD` that goes with every `GET`."""
    named = [one.strip() for one in methods.split(",")]
    return ", ".join([*named, "HEAD"] if "GET" in named and "HEAD" not in named else named)
