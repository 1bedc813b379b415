"""What the running service holds: its settings, its ledger, and who has used which key."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from starlette.requests import HTTPConnection
from starlette.types import Scope as AsgiScope

from chainmap.concepts.access import Scope
from chainmap.errors import LedgerError
from chainmap.ledger import audit, keys
from chainmap.ledger.audit import Deed, Entry
from chainmap.ledger.engine import Ledger, Transaction
from chainmap.ledger.keys import ApiKey
from chainmap.server.ended_sessions import EndedSessions
from chainmap.settings import Settings
from chainmap.sources.serving import serving

log = logging.getLogger(__name__)

REMEMBERED_S = 5.0
"""How long a key's state is taken from memory: a revoked key works at most this much longer."""

FLUSH_S = 60.0
"""How often the tally goes to the audit log; what a kill may lose of it is in the service log."""

MOST_TALLIED = 500
"""Lines of the tally between two flushes; what comes on top is counted together, so that nobody
fills the disk by asking in ever new ways."""

KEYLESS_SCOPES = frozenset(Scope) - {Scope.ADMIN}
"""What first use on this machine may do without a key; the audit log stays closed."""


class Principal(NamedTuple):
    """Who asks.

    Attributes:
        name: Key id and client, `loopback` for first use, `anonymous` for nobody.
        scopes: What they may do.
        key: The key they showed; None for first use and for nobody.
        by_cookie: Whether a page's login cookie stands for the key.
        embedded_in: The origin of the page that shows an embed token in place of the key.
    """

    name: str
    scopes: frozenset[Scope]
    key: ApiKey | None = None
    by_cookie: bool = False
    embedded_in: str | None = None

    @property
    def embedded(self) -> bool:
        """Whether an embed token stands for the key."""
        return self.embedded_in is not None

    @property
    def origins(self) -> tuple[str, ...]:
        """The foreign web origins from which they may ask."""
        if self.key is None or self.by_cookie:
            return ()
        if self.embedded_in is None:
            return self.key.origins
        return (self.embedded_in,) if self.embedded_in in self.key.origins else ()


ANONYMOUS = Principal("anonymous", frozenset())
LOOPBACK = Principal("loopback", KEYLESS_SCOPES)


class _Count(NamedTuple):
    requests: int
    first: dt.datetime
    last: dt.datetime


