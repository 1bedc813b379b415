"""Snapshots in a workspace: the ledger keeps the list under its name, a file all it was made from.

The file, named by its content, holds the list too, so that it can be handed on; the ledger's hash
holds the two together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from chainmap.errors import InputError
from chainmap.ledger import lists
from chainmap.ledger.engine import Transaction
from chainmap.ledger.lists import NewList, SavedList
from chainmap.ranking.snapshots import ListSnapshot, members_of, snapshot_of
from chainmap.sources.snapshot_files import SnapshotFolder, archive_bytes, read_archive

KIND = "targets"


def new_list(name: str, snapshot: ListSnapshot, saved_by: str) -> NewList:
    """Return what the ledger is to keep of a snapshot: its name, its question, where it stands."""
    asked, options = snapshot.question, snapshot.options
    question: dict[str, Any] = {
        "city": asked.city_code,
        "chain": asked.chain_id,
        "segment": asked.segment_id or asked.ranked_for,
        "as_of": asked.as_of.isoformat(),
        "include_expired": asked.include_expired,
        "top": options.top,
        "per_segment": options.per_segment,
        "weights": dict(options.weights),
    }
    if asked.mode is not None:
        question |= {"mode": asked.mode, "leader": asked.leader}
        question |= {"industries": list(asked.industries)}
    filters = {"home": asked.home, "title": asked.title, "kind": asked.kind}
    question |= {name: value for name, value in filters.items() if value is not None}
    if asked.listed is not None:
        question["listed"] = "yes" if asked.listed else "no"
    made_from, content = rests_on(snapshot.versions), snapshot.content.decode()
    return NewList(name, KIND, question, made_from, content, snapshot.id, saved_by)


def rests_on(versions: dict[str, str]) -> str:
    """Return the id of code, taxonomy, data and models together, as `Chainmap-Snapshot` says it."""
    parts = (versions[name] for name in ("code", "taxonomy", "data", "models"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def store(
    tx: Transaction,
    workspace: Path,
    snapshot: ListSnapshot,
    new: NewList,
    of: tuple[str, dt.datetime],
) -> SavedList:
    """Return a snapshot as kept: its file written, then its row.

    Args:
        tx: The transaction the row is written in.
        workspace: Where the file goes.
        snapshot: What is kept.
        new: From `new_list`.
        of: The client whose it is, and now.

    Raises:
        InputError: The workspace cannot be written.
    """
    client, now = of
    lists.hold_files(tx)
    SnapshotFolder(workspace).write(snapshot.id, archive_bytes(members_of(snapshot)))
    return lists.save(tx, new, client, now)


def load(workspace: Path, saved: SavedList) -> ListSnapshot:
    """Return the snapshot that a saved list stands in.

    Raises:
        InputError: It stands in none, or its file is missing, damaged or another's.
    """
    if saved.content_id is None:
        raise InputError(
            f"名单“{saved.name}”保存得早，没有存下输入，不能重新排序或比较。",
            todo="请重新保存一份。",
        )
    found = snapshot_of(SnapshotFolder(workspace).read(saved.content_id))
    if found.id != saved.content_id or found.content_sha256 != saved.sha256:
        raise InputError(f"快照“{saved.name}”与保存时不同。", todo="文件被改动过，请从备份恢复。")
    return found


def load_file(file: Path) -> ListSnapshot:
    """Return the snapshot in a file that was exported.

    Raises:
        InputError: It is no snapshot, or damaged.
    """
    return snapshot_of(read_archive(file))


def let_go(tx: Transaction, workspace: Path, saved: SavedList) -> None:
    """Take a deleted list's file away where no other list stands in it."""
    lists.hold_files(tx)
    if saved.content_id is not None and not lists.in_use(tx, saved.content_id):
        SnapshotFolder(workspace).remove(saved.content_id)
