"""What the `chainmap catalogue` commands write, with its entry in the audit log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from chainmap.catalogue.store import save
from chainmap.cli.service_answers import opened
from chainmap.concepts.catalogue import Catalogue
from chainmap.ledger import audit
from chainmap.ledger.audit import Deed, Detail
from chainmap.settings import load_settings
from chainmap.sources.catalogue_folder import CatalogueFolder


def workspace_of(given: Path | None) -> Path:
    """Return the workspace asked for, else the deployment's."""
    return given or load_settings().workspace


def save_recorded(
    catalogue: Catalogue, workspace: Path | None, action: str, detail: Detail | None = None
) -> Path:
    """Store a version as `store.save` does; returns its file.

    The entry is written first: what cannot be audited is not stored, and what cannot be stored
    leaves no entry.

    Args:
        catalogue: What is stored.
        workspace: Where; None is the deployment's.
        action: As the service calls the same deed, like `catalogue.approve`.
        detail: More of it; the content's hash is said of all.

    Raises:
        InputError: As `store.save`.
        LedgerError: The operational database cannot be used.
    """
    said: Detail = {"sha256": catalogue.content_sha256, **(detail or {})}
    with opened(workspace) as ledger, ledger.write() as tx:
        deed = Deed("cli", action, catalogue.version_name, detail=said)
        audit.append(tx, deed, dt.datetime.now(dt.UTC))
        return save(catalogue, CatalogueFolder(workspace_of(workspace)))
