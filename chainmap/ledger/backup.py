"""Backup of the database: every table as JSON lines in one archive, whatever the database.

One reading transaction sees one state, so a backup taken under load is whole; and since a row is
written the same way by SQLite and PostgreSQL, a backup of one can be restored into the other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from zipfile import BadZipFile, ZipFile

import sqlalchemy as sa

from chainmap.errors import ConflictError, InputError
from chainmap.ledger import audit
from chainmap.ledger.engine import Ledger, Transaction
from chainmap.ledger.schema import newest_revision, stored_revision, upgrade
from chainmap.ledger.tables import METADATA, UtcTime

MANIFEST = "backup.json"
_FORMAT = 1
_BATCH = 500
_EMPTY_AFTERWARDS = "idempotency_record"
"""Left out: an answer given before the backup must not be repeated to somebody after a restore,
when the write it speaks of may be gone."""


def dump(ledger: Ledger, archive: ZipFile, now: dt.datetime) -> dict[str, int]:
    """Write every table into an archive; returns rows by table.

    Raises:
        LedgerError: The database cannot be read.
    """
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    revision = stored_revision(ledger)
    with ledger.read() as tx:
        for table in _kept():
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
                counts[table.name], digests[table.name] = _write(tx, table, member)
    about = {
        "format": _FORMAT,
        "revision": revision,
        "made_at": now.isoformat(timespec="seconds"),
        "rows": counts,
        "sha256": digests,
    }
    archive.writestr(MANIFEST, audit.canonical(about) + "\n")
    return counts


def load(ledger: Ledger, archive: ZipFile, *, replace: bool) -> dict[str, int]:
    """Put a backup into a database, all of it or nothing; returns rows by table.

    Args:
        ledger: A new or empty database; one that holds rows only with `replace`.
        archive: From `dump`.
        replace: Drop what is there first.

    Raises:
        InputError: The archive is no backup, damaged, or of another schema.
        ConflictError: The database holds rows and `replace` is not set.
    """
    about = read_manifest(archive)
    upgrade(ledger)
    with ledger.write() as tx:
        if _holds_rows(tx):
            if not replace:
                raise ConflictError(
                    f"数据库 {ledger.shown} 中已有数据，没有恢复。",
                    todo="换一个空的工作目录，或加 --replace 覆盖。",
                )
            _drop_all(tx)
    if replace:
        upgrade(ledger)
    counts = {}
    with ledger.write() as tx:
        for table in _kept():
            counts[table.name] = _read(tx, table, archive, about["sha256"][table.name])
    with ledger.read() as tx:
        verdict = audit.verify(tx)
    if verdict.broken_at is not None:
        raise InputError(
            f"备份中的审计记录自第 {verdict.broken_at} 条起不可信：{verdict.why}。",
            todo="数据已恢复；请保留该备份文件并查明原因。",
        )
    return counts


def read_manifest(archive: ZipFile) -> dict[str, Any]:
    """Return what an archive says of itself.

    Raises:
        InputError: It is no backup, or of another schema than this code's.
    """
    try:
        about: dict[str, Any] = json.loads(archive.read(MANIFEST))
        fits = about["format"] == _FORMAT and set(about["sha256"]) == {t.name for t in _kept()}
    except (KeyError, ValueError, TypeError, BadZipFile) as error:
        raise InputError("这不是 chainmap backup 写成的文件，或已损坏。") from error
    if not fits or about["revision"] != newest_revision():
        raise InputError(
            f"备份的结构为 {about['revision']}，本版本为 {newest_revision()}。",
            todo="请用写成它的版本恢复，再升级。",
        )
    return about


def _kept() -> list[sa.Table]:
    return [table for table in METADATA.sorted_tables if table.name != _EMPTY_AFTERWARDS]


def _write(tx: Transaction, table: sa.Table, member: Any) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    ordered = sa.select(table).order_by(*table.primary_key.columns)
    with tx.execution_options(yield_per=_BATCH).execute(ordered) as rows:
        for row in rows.mappings():
            plain = {
                name: value.isoformat() if isinstance(value, dt.datetime) else value
                for name, value in row.items()
            }
            line = audit.canonical(plain).encode() + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    return count, digest.hexdigest()


def _read(tx: Transaction, table: sa.Table, archive: ZipFile, expected: str) -> int:
    digest, count = hashlib.sha256(), 0
    batch: list[Mapping[str, Any]] = []
    for line in _lines(archive, f"tables/{table.name}.jsonl"):
        digest.update(line)
        batch.append(_row(table, json.loads(line)))
        count += 1
        if len(batch) == _BATCH:
            tx.execute(table.insert(), batch)
            batch = []
    if batch:
        tx.execute(table.insert(), batch)
    if digest.hexdigest() != expected:
        raise InputError(f"备份中的表 {table.name} 已损坏（摘要不符），没有恢复。")
    return count


def _lines(archive: ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as member:
            yield from member
    except (KeyError, BadZipFile, EOFError) as error:
        raise InputError(f"备份缺少 {name} 或已损坏，没有恢复。") from error


def _row(table: sa.Table, plain: dict[str, Any]) -> dict[str, Any]:
    moments = {column.name for column in table.columns if isinstance(column.type, UtcTime)}
    return {
        name: dt.datetime.fromisoformat(value) if name in moments and value else value
        for name, value in plain.items()
    }


def _holds_rows(tx: Transaction) -> bool:
    return any(tx.execute(sa.select(t).limit(1)).first() is not None for t in _kept())


def _drop_all(tx: Transaction) -> None:
    METADATA.drop_all(tx)
    tx.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
    if tx.dialect.name == "postgresql":
        tx.execute(sa.text("DROP FUNCTION IF EXISTS chainmap_audit_frozen()"))
