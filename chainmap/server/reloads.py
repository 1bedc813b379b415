"""`/v1/admin/reload`: take in changed data, taxonomy and models without dropping a request."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from chainmap.concepts.access import Scope
from chainmap.concepts.records import Record
from chainmap.server.generations import ask_for_reload
from chainmap.server.security import needs
from chainmap.server.service import Principal, service_of
from chainmap.server.snapshot import current_snapshot
from chainmap.server.writes import deed

router = APIRouter(prefix="/v1/admin", tags=["service"])

_RESPONSES: dict[int | str, dict[str, Any]] = {
    409: {"description": "The service runs as one process and cannot swap"}
}


class ReloadRecord(Record):
    """A swap that was asked for."""

    snapshot: str = Field(
        description="What is answered from until then; `GET /v1/snapshots/current` shows the new "
        "one once all server processes have read it. Where it cannot be read, nothing changes"
    )


@router.post(
    "/reload",
    operation_id="reloadData",
    status_code=202,
    response_model=ReloadRecord,
    responses=_RESPONSES,
)
def reload(
    request: Request, who: Annotated[Principal, Depends(needs(Scope.ADMIN))]
) -> ReloadRecord:
    """Start server processes on the data as it is now, and let them take over when ready."""
    before = current_snapshot().id
    with service_of(request).record() as write:  # what cannot be audited is not asked for
        write(deed(request, "service.reload", before))
        ask_for_reload()
    return ReloadRecord(snapshot=before)
