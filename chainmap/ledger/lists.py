"""Saved lists: a target or gap list kept exactly as it was answered."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chainmap.errors import UnknownNameError
from chainmap.ledger.engine import Transaction
from chainmap.ledger.tables import SAVED_LISTS

_FILES_LOCK = 4_202_612
"""The PostgreSQL advisory lock of snapshots' files; any number but the schema's would do."""


@dataclass(frozen=True)
class NewList:
    """What is to be saved.

    Attributes:
        name: As the reader calls it.
        kind: `targets` or `gaps`.
        question: The question it answers.
        snapshot_id: What it was made from.
        content: The answer, byte for byte.
        content_id: The snapshot whose file holds it with all it was ranked from; None is none.
        saved_by: The key or the operating account that saved it.
    """

    name: str
    kind: str
    question: dict[str, Any]
    snapshot_id: str
    content: str
    content_id: str | None = None
    saved_by: str | None = None


@dataclass(frozen=True)
class SavedList:
    """A list that is kept.

    Attributes:
        content: The answer, byte for byte.
        sha256: Hash of the answer.
        content_id: The snapshot whose file holds it with all it was ranked from; None is none.
    """

    id: str
    name: str
    kind: str
    client: str
    question: dict[str, Any]
    snapshot_id: str
    content: str
    sha256: str
    created_at: dt.datetime
    content_id: str | None = None
    saved_by: str | None = None


def save(tx: Transaction, new: NewList, client: str, now: dt.datetime) -> SavedList:
    """Return the list as kept."""
    saved = SavedList(
        id=uuid.uuid4().hex,
        name=new.name,
        kind=new.kind,
        client=client,
        question=new.question,
        snapshot_id=new.snapshot_id,
        content=new.content,
        sha256=hashlib.sha256(new.content.encode()).hexdigest(),
        created_at=now,
        content_id=new.content_id,
        saved_by=new.saved_by,
    )
    tx.execute(SAVED_LISTS.insert().values(**vars(saved)))
    return saved


def get(tx: Transaction, list_id: str) -> SavedList:
    """Return a saved list.

    Raises:
        UnknownNameError: No list has this id.
    """
    row = tx.execute(sa.select(SAVED_LISTS).where(SAVED_LISTS.c.id == list_id)).mappings().first()
    if row is None:
        raise UnknownNameError("名单", list_id)
    return SavedList(**row)


def rename(tx: Transaction, list_id: str, name: str) -> SavedList:
    """Return a saved list under another name; everything else of it stays.

    Raises:
        UnknownNameError: No list has this id.
    """
    tx.execute(SAVED_LISTS.update().where(SAVED_LISTS.c.id == list_id).values(name=name))
    return get(tx, list_id)


def newest(
    tx: Transaction,
    limit: int,
    before: SavedList | None = None,
    client: str | None = None,
    filed: bool = False,
) -> list[SavedList]:
    """Return saved lists, newest first, from the one behind `before` on; one client's, or all.

    Args:
        tx: The transaction.
        limit: Most lists.
        before: The last one of the page before.
        client: Whose; None is everybody's.
        filed: Only those that stand in a snapshot's file.
    """
    query = sa.select(SAVED_LISTS).limit(limit)
    if filed:
        query = query.where(SAVED_LISTS.c.content_id.is_not(None))
    query = query.order_by(SAVED_LISTS.c.created_at.desc(), SAVED_LISTS.c.id.desc())
    if client is not None:
        query = query.where(SAVED_LISTS.c.client == client)
    if before is not None:
        created, id_ = SAVED_LISTS.c.created_at, SAVED_LISTS.c.id
        earlier = (created == before.created_at) & (id_ < before.id)
        query = query.where((created < before.created_at) | earlier)
    return [SavedList(**row) for row in tx.execute(query).mappings()]


def named(tx: Transaction, name: str) -> SavedList | None:
    """Return the newest list of a name whose answer stands in a file, or None."""
    return next(iter(all_named(tx, name)), None)


def all_named(tx: Transaction, name: str, client: str | None = None) -> list[SavedList]:
    """Return the filed lists of a name, newest first; one client's, or all."""
    query = sa.select(SAVED_LISTS).where(
        SAVED_LISTS.c.name == name, SAVED_LISTS.c.content_id.is_not(None)
    )
    if client is not None:
        query = query.where(SAVED_LISTS.c.client == client)
    newest_first = query.order_by(SAVED_LISTS.c.created_at.desc(), SAVED_LISTS.c.id.desc())
    return [SavedList(**row) for row in tx.execute(newest_first).mappings()]


def begins_with(tx: Transaction, start: str) -> list[SavedList]:
    """Return the filed lists whose own id or snapshot's id begins with some hex digits."""
    query = sa.select(SAVED_LISTS).where(
        SAVED_LISTS.c.content_id.is_not(None),
        SAVED_LISTS.c.content_id.startswith(start, autoescape=True)
        | SAVED_LISTS.c.id.startswith(start, autoescape=True),
    )
    newest_first = query.order_by(SAVED_LISTS.c.created_at.desc(), SAVED_LISTS.c.id.desc())
    return [SavedList(**row) for row in tx.execute(newest_first).mappings()]


def in_use(tx: Transaction, content_id: str) -> bool:
    """Return whether a list refers to a snapshot's file."""
    query = sa.select(SAVED_LISTS.c.id).where(SAVED_LISTS.c.content_id == content_id).limit(1)
    return tx.execute(query).first() is not None


def hold_files(tx: Transaction) -> None:
    """Keep every other writer from snapshots' files until the transaction ends.

    SQLite has one writer at a time anyhow. Without it a file could be taken away between the
    moment somebody finds it there and the moment their row refers to it.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _FILES_LOCK})


def delete(tx: Transaction, list_id: str) -> SavedList:
    """Return the list that is no longer kept.

    Raises:
        UnknownNameError: No list has this id.
    """
    gone = get(tx, list_id)
    tx.execute(SAVED_LISTS.delete().where(SAVED_LISTS.c.id == list_id))
    return gone
