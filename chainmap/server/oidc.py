"""Login of pages through the office's own identity provider: OIDC, code flow with PKCE."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chainmap.concepts.access import AccessRole
from chainmap.errors import InputError
from chainmap.ledger.audit import Deed
from chainmap.server.service import Principal, Service, request_id_of, service_of
from chainmap.server.sessions import (
    PERSON_COOKIE,
    begin_session,
    cookie_signer,
    inside,
    read_cookie,
    session_of,
)
from chainmap.settings import Settings

PATH = "/login/oidc"
BACK = f"{PATH}/back"
_ON_THE_WAY = "chainmap_on_the_way"
_ON_THE_WAY_S = 600
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures a provider's public key can make; `none` and shared secrets are not among them."""

router = APIRouter(include_in_schema=False)

_ENTERED = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url={next}"><title>登录 · chainmap</title></head>
<body><main><p role="status">登录成功。<a href="{next}">进入</a></p></main></body></html>
"""
_REFUSED = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>登录 · chainmap</title></head><body><main><h1>登录未成功</h1>
<p role="alert">{why}</p><p><a href="/login">返回登录</a></p></main></body></html>
"""


@dataclass(frozen=True)
class Provider:
    """The identity provider as the settings name it.

    Attributes:
        issuer: Its issuer address; `/.well-known/openid-configuration` below it says the rest.
        secret: Of this installation with the provider; None for a public client.
        back: Address the provider sends the reader back to, registered there.
        claim: Claim of the identity token that holds groups or roles.
        roles: Value of that claim → what its holder may do.
    """

    issuer: str
    client_id: str
    secret: str | None
    back: str
    claim: str
    roles: dict[str, AccessRole]


def provider_of(settings: Settings) -> Provider | None:
    """Return the identity provider; None where none is set up.

    Raises:
        InputError: A part of it is missing, or names no role.
    """
    if settings.oidc_issuer is None:
        return None
    lacking = [
        name
        for name, value in (
            ("CHAINMAP_OIDC_CLIENT_ID", settings.oidc_client_id),
            ("CHAINMAP_PUBLIC_URL", settings.public_url),
            ("CHAINMAP_OIDC_ROLES", settings.oidc_roles),
        )
        if not value
    ]
    if lacking:
        raise InputError(
            f"设置了 CHAINMAP_OIDC_ISSUER，没有 {'、'.join(lacking)}。",
            todo="一并设置，见 docs/deploy/README.md。",
        )
    known = {role.value for role in AccessRole}
    wrong = sorted(set(settings.oidc_roles.values()) - known)
    if wrong:
        raise InputError(
            f"CHAINMAP_OIDC_ROLES 中没有角色“{wrong[0]}”。",
            todo=f"可用角色：{'、'.join(role.value for role in AccessRole)}。",
        )
    secret = settings.oidc_client_secret
    return Provider(
        issuer=settings.oidc_issuer.rstrip("/"),
        client_id=settings.oidc_client_id or "",
        secret=None if secret is None else secret.get_secret_value(),
        back=f"{(settings.public_url or '').rstrip('/')}{BACK}",
        claim=settings.oidc_role_claim,
        roles={value: AccessRole(role) for value, role in settings.oidc_roles.items()},
    )


@router.get(PATH)
async def leave(request: Request, next: str = "/") -> Response:
    """Send the reader to the provider, with a state, a nonce and a PKCE challenge of their own."""
    from authlib.integrations.base_client import OAuthError
    from httpx2 import HTTPError

    settings = service_of(request).settings
    provider = provider_of(settings)
    if provider is None:
        return RedirectResponse("/login", status_code=303)
    session: dict[str, Any] = {"next": inside(next)}
    request.scope["session"] = session  # where authlib keeps what it must find again
    try:
        client = await _client(provider)
        answer: Response = await client.authorize_redirect(request, provider.back)
    except (OAuthError, HTTPError, RuntimeError, ValueError):
        return _turned_away(request, "unreachable", "统一身份认证暂不可用，请稍后再试。", 503)
    answer.set_cookie(
        _ON_THE_WAY,
        cookie_signer(settings, _ON_THE_WAY).dumps(session),
        max_age=_ON_THE_WAY_S,
        path=PATH,
        httponly=True,
        samesite="lax",  # the provider sends the reader back from its own site
        secure=provider.back.startswith("https:"),
    )
    return answer


