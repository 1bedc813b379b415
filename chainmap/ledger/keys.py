"""API keys: made, found, revoked; the database holds no key, only digests.

A key is `cm_<id>_<secret>`: the id finds the row, the secret proves the holder. The secret is 256
random bits, so its plain SHA-256 cannot be searched, and a slow hash would only make every request
slow (docs/decisions/0019).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chainmap.concepts.access import AccessRole, Scope
from chainmap.errors import InputError, UnknownNameError
from chainmap.ledger.engine import Transaction
from chainmap.ledger.tables import API_KEYS

_KEY = re.compile(r"cm_(?P<id>[a-z2-7]{12})_(?P<secret>[A-Za-z0-9_-]{43})")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_CLIENT = re.compile(r"[\w\-.· ]{1,80}")
_ORIGIN = re.compile(r"https?://[a-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")
_RATE = re.compile(r"[1-9]\d{0,6}/(second|minute|hour|day)")


@dataclass(frozen=True)
class NewKey:
    """What a new key is to be.

    Attributes:
        client: Who it is for: an office, a system; no person's name is needed.
        role: Opens the role's scopes.
        scopes: Only these of the role's scopes; None is all of them.
        origins: Web origins whose pages may use the key and frame our pages.
        rate: Requests allowed, like `600/minute`; None is the installation's rate.
        lifetime: How long it works; None is until revoked.
    """

    client: str
    role: AccessRole = AccessRole.VIEWER
    scopes: frozenset[Scope] | None = None
    origins: tuple[str, ...] = ()
    rate: str | None = None
    lifetime: dt.timedelta | None = None

    def __post_init__(self) -> None:
        if not _CLIENT.fullmatch(self.client):
            raise InputError(
                f"用户名称“{self.client[:80]}”不可用。",
                todo="用 1–80 个汉字、字母、数字或 - . · 空格。",
            )
        beyond = (self.scopes or frozenset()) - self.role.scopes
        if beyond:
            raise InputError(
                f"角色 {self.role} 没有权限 {'、'.join(sorted(beyond))}。",
                todo=f"该角色可用：{'、'.join(sorted(self.role.scopes))}。",
            )
        if self.scopes is not None and not self.scopes:
            raise InputError(
                "密钥至少要有一项权限。", todo="给出 --scope，或省略它以取角色的全部权限。"
            )
        bad = [origin for origin in self.origins if not _ORIGIN.fullmatch(origin)]
        if bad:
            raise InputError(
                f"网页来源“{bad[0]}”写法有误。", todo="写作 https://主机[:端口]，小写，不带路径。"
            )
        if self.rate is not None and not _RATE.fullmatch(self.rate):
            raise InputError(
                f"频率“{self.rate}”写法有误。", todo="写作 次数/second|minute|hour|day。"
            )
        if self.lifetime is not None and self.lifetime <= dt.timedelta(0):
            raise InputError("有效期应大于 0。", todo="用 --days 给出天数。")


@dataclass(frozen=True)
class ApiKey:
    """A key as the database knows it; the secret itself is nowhere."""

    id: str
    client: str
    role: AccessRole
    scopes: frozenset[Scope]
    origins: tuple[str, ...]
    rate: str | None
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None
    last_used_at: dt.datetime | None

    def state(self, now: dt.datetime) -> str:
        """Return `active`, `expired` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and now >= self.expires_at else "active"


def create_key(tx: Transaction, new: NewKey, now: dt.datetime) -> tuple[str, ApiKey]:
    """Return a new key's text, to be shown once, and the key as it is stored."""
    key_id = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    secret = secrets.token_urlsafe(32)
    key = ApiKey(
        id=key_id,
        client=new.client,
        role=new.role,
        scopes=new.role.scopes if new.scopes is None else new.scopes,
        origins=new.origins,
        rate=new.rate,
        created_at=now,
        expires_at=None if new.lifetime is None else now + new.lifetime,
        revoked_at=None,
        last_used_at=None,
    )
    tx.execute(
        API_KEYS.insert().values(
            id=key.id,
            digest=_digest(secret),
            client=key.client,
            role=key.role.value,
            scopes=sorted(key.scopes),
            origins=list(key.origins),
            rate=key.rate,
            created_at=key.created_at,
            expires_at=key.expires_at,
        )
    )
    return f"cm_{key_id}_{secret}", key


def find_key(tx: Transaction, text: str) -> ApiKey | None:
    """Return the key a text proves to hold, whatever its state; None for a wrong or foreign text.

    Takes the same time for an unknown id as for a wrong secret.
    """
    parts = _KEY.fullmatch(text)
    given = _digest(parts["secret"] if parts else text)
    row = None
    if parts is not None:
        found = tx.execute(sa.select(API_KEYS).where(API_KEYS.c.id == parts["id"]))
        row = found.mappings().one_or_none()
    stored = str(row["digest"]) if row is not None else "0" * 64
    return _key(row) if hmac.compare_digest(given, stored) and row is not None else None


def get_key(tx: Transaction, key_id: str) -> ApiKey | None:
    """Return the key with this id, whatever its state; None where there is none."""
    row = tx.execute(sa.select(API_KEYS).where(API_KEYS.c.id == key_id)).mappings().one_or_none()
    return None if row is None else _key(row)


def list_keys(tx: Transaction) -> list[ApiKey]:
    """Return every key, newest first."""
    ordered = sa.select(API_KEYS).order_by(API_KEYS.c.created_at.desc(), API_KEYS.c.id)
    return [_key(row) for row in tx.execute(ordered).mappings()]


def any_key(tx: Transaction) -> bool:
    """Return whether a key was ever made; from then on nobody is let in without one."""
    return tx.execute(sa.select(API_KEYS.c.id).limit(1)).first() is not None


def revoke_key(tx: Transaction, key_id: str, now: dt.datetime) -> ApiKey:
    """Return the key that no longer works from now on; one revoked before keeps its day.

    Raises:
        UnknownNameError: No key has this id.
    """
    ids = [key.id for key in list_keys(tx)]
    if key_id not in ids:
        raise UnknownNameError(
            "密钥", key_id, tuple(i for i in ids if i.startswith(key_id[:4]))[:3]
        )
    mine = API_KEYS.c.id == key_id
    tx.execute(
        API_KEYS.update().where(mine, API_KEYS.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    return _key(tx.execute(sa.select(API_KEYS).where(mine)).mappings().one())


def note_use(tx: Transaction, used: Iterable[tuple[str, dt.datetime]]) -> None:
    """Write when keys were last used; an earlier time never takes the place of a later one."""
    for key_id, moment in used:
        older = API_KEYS.c.last_used_at.is_(None) | (API_KEYS.c.last_used_at < moment)
        mine = API_KEYS.c.id == key_id
        tx.execute(API_KEYS.update().where(mine, older).values(last_used_at=moment))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: Any) -> ApiKey:
    return ApiKey(
        id=row["id"],
        client=row["client"],
        role=AccessRole(row["role"]),
        scopes=frozenset(Scope(scope) for scope in row["scopes"]),
        origins=tuple(row["origins"]),
        rate=row["rate"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        last_used_at=row["last_used_at"],
    )
