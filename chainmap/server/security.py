"""Who is let in: API keys and login cookies, hosts and web origins, scopes, rates.

`Door` stands before every route, so one that is forgotten is closed, not open; what is open to
nobody in particular is named in `OPEN`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.errors import InputError
from chainmap.server.problems import Refusal, refusal_response
from chainmap.server.service import (
    ANONYMOUS,
    LOOPBACK,
    Principal,
    Service,
    is_loopback,
    network_of,
    principal_of,
)
from chainmap.server.sessions import session_key_id

log = logging.getLogger(__name__)

OPEN = ("/healthz", "/readyz", "/docs", "/openapi.json", "/login")
OPEN_FOLDERS = ("/docs-page/", "/embed/", "/static/")
"""Served to everybody: they hold no data. `/embed/` is the shell of embedded pages, which ask for
their data with a key of their own."""

_OWN_SCOPE = ("/metrics", "/logout")
"""Paths outside `/v1` that do not ask for `read`: they ask for another scope, or for none."""

_SAFE = ("GET", "HEAD", "OPTIONS")
_WRONG_KEYS = "60/minute"
"""Wrong keys from one network: nobody mistypes more often. 256 bits are not guessed at any rate;
the limit is there to spare the database."""

_BEARER = HTTPBearer(auto_error=False, scheme_name="bearer", description="API key, cm_…")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="header")


def needs(scope: Scope) -> Callable[..., Awaitable[Principal]]:
    """Return the dependency that lets only those with a scope through."""

    async def let_through(
        request: Request,
        _bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None,
        _header: Annotated[str | None, Security(_HEADER)] = None,
    ) -> Principal:
        return demand(request, scope)

    let_through.scope = scope  # type: ignore[attr-defined]
    return let_through


def demand(request: Request, scope: Scope) -> Principal:
    """Return who asks, if they have a scope.

    Raises:
        Refusal: They have not.
    """
    principal = principal_of(request)
    if scope not in principal.scopes:
        raise lacking(principal, scope)
    return principal


def lacking(principal: Principal, scope: Scope) -> Refusal:
    """Return the refusal of somebody without a scope."""
    who = f"密钥 {principal.key.id}" if principal.key else "未带密钥的请求"
    return Refusal(
        "scope-missing",
        f"{who}没有“{scope.zh}”（{scope}）权限。",
        f"请管理员用 chainmap keys create --scope {scope} 另建密钥。",
    )


class Rates:
    """Counts requests against their limits."""

    def __init__(self, service: Service) -> None:
        settings = service.settings
        address = settings.rate_storage.get_secret_value()
        try:
            storage = storage_from_string(f"async+{address}")
        except ConfigurationError as error:
            raise InputError(
                "CHAINMAP_RATE_STORAGE 不可用。",
                todo="写作 memory:// 或 redis://…（需另装 redis 包）。",
            ) from error
        assert isinstance(storage, Storage)
        self._limiter = FixedWindowRateLimiter(storage)
        self._usual = settings.rate_limit
        self._items: dict[str, RateLimitItem] = {}

    async def spend(self, rate: str | None, who: str) -> None:
        """Count one request of somebody.

        Raises:
            Refusal: They have used up what they may send.
        """
        text = rate or self._usual
        item = self._items.setdefault(text, parse(text))
        if not await self._limiter.hit(item, who):
            stats = await self._limiter.get_window_stats(item, who)
            wait = max(1, int(stats.reset_time - time.time()) + 1)
            raise Refusal(
                "too-many-requests",
                f"超过每{text.replace('/', ' 次/')}的上限。",
                f"请 {wait} 秒后再试。",
                {"Retry-After": str(wait)},
            )


class Door:
    """Lets a request in, with who asks in `scope["state"]["principal"]`, or refuses it."""

    def __init__(self, app: ASGIApp, service: Service, rates: Rates) -> None:
        self.app = app
        self.service = service
        self.rates = rates

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve a request that may come in; answer a problem to any other."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        headers = Headers(scope=scope)
        try:
            principal = await self._admit(scope, headers)
        except Refusal as refusal:
            self._note_refusal(scope, refusal)
            await _refused(scope, headers, refusal)(scope, receive, send)
            return
        state["principal"] = principal
        if principal.key is not None:
            self.service.tally(principal.name, "key.use", scope["method"])
        await self.app(scope, receive, send)

    async def _admit(self, scope: AsgiScope, headers: Headers) -> Principal:
        path = scope["path"]
        if path in OPEN or path.startswith(OPEN_FOLDERS):
            self._check_origin(ANONYMOUS, scope, headers)
            return ANONYMOUS
        principal = await self._identify(scope, headers)
        # Rates are counted even for what is refused below: refusing costs something too.
        rate = principal.key.rate if principal.key else None
        await self.rates.spend(rate, principal.name)
        self._check_origin(principal, scope, headers)
        by_route = path.startswith("/v1/") or path in _OWN_SCOPE
        if not by_route and Scope.READ not in principal.scopes:
            raise lacking(principal, Scope.READ)
        return principal

    async def _identify(self, scope: AsgiScope, headers: Headers) -> Principal:
        shown = _shown_key(headers)
        if shown is not None:
            return await self._holder(scope, shown)
        by_cookie = session_key_id(headers, self.service.settings)
        if by_cookie is not None:
            key = self.service.key_by_id(by_cookie)
            if key is not None and key.state(self.service.now()) == "active":
                return Principal(f"{key.id}:{key.client}", key.scopes, key, by_cookie=True)
        if self.service.keyless():
            return self._first_use(scope, headers)
        raise Refusal(
            "key-missing",
            "请求没有带密钥。",
            "把密钥放在 Authorization: Bearer 或 X-API-Key 头中。",
            {"WWW-Authenticate": 'Bearer realm="chainmap"'},
        )

    async def _holder(self, scope: AsgiScope, text: str) -> Principal:
        key = self.service.key_of(text)
        state = "wrong" if key is None else key.state(self.service.now())
        if key is not None and state == "active":
            return Principal(f"{key.id}:{key.client}", key.scopes, key)
        await self.rates.spend(_WRONG_KEYS, f"wrong:{network_of(scope)}")
        what = {"wrong": "不对", "expired": "已到期", "revoked": "已停用"}[state]
        raise Refusal(
            f"key-{state}",
            f"密钥{what}。",
            "请向管理员索取新的密钥。",
            {"WWW-Authenticate": 'Bearer realm="chainmap", error="invalid_token"'},
        )

    def _first_use(self, scope: AsgiScope, headers: Headers) -> Principal:
        """Return the principal of first use: this machine, under a name no outsider can own.

        A page elsewhere may point its own host name at 127.0.0.1 (DNS rebinding); a name without a
        dot cannot be registered by anybody.
        """
        client = scope["client"][0] if scope.get("client") else "localhost"
        if not is_loopback(client) and client.count(".") + client.count(":"):
            raise Refusal(
                "key-missing", "没有密钥时只接受本机请求。", "先运行 chainmap keys create。"
            )
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        if not is_loopback(host) and "." in host:
            raise Refusal(
                "host-not-allowed",
                f"没有密钥时不接受主机名“{host[:60]}”。",
                "请用 127.0.0.1 访问。",
            )
        return LOOPBACK

    def _check_origin(self, principal: Principal, scope: AsgiScope, headers: Headers) -> None:
        """Refuse what a page of somebody else sends.

        A key in a header may be used from the origins it names; a cookie or first use, which the
        browser adds by itself, from our own pages only.
        """
        origin = headers.get("origin")
        if origin is None:
            foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
            if scope["method"] not in _SAFE and foreign and principal.key is None:
                raise Refusal("origin-not-allowed", "不接受其他网页发来的写请求。")
            return
        if origin.partition("://")[2] == headers.get("host"):
            return
        if (
            principal.key is not None
            and not principal.by_cookie
            and origin in principal.key.origins
        ):
            scope["state"]["allowed_origin"] = origin
            return
        raise Refusal(
            "origin-not-allowed",
            f"网页来源“{origin[:100]}”未获准使用此密钥。",
            "用 chainmap keys create --origin 建立允许该来源的密钥。",
        )

    def _note_refusal(self, scope: AsgiScope, refusal: Refusal) -> None:
        network = network_of(scope)
        self.service.tally("anonymous", f"refused.{refusal.slug}", network)
        log.warning("refused", extra={"problem": refusal.slug, "network": network})


def _refused(scope: AsgiScope, headers: Headers, refusal: Refusal) -> Response:
    """Return the problem; a reader in a browser who has not logged in gets the login page."""
    reader = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
    if reader and refusal.slug == "key-missing" and not scope["path"].startswith("/v1"):
        return RedirectResponse(f"/login?next={quote(scope['path'])}", status_code=303)
    return refusal_response(refusal)


def _shown_key(headers: Headers) -> str | None:
    given = headers.get("x-api-key")
    if given is not None:
        return given
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
