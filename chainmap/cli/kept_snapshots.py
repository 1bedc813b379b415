"""Snapshots kept on this machine: saved under a name, found by name, id or file."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from chainmap.cli.output import say
from chainmap.concepts.modes import ModeAsked
from chainmap.errors import ConflictError, InputError
from chainmap.ledger import audit, lists, schema
from chainmap.ledger.audit import Deed
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.lists import SavedList
from chainmap.ranking.snapshots import ListSnapshot
from chainmap.reports import snapshot_store
from chainmap.reports.snapshot_names import snapshot_called
from chainmap.settings import load_settings
from chainmap.sources.snapshot_files import SUFFIX

CLIENT = "loopback"
"""Whose a list is that was saved on the machine itself: theirs who use the service here without a
key, so that both see the same."""
MOST_LISTED = 1000
LONGEST_NAME = 120


class Keeping(NamedTuple):
    """Under which name a list is to be kept, and where; by which mode it is made."""

    name: str
    workspace: Path | None
    mode: ModeAsked | None = None


class Found(NamedTuple):
    """A snapshot and what it is called; its row where the ledger knows it."""

    name: str
    snapshot: ListSnapshot
    saved: SavedList | None


def sound_name(given: str) -> str:
    """Return a list's name as the pages and the API take it."""
    name = " ".join(given.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InputError(f"快照名称应为 1 到 {LONGEST_NAME} 字。", todo="如 --save 绍兴集成电路。")
    return name


def keep(snapshot: ListSnapshot, keeping: Keeping) -> None:
    """Keep a snapshot under its name, with its entry in the audit log.

    Raises:
        ConflictError: The name is taken by another list.
    """
    now = dt.datetime.now(dt.UTC)
    new = snapshot_store.new_list(keeping.name, snapshot, f"account:{_account()}")
    with _ledger(keeping.workspace) as ledger, ledger.write() as tx:
        before = lists.named(tx, keeping.name)
        if before is not None and before.content_id == snapshot.id:
            say(f"快照“{keeping.name}”已经存有同样的内容（{snapshot.id[:12]}），没有再存。")
            return
        if before is not None:
            raise ConflictError(f"名称“{keeping.name}”已用于另一份快照。", todo="请换一个名称。")
        folder = _workspace(keeping.workspace)
        saved = snapshot_store.store(tx, folder, snapshot, new, (CLIENT, now))
        detail: audit.Detail = {"sha256": saved.sha256, "snapshot": snapshot.id}
        audit.append(tx, Deed("cli", "list.save", saved.id, detail=detail), now)
    say(f"已保存快照“{keeping.name}”（{snapshot.id[:12]}）。")


def listed(workspace: Path | None) -> list[SavedList]:
    """Return what is kept, newest first."""
    with _ledger(workspace) as ledger, ledger.read() as tx:
        return list(lists.newest(tx, MOST_LISTED, filed=True))


def find_snapshot(name: str, workspace: Path | None) -> Found:
    """Return the snapshot that a name, the start of an id, or a file means.

    Raises:
        UnknownNameError: Nothing answers to it.
        InputError: Several do, or its file is missing or damaged.
    """
    file = Path(name)
    if file.suffix.lower() == SUFFIX:
        return Found(file.stem, snapshot_store.load_file(file), None)
    with _ledger(workspace) as ledger, ledger.read() as tx:
        saved = snapshot_called(tx, name)
    return Found(saved.name, snapshot_store.load(_workspace(workspace), saved), saved)


@contextmanager
def _ledger(workspace: Path | None) -> Iterator[Ledger]:
    ledger = Ledger(ledger_url(load_settings().database, _workspace(workspace)))
    try:
        schema.upgrade(ledger)
        yield ledger
    finally:
        ledger.close()


def _workspace(given: Path | None) -> Path:
    return given or load_settings().workspace


def _account() -> str:
    """Return the operating account; accounts without a name are said to be so."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return "unnamed"
