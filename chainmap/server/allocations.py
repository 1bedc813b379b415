"""`/v1/allocations`: one allocation for many cities (错位分配), worked out and not kept."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.allocation_records import Allocation, AllocationQuestion
from chainmap.reports.allocation_workbook import write_allocation
from chainmap.server.allocating import allocation_of, cities_of
from chainmap.server.answer_heads import headers_of
from chainmap.server.answers import answer_question, audit_export
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.formats import Media, negotiate, written
from chainmap.server.security import demand, needs

router = APIRouter(prefix="/v1/allocations", tags=["cities"])

_OFFERED = [Media.JSON, Media.XLSX]
_FILE = {
    200: {
        "description": "The allocation, in the form `Accept` names",
        "content": {Media.XLSX.value: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "",
    operation_id="allocateTargets",
    response_model=Allocation,
    responses=_FILE,  # type: ignore[arg-type]
    dependencies=[Depends(needs(Scope.COMPUTE))],
)
async def allocate(request: Request, question: AllocationQuestion) -> Response:
    """Return ranked targets for many cities at once, no company pushed to more than a few.

    Every conflict is listed with who yields and why; nothing is kept.
    """
    media = negotiate(request.headers.get("accept", ""), _OFFERED)
    if media is Media.JSON:
        state = ",".join(catalogue_state(city)() for city in cities_of(question))
        return await answer_question(request, question, lambda: allocation_of(question), state)
    demand(request, Scope.EXPORT)

    def make() -> bytes:
        record = allocation_of(question)
        return written(lambda file: write_allocation(record, file))

    body = await to_thread.run_sync(make)
    await to_thread.run_sync(audit_export, request, media.suffix, len(body))
    named = {"Content-Disposition": 'attachment; filename="allocation.xlsx"'}
    return Response(body, media_type=media, headers=headers_of(None, None) | named)
