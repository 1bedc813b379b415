"""A catalogue's draft approved: the same for the page and the API, and in the audit chain."""

from __future__ import annotations

from fastapi import Request

from chainmap.catalogue.store import as_approved, catalogue_if_any, save
from chainmap.concepts.catalogue import Catalogue, Sanction
from chainmap.errors import ConflictError
from chainmap.ledger.audit import Detail
from chainmap.server.service import Recorder, service_of
from chainmap.server.writes import deed
from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.places import City


def approve_version(
    request: Request, write: Recorder, draft: Catalogue, sanction: Sanction
) -> Catalogue:
    """Return the draft as the next approved version, stored, its deed in the transaction.

    The deed is written first: what cannot be audited is not stored; and where somebody else was
    faster, the deed goes with the transaction.

    Raises:
        InputError: As `store.approve`.
    """
    folder = CatalogueFolder(service_of(request).settings.workspace)
    made = as_approved(draft, sanction, folder)
    about: Detail = {
        "by": sanction.by,
        "draft": draft.version_name,
        "sha256": made.content_sha256,
    }
    write(deed(request, "catalogue.approve", made.version_name, about))
    save(made, folder)
    return made


def require_in_use(request: Request, city: City, expected: str) -> None:
    """Make sure that what the approver has compared with is still in use.

    Args:
        request: Whose workspace counts.
        city: Whose catalogue.
        expected: Its version; empty where none is in use.

    Raises:
        ConflictError: It is not.
    """
    found = catalogue_if_any(city, service_of(request).settings.workspace)
    if (found.version if found is not None else "") != expected:
        raise ConflictError(
            "在您核对期间，在用的版本已经换过；请按新的对照再核对一次。",
            todo="重新取在用的版本，核对后再审定。",
        )
