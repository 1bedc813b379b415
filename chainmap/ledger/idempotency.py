"""Idempotency records: a write that is sent twice under one key is done once.

The record is written in the transaction of the write itself, so there is never one without the
other; a second request waits for the first and then gets its answer.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from chainmap.errors import ConflictError
from chainmap.ledger.engine import Transaction
from chainmap.ledger.tables import IDEMPOTENCY

KEPT = dt.timedelta(hours=24)
"""How long a key is remembered: longer than any client keeps retrying."""


class Answered(NamedTuple):
    """What a write was answered with."""

    status: int
    location: str
    body: str


def recall(
    tx: Transaction, owner: tuple[str, str], request_sha256: str, now: dt.datetime
) -> Answered | None:
    """Return what the same request was answered with before, or None for a new one.

    Args:
        tx: The transaction the write will be done in.
        owner: The client and its Idempotency-Key.
        request_sha256: Hash of method, path and body.
        now: Records older than `KEPT` are forgotten.

    Raises:
        ConflictError: The key was used for another request.
    """
    client, key = owner
    if tx.dialect.name == "postgresql":
        # Two of the same at once: the second waits here until the first is through.
        tx.execute(
            sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
            {"name": f"{client}\n{key}"},
        )
    tx.execute(IDEMPOTENCY.delete().where(IDEMPOTENCY.c.created_at < now - KEPT))
    row = tx.execute(
        sa.select(IDEMPOTENCY).where(IDEMPOTENCY.c.client == client, IDEMPOTENCY.c.key == key)
    ).one_or_none()
    if row is None:
        return None
    if row.request_sha256 != request_sha256:
        raise ConflictError(
            "同一个 Idempotency-Key 已用于另一个请求。",
            todo="每个新请求换一个新的 Idempotency-Key。",
        )
    return Answered(row.status, row.location, row.body)


def remember(
    tx: Transaction,
    owner: tuple[str, str],
    request_sha256: str,
    answered: Answered,
    now: dt.datetime,
) -> None:
    """Write what a request was answered with."""
    client, key = owner
    tx.execute(
        IDEMPOTENCY.insert().values(
            client=client,
            key=key,
            request_sha256=request_sha256,
            status=answered.status,
            location=answered.location,
            body=answered.body,
            created_at=now,
        )
    )
