"""Who is let in: API keys and login cookies, hosts and web origins, scopes, rates.

`Door` stands before every route, so one that is forgotten is closed, not open; what is open to
nobody in particular is named in `OPEN`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.ledger.keys import ApiKey
from chainmap.server.embed_tokens import PREFIX, EmbedToken, read_token
from chainmap.server.methods import method_of
from chainmap.server.oidc import person_of
from chainmap.server.parameters import refuse_repeated, refuse_unknown
from chainmap.server.problems import Refusal, mark_problem, refusal_response
from chainmap.server.rates import WRONG_KEYS, Rates, wrong_keys_of
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

OPEN = ("/healthz", "/readyz", "/docs", "/docs/problems", "/openapi.json", "/login")
OPEN_FOLDERS = ("/docs-page/", "/embed/", "/static/", "/login/")
"""Served to everybody: they hold no data. `/embed/` is the shell of embedded pages, which ask for
their data with a key of their own."""

_OWN_SCOPE = ("/metrics", "/logout")
"""Paths outside `/v1` that do not ask for `read`: they ask for another scope, or for none."""

_SAFE = ("GET", "HEAD", "OPTIONS")
_TOLD = (
    "key-missing", "key-wrong", "key-expired", "key-revoked", "scope-missing", "too-many-requests",
)  # fmt: skip
"""Refusals a foreign page may read: they tell nothing but what is wrong with what it sent."""

_BEARER = HTTPBearer(auto_error=False, scheme_name="bearer", description="API key, cm_…")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="header")


def needs(scope: Scope) -> Callable[..., Awaitable[Principal]]:
    """Return the dependency that lets only those with a scope through."""

    async def let_through(
        request: Request,
        _bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None,
        _header: Annotated[str | None, Security(_HEADER)] = None,
    ) -> Principal:
        principal = demand(request, scope)
        refuse_unknown(request)
        await refuse_repeated(request)
        return principal

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
    who = f"密钥 {principal.key.id} " if principal.key else "未带密钥的请求"
    return Refusal(
        "scope-missing",
        f"{who}没有“{scope.zh}”（{scope}）权限。",
        f"请管理员用 chainmap keys create --scope {scope} 另建密钥。",
        detail_en=f"The key lacks the scope {scope}.",
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
            mark_problem(scope, refusal.slug)
            self._let_read(scope, headers, refusal)
            await _refused(scope, headers, refusal)(scope, receive, send)
            return
        state["principal"] = principal
        if principal.key is not None:
            use = "embed" if principal.embedded else method_of(scope)
            self.service.tally(principal.name, "key.use", use)
        await self.app(scope, receive, send)

    async def _admit(self, scope: AsgiScope, headers: Headers) -> Principal:
        path = scope["path"]
        if path in OPEN or path.startswith(OPEN_FOLDERS):
            if not self._lends(scope, headers):
                self._check_origin(ANONYMOUS, scope, headers)
            return ANONYMOUS
        principal = await self._identify(scope, headers)
        scope["state"]["principal"] = principal  # who was refused is written down too
        # Rates are counted even for what is refused below: refusing costs something too.
        rate = principal.key.rate if principal.key else None
        who = f"{principal.name}@{network_of(scope)}" if principal.embedded else principal.name
        await self.rates.spend(rate, who)
        self._check_origin(principal, scope, headers)
        by_route = path.startswith("/v1/") or path in _OWN_SCOPE
        if not by_route and Scope.READ not in principal.scopes:
            raise lacking(principal, Scope.READ)
        return principal

    async def _identify(self, scope: AsgiScope, headers: Headers) -> Principal:
        shown = _shown_key(headers)
        if shown is not None:
            return await self._holder(scope, shown)
        by_cookie = session_key_id(headers, self.service)
        if by_cookie is not None:
            key = self.service.key_by_id(by_cookie)
            if key is not None and key.state(self.service.now()) == "active":
                return Principal(f"{key.id}:{key.client}", key.scopes, key, by_cookie=True)
        person = person_of(headers, self.service)
        if person is not None:
            return person
        if self.service.keyless():
            return self._first_use(scope, headers)
        raise Refusal(
            "key-missing",
            "请求没有带密钥。",
            "把密钥放在 Authorization: Bearer 或 X-API-Key 头中。",
            {"WWW-Authenticate": 'Bearer realm="chainmap"'},
        )

    async def _holder(self, scope: AsgiScope, text: str) -> Principal:
        token = read_token(text, self.service.settings) if text.startswith(PREFIX) else None
        key = self.service.key_by_id(token.key_id) if token else self.service.key_of(text)
        now = self.service.now()
        state = "wrong" if key is None else key.state(now)
        if token is not None and now.timestamp() >= token.expires:
            state = "expired"
        if key is not None and state == "active":
            if token is None:
                return Principal(f"{key.id}:{key.client}", key.scopes, key)
            return _embedded(token, key, scope)
        if key is not None:
            name = f"{key.id}:{key.client}"
            scope["state"]["principal"] = Principal(name, frozenset())
        await self.rates.spend(WRONG_KEYS, wrong_keys_of(scope))
        raise _not_let_in(state, text.startswith(PREFIX))

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
            by_itself = principal.key is None or principal.by_cookie
            if scope["method"] not in _SAFE and foreign and by_itself:
                raise Refusal("origin-not-allowed", "不接受其他网页发来的写请求。")
            return
        if origin.partition("://")[2] == headers.get("host"):
            return
        if origin in principal.origins:
            scope["state"]["allowed_origin"] = origin
            return
        raise Refusal(
            "origin-not-allowed",
            f"网页来源“{origin[:100]}”未获准使用此密钥。",
            "用 chainmap keys create --origin 建立允许该来源的密钥。",
        )

    def _lends(self, scope: AsgiScope, headers: Headers) -> bool:
        """Return whether a page elsewhere may load one of the files it embeds us with."""
        origin = headers.get("origin", "")
        if not scope["path"].startswith("/embed/") or scope["method"] not in _SAFE:
            return False
        if origin not in self.service.allowed_origins():
            return False
        scope["state"]["allowed_origin"] = origin
        return True

    def _let_read(self, scope: AsgiScope, headers: Headers, refusal: Refusal) -> None:
        """Let a page that some key allows read why it was refused, and say so to its reader."""
        origin = headers.get("origin", "")
        if refusal.slug in _TOLD and origin in self.service.allowed_origins():
            scope["state"]["allowed_origin"] = origin


def _not_let_in(state: str, is_token: bool) -> Refusal:
    """Return the refusal of a key, or of an embed token, that is wrong, expired or revoked."""
    zh, en = {
        "wrong": ("不对", "is not valid"),
        "expired": ("已到期", "has expired"),
        "revoked": ("已停用", "was revoked"),
    }[state]
    what, what_en = ("嵌入令牌", "The embed token") if is_token else ("密钥", "The API key")
    return Refusal(
        f"key-{state}",
        f"{what}{zh}。",
        "请刷新网页，或由嵌入它的网站重新签发令牌。" if is_token else "请向管理员索取新的密钥。",
        {"WWW-Authenticate": 'Bearer realm="chainmap", error="invalid_token"'},
        detail_en=f"{what_en} {en}.",
    )


def _embedded(token: EmbedToken, key: ApiKey, scope: AsgiScope) -> Principal:
    """Return the principal of an embed token: less than its key in everything.

    Raises:
        Refusal: It does not open what is asked for.
    """
    if Scope.READ not in key.scopes or not token.opens(scope):
        raise Refusal(
            "scope-missing",
            "嵌入令牌只能读取为它开放的缺口、目标企业和全景图。",
            "请用密钥另建令牌：POST /v1/embed-tokens。",
            detail_en="The embed token opens only the gaps, targets and panorama it was made for.",
        )
    name = f"{key.id}:{key.client}"
    return Principal(name, frozenset({Scope.READ}), key, embedded_in=token.origin)


def _refused(scope: AsgiScope, headers: Headers, refusal: Refusal) -> Response:
    """Return the problem; a reader in a browser who has not logged in gets the login page."""
    reader = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
    if reader and refusal.slug == "key-missing" and not scope["path"].startswith("/v1"):
        return RedirectResponse(f"/login?next={quote(_address(scope))}", status_code=303)
    return refusal_response(refusal)


def _address(scope: AsgiScope) -> str:
    """Return path and query of a request, as a link to them writes them."""
    path, query = quote(scope["path"]), scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _shown_key(headers: Headers) -> str | None:
    given = headers.get("x-api-key")
    if given is not None:
        return given
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
