"""Methods of requests: `HEAD` is answered as `GET` is, without what is sent after the headers."""

from __future__ import annotations

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


def allowed(methods: str) -> str:
    """Return what an `Allow` header says, with the `HEAD` that goes with every `GET`."""
    named = [one.strip() for one in methods.split(",")]
    return ", ".join([*named, "HEAD"] if "GET" in named and "HEAD" not in named else named)
