"""`/v1/snapshots`: what answers rest on."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.service_records import SnapshotRecord
from chainmap.errors import UnknownNameError
from chainmap.server.answers import NOT_CHANGED, answer_record
from chainmap.server.security import needs
from chainmap.server.snapshot import current_snapshot

router = APIRouter(
    prefix="/v1/snapshots", tags=["service"], dependencies=[Depends(needs(Scope.READ))]
)


@router.get(
    "/{snapshot}",
    operation_id="getSnapshot",
    response_model=SnapshotRecord,
    responses=NOT_CHANGED,
)
async def get_snapshot(request: Request, snapshot: str) -> Response:
    """Return what a snapshot is made of, by id or `current`; only today's is at hand."""
    found = current_snapshot()
    if snapshot not in ("current", found.id):
        raise UnknownNameError("快照", snapshot[:60], (found.id,))
    return await answer_record(request, lambda: found)
