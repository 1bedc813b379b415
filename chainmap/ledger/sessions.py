"""Sessions of pages that were ended by a logout before their cookie's time was over."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from chainmap.ledger.engine import Transaction
from chainmap.ledger.tables import ENDED_SESSIONS


def end_session(tx: Transaction, session_id: str, until: dt.datetime, now: dt.datetime) -> None:
    """Remember a session as ended; those whose cookies are void by now are forgotten.

    Args:
        tx: A writing transaction that writes an entry of the audit log too, which keeps others
            that end sessions waiting.
        session_id: As its cookie says it.
        until: No cookie of the session is good any longer than this.
        now: This moment.
    """
    over = (ENDED_SESSIONS.c.until < now) | (ENDED_SESSIONS.c.id == session_id)
    tx.execute(ENDED_SESSIONS.delete().where(over))
    tx.execute(ENDED_SESSIONS.insert().values(id=session_id, until=until))


def ended_sessions(tx: Transaction, now: dt.datetime) -> frozenset[str]:
    """Return the sessions that were ended and whose cookies may still be good otherwise."""
    lasting = sa.select(ENDED_SESSIONS.c.id).where(ENDED_SESSIONS.c.until >= now)
    return frozenset(tx.execute(lasting).scalars())