@router.get(BACK)
async def come_back(request: Request) -> Response:
    """Set the cookie of a reader the provider vouches for, and go on to where they came from."""
    from authlib.common.errors import AuthlibBaseError
    from httpx2 import HTTPError
    from joserfc.errors import JoseError

    settings = service_of(request).settings
    provider = provider_of(settings)
    if provider is None:
        return RedirectResponse("/login", status_code=303)
    signer = cookie_signer(settings, _ON_THE_WAY)
    session = read_cookie(request.headers, _ON_THE_WAY, signer, _ON_THE_WAY_S)
    if not isinstance(session, dict):
        return _turned_away(request, "no-state", "登录已超时，请重新登录。", 400)
    request.scope["session"] = session
    try:
        client = await _client(provider)
        token = await client.authorize_access_token(request)
    except (AuthlibBaseError, JoseError, HTTPError, RuntimeError, ValueError):
        return _turned_away(request, "not-vouched", "身份认证未通过，请重新登录。", 401)
    claims = token.get("userinfo") or {}
    held = _held(provider.roles, claims.get(provider.claim))
    if not claims.get("sub") or not held:
        why = f"您的账号没有本系统的角色（按“{provider.claim}”判断），请联系管理员。"
        return _turned_away(request, "no-role", why, 403)
    name = _pseudonym(provider, str(claims["sub"]))
    return _let_in(request, (name, held), provider, str(session.get("next", "/")))


def person_of(headers: Headers, service: Service) -> Principal | None:
    """Return who a request's cookie says is logged in through the provider; None for nobody.

    What they may do is what the settings say now, not what they said at the login.
    """
    settings = service.settings
    if settings.oidc_issuer is None:
        return None
    found = session_of(headers, service, PERSON_COOKIE)
    held = _held(settings.oidc_roles, found["held"]) if found is not None else []
    if found is None or not held:
        return None
    role = _widest(settings.oidc_roles, held)
    return Principal(found["name"], role.scopes, None, by_cookie=True)


def _let_in(
    request: Request, who: tuple[str, list[str]], provider: Provider, target: str
) -> Response:
    service, (name, held) = service_of(request), who
    role = _widest(provider.roles, held)
    with service.record() as write:
        write(Deed(name, "login", role.value, request_id=request_id_of(request)))
    # A page, not a redirect: a strict cookie is not sent along a redirect that began elsewhere.
    answer = HTMLResponse(_ENTERED.format(next=escape(inside(target), quote=True)))
    secure = provider.back.startswith("https:")
    about = {"name": name, "held": held}
    begin_session(answer, service.settings, PERSON_COOKIE, about, secure=secure)
    answer.delete_cookie(_ON_THE_WAY, path=PATH)
    return answer


def _turned_away(request: Request, slug: str, why: str, status: int) -> Response:
    service_of(request).tally("anonymous", "refused.login", f"oidc:{slug}")
    return HTMLResponse(_REFUSED.format(why=escape(why)), status_code=status)


async def _client(provider: Provider) -> Any:
    """Return authlib's client, the provider's own description read and held to the settings.

    Raises:
        RuntimeError: It describes another issuer, or signs with nothing we accept.
    """
    from authlib.integrations.starlette_client import OAuth

    client = OAuth().register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "timeout": 10.0},
    )
    described = await client.load_server_metadata()
    offered = described.get("id_token_signing_alg_values_supported") or ["RS256"]
    accepted = [name for name in offered if name in _ALGORITHMS]
    if str(described.get("issuer", "")).rstrip("/") != provider.issuer or not accepted:
        raise RuntimeError("the provider is not the one that is set up")
    described["id_token_signing_alg_values_supported"] = accepted
    return client


def _held(roles: Mapping[str, str], claimed: object) -> list[str]:
    """Return the values of the claim that open a role, in order, each once."""
    values = claimed if isinstance(claimed, list) else [claimed]
    return sorted({str(value) for value in values} & roles.keys())


def _widest(roles: Mapping[str, str], held: list[str]) -> AccessRole:
    """Return the widest role the values open."""
    opened = [AccessRole(roles[value]) for value in held]
    return max(opened, key=lambda role: len(role.scopes))


def _pseudonym(provider: Provider, subject: str) -> str:
    """Return a name that is the same at every login and names nobody."""
    digest = hashlib.sha256(json.dumps([provider.issuer, subject]).encode()).hexdigest()
    return f"oidc:{digest[:16]}"
