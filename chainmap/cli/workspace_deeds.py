"""What commands change in a workspace's tables, with its entry in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from chainmap.cli.service_answers import opened
from chainmap.ledger import audit
from chainmap.ledger.audit import Deed, Detail
from chainmap.settings import load_settings
from chainmap.sources.workspace import Around, ImportedList, Manifest, Workspace


def recorded_workspace(given: Path | None, action: str) -> Workspace:
    """Return a workspace whose every change is an entry of the audit log.

    That the log can be written is made sure of now, before any work.

    Args:
        given: The folder; None is the deployment's.
        action: As the service calls the same deed, like `import`.

    Raises:
        LedgerError: The operational database cannot be used.
    """
    folder = given or load_settings().workspace
    with opened(folder):
        return Workspace(folder, around=around_changes(folder, action))


def around_changes(folder: Path, action: str) -> Around:
    """Return what goes around a workspace's changes: each one's entry in the audit log.

    The entry is written first: what cannot be audited does not count, and what does not come to
    count leaves no entry.
    """
    return partial(_recorded, folder, action)


@contextmanager
def _recorded(folder: Path, action: str, new: Manifest, old: Manifest) -> Iterator[None]:
    read = [one for one in new.lists if one not in old.lists]
    tables = sorted(name for name, files in new.tables.items() if files != old.tables.get(name))
    detail: Detail = {"tables": tables, **_counts(read)}
    about = read[0].sha256 if read else ""
    with opened(folder) as ledger, ledger.write() as tx:
        now = dt.datetime.now(dt.UTC)
        audit.append(tx, Deed("cli", action, about, detail=detail), now)
        yield


def _counts(read: list[ImportedList]) -> Detail:
    if not read:
        return {}
    rows, rejected = sum(one.rows for one in read), sum(one.rejected for one in read)
    return {"lists": [one.sha256 for one in read], "rows": rows, "rejected": rejected}