def utc_now() -> dt.datetime:
    """Return this moment in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass
class Service:
    """One server process.

    Attributes:
        settings: As given at its start.
        ledger: The operational database, its schema up to date.
        now: The clock; tests give their own.
        ended: Sessions that a logout ended.
    """

    settings: Settings
    ledger: Ledger
    now: Callable[[], dt.datetime] = utc_now
    ended: EndedSessions = field(init=False)
    _known: dict[str, tuple[float, ApiKey | None]] = field(default_factory=dict)
    _keyless: tuple[float, bool] | None = None
    _origins: tuple[float, frozenset[str]] | None = None
    _tally: dict[tuple[str, str, str], _Count] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.ended = EndedSessions(self.ledger, lambda: self.now(), REMEMBERED_S)

    @property
    def lease(self) -> dt.timedelta:
        """How long a claim on a job holds without a heartbeat."""
        return dt.timedelta(seconds=self.settings.job_lease_s)

    def key_of(self, text: str) -> ApiKey | None:
        """Return the key a text proves to hold, at most `REMEMBERED_S` old; None if wrong."""
        return self._remembered(f"text:{text}", lambda tx: keys.find_key(tx, text))

    def key_by_id(self, key_id: str) -> ApiKey | None:
        """Return the key with this id, at most `REMEMBERED_S` old."""
        return self._remembered(f"id:{key_id}", lambda tx: keys.get_key(tx, key_id))

    def keyless(self) -> bool:
        """Return whether no key was ever made and nobody can log in otherwise.

        Once there is a key, this is over for good.
        """
        if self.settings.oidc_issuer is not None:
            return False
        moment = time.monotonic()
        found = self._keyless
        if found is None or (found[1] and moment - found[0] > REMEMBERED_S):
            with self.ledger.read() as tx:
                found = (moment, not keys.any_key(tx))
            self._keyless = found
        return found[1]

    def allowed_origins(self) -> frozenset[str]:
        """Return every web origin an active key allows; for CORS preflights, which show no key."""
        moment = time.monotonic()
        found = self._origins
        if found is None or moment - found[0] > REMEMBERED_S:
            with self.ledger.read() as tx:
                active = [k for k in keys.list_keys(tx) if k.state(self.now()) == "active"]
            found = (moment, frozenset(origin for key in active for origin in key.origins))
            self._origins = found
        return found[1]

    def tally(self, actor: str, action: str, about: str) -> None:
        """Count a use of a key, or a refusal, for the next flush."""
        now = self.now()
        with self._lock:
            name = (actor, action, about)
            if name not in self._tally and len(self._tally) >= MOST_TALLIED:
                name = ("", action, "others")
            before = self._tally.get(name, _Count(0, now, now))
            self._tally[name] = _Count(before.requests + 1, before.first, now)

    def flush(self) -> None:
        """Write what was counted to the audit log: one entry for each key, refusal and window."""
        with self._lock:
            counted, self._tally = self._tally, {}
        if not counted:
            return
        try:
            self._write(counted)
        except LedgerError:
            with self._lock:
                self._tally = counted | self._tally  # kept for the next flush
            raise

    def _write(self, counted: dict[tuple[str, str, str], _Count]) -> None:
        with self.record() as write:
            for (actor, action, about), count in counted.items():
                detail: audit.Detail = {
                    "requests": count.requests,
                    "first": count.first.isoformat(timespec="seconds"),
                    "last": count.last.isoformat(timespec="seconds"),
                }
                outcome = "ok" if action == "key.use" else "refused"
                write(Deed(actor or "many", action, about, outcome, detail))
            keys.note_use(write.tx, _last_uses(counted))

    @contextmanager
    def record(self) -> Iterator[Recorder]:
        """Yield a writing transaction that also takes deeds; their digests go to the log."""
        with self.ledger.write() as tx:
            recorder = Recorder(tx, self.now())
            yield recorder
        for entry in recorder.entries:
            log.info(
                "audit",
                extra={"audit": f"{entry.seq}:{entry.digest}", "action": entry.action},
            )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Yield while the server runs: the tally is flushed now and then, and at the end."""
        with serving(self.settings.workspace):
            flushing = asyncio.create_task(self._flush_now_and_then())
            try:
                yield
            finally:
                flushing.cancel()
                with suppress(asyncio.CancelledError):
                    await flushing
                await asyncio.to_thread(self.flush)
                self.ledger.close()

    async def _flush_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_S)
            try:
                await asyncio.to_thread(self.flush)
            except LedgerError as error:
                log.error("tally not written: %s", error)

    def _remembered(self, name: str, look: Callable[[Transaction], ApiKey | None]) -> ApiKey | None:
        moment = time.monotonic()
        found = self._known.get(name)
        if found is None or moment - found[0] > REMEMBERED_S:
            with self.ledger.read() as tx:
                found = (moment, look(tx))
            if len(self._known) >= MOST_TALLIED:
                self._known.clear()
            if found[1] is not None:  # wrong ones are not kept: there are too many of them
                self._known[name] = found
        return found[1]


class Recorder:
    """A transaction and the deeds that belong to it."""

    def __init__(self, tx: Transaction, now: dt.datetime) -> None:
        self.tx = tx
        self.now = now
        self.entries: list[Entry] = []

    def __call__(self, deed: Deed) -> None:
        """Write a deed in this transaction."""
        self.entries.append(audit.append(self.tx, deed, self.now))


def service_of(connection: HTTPConnection) -> Service:
    """Return the service that answers a request."""
    found: Service = connection.app.state.service
    return found


def principal_of(connection: HTTPConnection) -> Principal:
    """Return who asks; nobody where nothing has looked."""
    found: Principal = connection.scope.get("state", {}).get("principal", ANONYMOUS)
    return found


def request_id_of(connection: HTTPConnection) -> str:
    """Return the request's id, as in its `X-Request-ID` and in the log."""
    return str(connection.scope.get("state", {}).get("request_id", ""))


def network_of(scope: AsgiScope) -> str:
    """Return the network a request comes from: enough to find a source, not a person.

    IPv4 without its last eight bits, IPv6 without its last eighty.
    """
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    kept = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{kept}", strict=False))


def is_loopback(host: str) -> bool:
    """Return whether a host name or address means this machine only."""
    bare = host.strip("[]")
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return bare == "localhost"


def _last_uses(
    counted: dict[tuple[str, str, str], _Count],
) -> list[tuple[str, dt.datetime]]:
    return [
        (actor.partition(":")[0], count.last)
        for (actor, action, _), count in counted.items()
        if action == "key.use" and ":" in actor
    ]
