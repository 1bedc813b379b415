"""Forms that change something: sent from our own pages only, by whoever may do it."""

from __future__ import annotations

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from chainmap.concepts.access import Scope
from chainmap.server.problems import Refusal
from chainmap.server.security import demand
from chainmap.server.service import Principal, principal_of
from chainmap.server.sessions import LIFETIME_S, signing_secret
from chainmap.settings import Settings, load_settings


def form_token(request: Request) -> str:
    """Return what a form of ours carries: a signature over who reads the page."""
    return _signer(request).dumps(principal_of(request).name)


def admit(request: Request, token: str, scope: Scope) -> Principal:
    """Return who sends a form, if they have a scope and the form was given to them by us.

    The door has compared the browser's `Origin` before; the token holds where a browser sends none.

    Raises:
        Refusal: They lack the scope, or the form is not theirs or too old.
    """
    who = demand(request, scope)
    try:
        reader = _signer(request).loads(token, max_age=LIFETIME_S)
    except BadSignature:
        reader = None
    if reader != who.name:
        raise Refusal(
            "origin-not-allowed",
            "表单已过期，或不是本服务的页面发出的；没有改动任何内容。",
            "请返回页面，刷新后重新提交。",
        )
    return who


def may(request: Request, scope: str) -> bool:
    """Return whether the reader may do what a scope opens."""
    return Scope(scope) in principal_of(request).scopes


def _signer(request: Request) -> URLSafeTimedSerializer:
    service = getattr(request.app.state, "service", None)
    settings: Settings = service.settings if service is not None else load_settings()
    return URLSafeTimedSerializer(signing_secret(settings), salt="chainmap.form")
