"""Login for pages: a key is shown once, and a signed cookie stands for it afterwards."""

from __future__ import annotations

import datetime as dt
import secrets
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import Annotated, Any
from urllib.parse import quote

from anyio import from_thread
from fastapi import APIRouter, Form, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chainmap.ledger.audit import Deed
from chainmap.ledger.sessions import end_session
from chainmap.server.rates import WRONG_KEYS, wrong_keys_of
from chainmap.server.service import (
    Service,
    network_of,
    principal_of,
    request_id_of,
    service_of,
)
from chainmap.settings import Settings

COOKIE = "chainmap_session"
PERSON_COOKIE = "chainmap_person"
"""Of a reader whom the office's identity provider vouches for (`server.oidc`)."""
COOKIES = (COOKIE, PERSON_COOKIE)
LIFETIME_S = 12 * 3600
"""A working day; whoever revokes the key or logs out ends the session too."""

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
    secure = request.url.scheme == "https"
    begin_session(answer, service.settings, COOKIE, {"key": found.id}, secure=secure)
    return answer


@router.post("/logout")
def logout(request: Request) -> Response:
    """Take the cookie away, and end its session, so that a copy of it is void too."""
    service = service_of(request)
    found = [session_of(request.headers, service, cookie) for cookie in COOKIES]
    ending = [str(session["id"]) for session in found if session is not None]
    if ending:
        with service.record() as write:
            actor = principal_of(request).name
            write(Deed(actor, "logout", request_id=request_id_of(request)))
            until = write.now + dt.timedelta(seconds=LIFETIME_S)
            for session_id in ending:
                end_session(write.tx, session_id, until, write.now)
        service.ended.forget()
    answer = RedirectResponse("/login", status_code=303)
    for cookie in COOKIES:
        answer.delete_cookie(cookie)
    return answer


def begin_session(
    answer: Response, settings: Settings, cookie: str, about: dict[str, Any], *, secure: bool
) -> None:
    """Set the cookie of a new session.

    Args:
        answer: Which brings it.
        settings: Whose secret signs it.
        cookie: One of `COOKIES`.
        about: Whose session it is; signed, not hidden.
        secure: Whether it is only ever sent over TLS.
    """
    session = {"id": secrets.token_urlsafe(16), **about}
    answer.set_cookie(
        cookie,
        cookie_signer(settings, cookie).dumps(session),
        max_age=LIFETIME_S,
        httponly=True,
        samesite="strict",
        secure=secure,
    )


def session_of(headers: Headers, service: Service, cookie: str) -> dict[str, Any] | None:
    """Return what a request's cookie says of its session.

    None without a cookie, for one that is not ours or too old, and once its session was ended.
    """
    found = read_cookie(headers, cookie, cookie_signer(service.settings, cookie), LIFETIME_S)
    if not isinstance(found, dict) or str(found.get("id", "")) in service.ended:
        return None
    return found


def session_key_id(headers: Headers, service: Service) -> str | None:
    """Return the id of the key a request's cookie stands for; None without a good cookie."""
    found = session_of(headers, service, COOKIE)
    return None if found is None else str(found["key"])


def read_cookie(
    headers: Headers, name: str, signer: URLSafeTimedSerializer, lifetime_s: int
) -> object:
    """Return what a signed cookie holds; None without one, for a forged and for an old one."""
    try:
        crumb = SimpleCookie(headers.get("cookie", "")).get(name)
        return None if crumb is None else signer.loads(crumb.value, max_age=lifetime_s)
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


def cookie_signer(settings: Settings, cookie: str) -> URLSafeTimedSerializer:
    """Return what signs the cookies of a name; nothing signed for another is good for it."""
    return URLSafeTimedSerializer(signing_secret(settings), salt=f"chainmap.cookie.{cookie}")


@cache
def _own_secret() -> str:
    """Return this process's secret; sessions then end with it."""
    return secrets.token_urlsafe(32)
