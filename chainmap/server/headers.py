"""What every answer tells the browser: no foreign scripts, no frames, no guessing; and CORS."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chainmap.server.problems import MEDIA_TYPE, Refusal, send_refusal
from chainmap.server.service import Service

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {ancestors}"
)
_DATA_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_METHODS = "GET, HEAD, POST, DELETE, OPTIONS"
_SENT = "Authorization, X-API-Key, Content-Type, Idempotency-Key, If-None-Match, Accept"
_SHOWN = (
    "ETag, Link, Location, Retry-After, X-Request-ID, Chainmap-Snapshot, Chainmap-May-Act, "
    "Chainmap-Coverage, Idempotent-Replayed, Deprecation, Sunset"
)
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": _SENT,
    "Access-Control-Max-Age": "600",
}
_KEY_ID = re.compile(r"[a-z2-7]{12}")


class SecurityHeaders:
    """Adds the security headers to every answer and settles what CORS asks."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, with headers; a CORS preflight is answered here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(scope, MutableHeaders(scope=message), state.get("allowed_origin"))
            await send(message)

        asked = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            if asked.get("origin") not in self.service.allowed_origins():
                refusal = Refusal("origin-not-allowed", "没有密钥允许这个网页来源。")
                await send_refusal(refusal, scope, receive, dressed)
                return
            state["allowed_origin"] = asked["origin"]
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, dressed)
            return
        await self.app(scope, receive, dressed)

    def _dress(self, scope: Scope, headers: MutableHeaders, origin: str | None) -> None:
        for name, value in _FIXED.items():
            headers.setdefault(name, value)
        page = headers.get("content-type", "").startswith("text/html")
        ancestors = self._ancestors(scope) if page else ()
        if page:
            allowed = " ".join(ancestors) or "'none'"
            headers["Content-Security-Policy"] = _PAGE_POLICY.format(ancestors=allowed)
        else:
            headers["Content-Security-Policy"] = _DATA_POLICY
        if not ancestors:
            headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if origin else "same-origin"
        if scope.get("scheme") == "https":
            headers["Strict-Transport-Security"] = "max-age=31536000"
        self._announce(scope, headers)
        headers.add_vary_header("Origin")
        if origin is not None:
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = _SHOWN

    def _announce(self, scope: Scope, headers: MutableHeaders) -> None:
        """Say of an operation that it is to go; and where all kinds of problems are explained."""
        table = getattr(getattr(scope.get("app"), "state", None), "deprecated", {})
        found = table.get(getattr(scope.get("route"), "operation_id", None))
        if found is not None:
            for name, value in found.headers().items():
                headers.append(name, value)
        if headers.get("content-type") == MEDIA_TYPE:
            headers.append("Link", '</docs/problems>; rel="help"')

    def _ancestors(self, scope: Scope) -> tuple[str, ...]:
        """Return the origins that may frame this page: those of the key that `client` names."""
        if not scope["path"].startswith("/embed/"):
            return ()
        client = parse_qs(scope["query_string"].decode("latin-1")).get("client", [""])[0]
        key = self.service.key_by_id(client) if _KEY_ID.fullmatch(client) else None
        return key.origins if key and key.state(self.service.now()) == "active" else ()
