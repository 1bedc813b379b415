"""What `chainmap keys`, `audit` and `database` answer."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from chainmap.cli.exits import FINDINGS
from chainmap.cli.output import Format, Rows, emit, say
from chainmap.concepts.access import AccessRole, Scope
from chainmap.errors import InputError
from chainmap.ledger import audit, keys, schema
from chainmap.ledger.audit import Deed
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.keys import ApiKey, NewKey
from chainmap.settings import load_settings

_STATE_ZH = {"active": "有效", "expired": "已到期", "revoked": "已停用"}


class AskedKey(NamedTuple):
    """The command line of `keys create`, as typed."""

    client: str
    role: str
    scopes: list[str] | None
    days: int
    origins: tuple[str, ...]
    rate: str | None


@contextmanager
def opened(workspace: Path | None = None, *, migrate: bool = True) -> Iterator[Ledger]:
    """Yield the installation's ledger, or that of a workspace, its schema up to date.

    Raises:
        LedgerError: The database cannot be used.
    """
    settings = load_settings()
    ledger = Ledger(ledger_url(settings.database, workspace or settings.workspace))
    try:
        if migrate:
            schema.upgrade(ledger)
        yield ledger
    finally:
        ledger.close()


def create_key(asked: AskedKey) -> None:
    """Answer `chainmap keys create`: the key alone on stdout, everything else on stderr."""
    scopes = None if asked.scopes is None else frozenset(map(_scope, asked.scopes))
    lifetime = dt.timedelta(days=asked.days) if asked.days else None
    new = NewKey(asked.client, _role(asked.role), scopes, asked.origins, asked.rate, lifetime)
    now = dt.datetime.now(dt.UTC)
    with opened() as ledger, ledger.write() as tx:
        text, made = keys.create_key(tx, new, now)
        detail: audit.Detail = {
            "client": made.client,
            "role": made.role.value,
            "scopes": [*sorted(made.scopes)],
        }
        audit.append(tx, Deed("cli", "key.create", made.id, detail=detail), now)
    until = made.expires_at.date().isoformat() if made.expires_at else "不设期限"
    say(f"已为“{made.client}”建立密钥 {made.id}（{made.role}，有效期至 {until}）。")
    say("下面一行只显示这一次，系统中不保存；请求时放在 Authorization: Bearer 或 X-API-Key 头中。")
    sys.stdout.write(text + "\n")


def list_keys(fmt: Format, out: Path | None) -> None:
    """Answer `chainmap keys list`."""
    now = dt.datetime.now(dt.UTC)
    with opened() as ledger, ledger.read() as tx:
        rows: Rows = [_key_row(key, now) for key in keys.list_keys(tx)]
    emit(fmt, out, record=rows, rows=rows, title="接口密钥")


def revoke_key(key_id: str) -> None:
    """Answer `chainmap keys revoke`."""
    now = dt.datetime.now(dt.UTC)
    with opened() as ledger, ledger.write() as tx:
        gone = keys.revoke_key(tx, key_id.removeprefix("cm_"), now)
        audit.append(tx, Deed("cli", "key.revoke", gone.id, detail={"client": gone.client}), now)
    say(f"已停用“{gone.client}”的密钥 {gone.id}。")


def verify_audit(head: str | None) -> int:
    """Answer `chainmap audit verify`; returns the exit code."""
    anchor = audit.parse_anchor(head) if head is not None else None
    with opened() as ledger, ledger.read() as tx:
        verdict = audit.verify(tx, anchor)
    if verdict.broken_at is not None:
        say(f"审计记录自第 {verdict.broken_at} 条起不可信：{verdict.why}。")
        return FINDINGS
    whole = (
        "未见改动；末尾是否被截去，须用 --head 核对另存的末条"
        if anchor is None
        else f"至 --head 所指的第 {anchor[0]} 条未被截去或改写"
    )
    say(f"审计记录 {verdict.n_entries} 条，首尾相接，{whole}。")
    if verdict.n_entries:
        say(f"当前末条：{verdict.n_entries}:{verdict.head}（另行保存，供日后 --head 核对）")
    return 0


def list_audit(limit: int, action: str | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap audit list`."""
    with opened() as ledger, ledger.read() as tx:
        found = audit.latest(tx, limit, action)
    rows: Rows = [
        {
            "序号": entry.seq,
            "时间（UTC）": entry.at,
            "谁": entry.actor,
            "做了什么": entry.action,
            "对象": entry.object,
            "结果": entry.outcome,
            "详情": "" if entry.detail == "{}" else entry.detail,
            "请求号": entry.request_id,
        }
        for entry in found
    ]
    emit(fmt, out, record=[vars(entry) for entry in found], rows=rows, title="审计记录")


def upgrade_database() -> None:
    """Answer `chainmap database upgrade`."""
    with opened(migrate=False) as ledger:
        changed = schema.upgrade(ledger)
        state = "已升级到" if changed else "已是"
        say(f"{ledger.shown} {state} {schema.newest_revision()}。")


def database_status() -> int:
    """Answer `chainmap database status`; returns the exit code."""
    with opened(migrate=False) as ledger:
        if ledger.file is not None and not ledger.file.is_file():
            say(f"{ledger.shown} 尚未建立，首次启动服务或建立密钥时建立。")
            return FINDINGS
        found = schema.stored_revision(ledger)
        newest = schema.newest_revision()
        say(f"{ledger.shown} 结构 {found or '空'}，本版本 {newest}。")
        return 0 if found == newest else FINDINGS


def _role(given: str) -> AccessRole:
    try:
        return AccessRole(given)
    except ValueError as error:
        raise InputError(f"没有角色“{given}”。", todo=f"可用：{'、'.join(AccessRole)}。") from error


def _scope(given: str) -> Scope:
    try:
        return Scope(given)
    except ValueError as error:
        known = "、".join(f"{scope}（{scope.zh}）" for scope in Scope)
        raise InputError(f"没有权限“{given}”。", todo=f"可用：{known}。") from error


def _key_row(key: ApiKey, now: dt.datetime) -> dict[str, str | int | float]:
    return {
        "编号": key.id,
        "用户": key.client,
        "角色": key.role.value,
        "权限": "、".join(sorted(key.scopes)),
        "状态": _STATE_ZH[key.state(now)],
        "建立": key.created_at.date().isoformat(),
        "到期": key.expires_at.date().isoformat() if key.expires_at else "",
        "最近使用": key.last_used_at.isoformat(timespec="minutes") if key.last_used_at else "",
        "网页来源": "、".join(key.origins),
        "频率": key.rate or "",
    }
