"""The audit log: who did what, in entries chained by hashes, so that a changed one shows.

Each entry's digest is SHA-256 over the canonical JSON of its fields, the digest of the entry before
among them. The chain alone cannot show that its end was cut off, or that somebody wrote all of it
anew; for that the head (number and digest) is also written to the service log with every entry and
can be held against the chain.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa

from chainmap.errors import InputError
from chainmap.ledger.engine import Transaction
from chainmap.ledger.tables import AUDIT

FIRST = "0" * 64
"""What stands before the first entry."""

_BATCH = 1000

Detail = Mapping[str, str | int | float | bool | list[str] | None]


class Deed(NamedTuple):
    """Something to be remembered.

    Attributes:
        actor: Key id and client, or `cli`, or `loopback`; never a person's data.
        action: What kind of thing was done, like `key.create`.
        object: What it was done to.
        outcome: `ok`, or the problem it ended with.
        detail: More of it; no secrets, no personal data.
        request_id: The request it belongs to, as in the service log; empty for a command.
    """

    actor: str
    action: str
    object: str = ""
    outcome: str = "ok"
    detail: Detail = MappingProxyType({})
    request_id: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of the log, as stored; `detail` is canonical JSON."""

    seq: int
    at: str
    actor: str
    action: str
    object: str
    outcome: str
    detail: str
    request_id: str
    previous: str
    digest: str


class Verdict(NamedTuple):
    """What a check of the chain found.

    Attributes:
        n_entries: How many entries hold together, from the first on.
        head: Digest of the last of them.
        broken_at: Number of the first entry that does not; None for a sound chain.
        why: What is wrong with it, in Chinese.
    """

    n_entries: int
    head: str
    broken_at: int | None = None
    why: str = ""


def append(tx: Transaction, deed: Deed, now: dt.datetime) -> Entry:
    """Return the entry written for a deed, in the transaction of what it tells of."""
    if tx.dialect.name == "postgresql":
        # Readers go on; a second writer waits until this transaction is through.
        tx.execute(sa.text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
    last = tx.execute(
        sa.select(AUDIT.c.seq, AUDIT.c.digest).order_by(AUDIT.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.digest) if last is not None else (1, FIRST)
    fields: dict[str, Any] = {
        "seq": seq,
        "at": now.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        "actor": deed.actor[:100],
        "action": deed.action[:60],
        "object": deed.object[:200],
        "outcome": deed.outcome[:40],
        "detail": canonical(dict(deed.detail)),
        "request_id": deed.request_id[:64],
        "previous": previous,
    }
    entry = Entry(**fields, digest=_digest(fields))
    tx.execute(AUDIT.insert().values(**asdict(entry)))
    return entry


def verify(tx: Transaction, anchor: tuple[int, str] | None = None) -> Verdict:
    """Return whether every entry is as it was written and none is missing before the last.

    Args:
        tx: A reading transaction.
        anchor: Number and digest of an entry noted elsewhere; it must still be there, unchanged.
    """
    previous, count = FIRST, 0
    met = anchor is None
    for entry in entries(tx):
        fields = asdict(entry)
        stored = fields.pop("digest")
        if entry.seq != count + 1:
            return Verdict(count, previous, count + 1, f"缺少第 {count + 1} 条")
        if entry.previous != previous:
            return Verdict(count, previous, entry.seq, "与上一条不相接")
        if _digest(fields) != stored:
            return Verdict(count, previous, entry.seq, "内容与其摘要不符")
        if anchor is not None and entry.seq == anchor[0]:
            if not stored.startswith(anchor[1]):
                return Verdict(count, previous, entry.seq, "与另存的摘要不符，其前的记录被整段重写")
            met = True
        previous, count = stored, entry.seq
    if not met and anchor is not None:
        return Verdict(count, previous, anchor[0], "另存的记录不在其中，末尾被截去")
    return Verdict(count, previous)


def entries(tx: Transaction, after: int = 0) -> Iterator[Entry]:
    """Yield entries in order, from the one behind `after` on."""
    while True:
        behind = sa.select(AUDIT).where(AUDIT.c.seq > after).order_by(AUDIT.c.seq).limit(_BATCH)
        rows = tx.execute(behind).mappings().all()
        yield from (Entry(**row) for row in rows)
        if len(rows) < _BATCH:
            return
        after = rows[-1]["seq"]


def latest(tx: Transaction, limit: int, action: str | None = None) -> list[Entry]:
    """Return the last entries, in order; of one kind where asked for."""
    query = sa.select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(limit)
    if action is not None:
        query = query.where(AUDIT.c.action == action)
    return [Entry(**row) for row in tx.execute(query).mappings()][::-1]


def parse_anchor(text: str) -> tuple[int, str]:
    """Return number and digest of `17:ab12…`, at least 16 digits of the digest.

    Raises:
        InputError: It is not written so.
    """
    number, _, digest = text.partition(":")
    if not (number.isdecimal() and len(digest) >= 16 and set(digest) <= set("0123456789abcdef")):
        raise InputError(f"“{text}”应写作 序号:摘要。", todo="摘要至少 16 位，可从服务日志抄录。")
    return int(number), digest


def canonical(content: object) -> str:
    """Return JSON with one way to write each value: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(fields: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(fields).encode()).hexdigest()
