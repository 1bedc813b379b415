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


@dataclass(frozen=True)
class NewList:
    """What is to be saved.

    Attributes:
        name: As the reader calls it.
        kind: `targets` or `gaps`.
        question: The question it answers.
        snapshot_id: What it was made from.
        content: The answer, byte for byte.
    """

    name: str
    kind: str
    question: dict[str, Any]
    snapshot_id: str
    content: str


@dataclass(frozen=True)
class SavedList(NewList):
    """A list that is kept."""

    id: str
    client: str
    sha256: str
    created_at: dt.datetime


def save(tx: Transaction, new: NewList, client: str, now: dt.datetime) -> SavedList:
    """Return the list as kept."""
    saved = SavedList(
        name=new.name,
        kind=new.kind,
        question=new.question,
        snapshot_id=new.snapshot_id,
        content=new.content,
        id=uuid.uuid4().hex,
        client=client,
        sha256=hashlib.sha256(new.content.encode()).hexdigest(),
        created_at=now,
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


def newest(
    tx: Transaction, limit: int, before: SavedList | None = None, client: str | None = None
) -> list[SavedList]:
    """Return saved lists, newest first, from the one behind `before` on; one client's, or all."""
    query = sa.select(SAVED_LISTS).limit(limit)
    query = query.order_by(SAVED_LISTS.c.created_at.desc(), SAVED_LISTS.c.id.desc())
    if client is not None:
        query = query.where(SAVED_LISTS.c.client == client)
    if before is not None:
        created, id_ = SAVED_LISTS.c.created_at, SAVED_LISTS.c.id
        earlier = (created == before.created_at) & (id_ < before.id)
        query = query.where((created < before.created_at) | earlier)
    return [SavedList(**row) for row in tx.execute(query).mappings()]


def delete(tx: Transaction, list_id: str) -> SavedList:
    """Return the list that is no longer kept.

    Raises:
        UnknownNameError: No list has this id.
    """
    gone = get(tx, list_id)
    tx.execute(SAVED_LISTS.delete().where(SAVED_LISTS.c.id == list_id))
    return gone
