"""Which sessions of pages were ended by a logout, as far as a server process knows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from chainmap.ledger import sessions
from chainmap.ledger.engine import Ledger


class EndedSessions:
    """The sessions that were ended, at most some seconds old.

    Args:
        ledger: Where they stand.
        now: The clock.
        remembered_s: How long they are taken from memory.
    """

    def __init__(self, ledger: Ledger, now: Callable[[], dt.datetime], remembered_s: float) -> None:
        self._ledger = ledger
        self._now = now
        self._remembered_s = remembered_s
        self._found: tuple[float, frozenset[str]] | None = None

    def __contains__(self, session_id: str) -> bool:
        moment, found = time.monotonic(), self._found
        if found is None or moment - found[0] > self._remembered_s:
            with self._ledger.read() as tx:
                found = (moment, sessions.ended_sessions(tx, self._now()))
            self._found = found
        return session_id in found[1]

    def forget(self) -> None:
        """Look anew the next time: there is one more."""
        self._found = None
