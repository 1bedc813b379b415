"""Login for pages: a key is shown once, and a signed cookie stands for it afterwards."""

from __future__ import annotations

import secrets
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import Annotated
from urllib.parse import quote

from anyio import from_thread
from fastapi import APIRouter, Form, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chainmap.ledger.audit import Deed
from chainmap.server.rates import WRONG_KEYS, wrong_keys_of
from chainmap.server.service import network_of, request_id_of, service_of
from chainmap.settings import Settings

COOKIE = "chainmap_session"
PERSON_COOKIE = "chainmap_person"
"""Of a reader whom the office's identity provider vouches for (`server.oidc`)."""
LIFETIME_S = 12 * 3600
"""A working day; whoever revokes the key ends the session too."""

router = APIRouter(include_in_schema=False)

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · chainmap</title></head>
<body><main><h1>登录</h1><p role="status">{message}</p>
<form method="post" action="/login"><input type="hidden" name="next" value="{next}">
<label>接口密钥
<input name="key" type="password" autocomplete="current-password" required autofocus>
</label> <button>登录</button></form>{other}</main></body></html>
"""
_OTHER = '<p><a href="/login/oidc?next={next}">用统一身份登录</a></p>'


@router.get("/login")
def login_page(request: Request, next: str = "/") -> HTMLResponse:
    """Return the form that asks for a key."""
    return HTMLResponse(_page(request, next, "请输入管理员发给您的密钥。"))


@router.post("/login")
def login(
    request: Request, key: Annotated[str, Form(max_length=200)], next: Annotated[str, Form()] = "/"
) -> Response:
    """Set the cookie for a key that works, and go on to where the reader came from."""
    service, rates = service_of(request), request.app.state.rates
    found = service.key_of(key.strip())
    if found is None or found.state(service.now()) != "active":
        service.tally("anonymous", "refused.login", network_of(request.scope))
        from_thread.run(rates.spend, WRONG_KEYS, wrong_keys_of(request.scope))
        return HTMLResponse(_page(request, next, "密钥不对、已到期或已停用。"), status_code=401)
    actor = f"{found.id}:{found.client}"
    from_thread.run(rates.spend, found.rate, actor)  # each login is an entry of the audit log
    with service.record() as write:
        write(Deed(actor, "login", request_id=request_id_of(request)))
    answer = RedirectResponse(inside(next), status_code=303)
    answer.set_cookie(
        COOKIE,
        _signer(service.settings).dumps(found.id),
        max_age=LIFETIME_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
def logout() -> Response:
    """Take the cookie away."""
    answer = RedirectResponse("/login", status_code=303)
    for cookie in (COOKIE, PERSON_COOKIE):
        answer.delete_cookie(cookie)
    return answer


def session_key_id(headers: Headers, settings: Settings) -> str | None:
    """Return the id of the key a request's cookie stands for; None without a good cookie."""
    try:
        crumb = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        if crumb is None:
            return None
        return str(_signer(settings).loads(crumb.value, max_age=LIFETIME_S))
    except (CookieError, BadSignature):
        return None


def inside(target: str) -> str:
    """Return a path of ours; a target elsewhere would make the login a trap (open redirect)."""
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if ours and target.isprintable() else "/"


def _page(request: Request, target: str, message: str) -> str:
    from html import escape

    ours = inside(target)
    offered = service_of(request).settings.oidc_issuer is not None
    other = _OTHER.format(next=quote(ours)) if offered else ""
    return _PAGE.format(message=escape(message), next=escape(ours, quote=True), other=other)


def signing_secret(settings: Settings) -> str:
    """Return what cookies and embed tokens are signed with; each use has a salt of its own."""
    given = settings.session_secret
    return _own_secret() if given is None else given.get_secret_value()


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(signing_secret(settings), salt="chainmap.session")


@cache
def _own_secret() -> str:
    """Return this process's secret; sessions then end with it."""
    return secrets.token_urlsafe(32)
