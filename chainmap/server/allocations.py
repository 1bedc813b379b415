"""`/v1/allocations`: one allocation for many cities (错位分配), worked out and not kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.allocation_records import Allocation, AllocationQuestion
from chainmap.pipeline import load_world
from chainmap.reports.allocation_workbook import write_allocation
from chainmap.server.allocating import allocation_of, cities_of
from chainmap.server.answer_heads import headers_of, related_link
from chainmap.server.answers import answer_question, audit_export
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.contract_headers import GROUNDED
from chainmap.server.formats import Media, negotiate, written
from chainmap.server.security import demand, needs
from chainmap.sources.places import City

router = APIRouter(prefix="/v1/allocations", tags=["cities"])

MOST_LINKED = 24
"""Cities whose own lists an answer links to: all of a province. What stands in front of a service
often takes headers of some four kilobytes and no more."""
_OFFERED = [Media.JSON, Media.XLSX]
_FILE: dict[int | str, dict[str, Any]] = {
    200: GROUNDED[200]
    | {
        "description": "The allocation, in the form `Accept` names",
        "content": {Media.XLSX.value: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "",
    operation_id="allocateTargets",
    response_model=Allocation,
    responses=_FILE,
    dependencies=[Depends(needs(Scope.COMPUTE))],
)
async def allocate(request: Request, question: AllocationQuestion) -> Response:
    """Return ranked targets for many cities at once, no company pushed to more than a few.

    Every conflict is listed with who yields and why; nothing is kept. Passages behind it:
    `Link: rel=related` leads to the chain or chains, each segment with its citations, and to the
    own lists of the first cities.
    """
    media = negotiate(request.headers.get("accept", ""), _OFFERED)
    cities = cities_of(question)
    links = _related(question, cities)
    if media is Media.JSON:
        state = ",".join(catalogue_state(city)() for city in cities)
        return await answer_question(
            request, question, lambda: allocation_of(question), state, links
        )
    demand(request, Scope.EXPORT)

    def make() -> bytes:
        record = allocation_of(question)
        return written(lambda file: write_allocation(record, file))

    body = await to_thread.run_sync(make)
    await to_thread.run_sync(audit_export, request, media.suffix, len(body))
    named = {"Content-Disposition": 'attachment; filename="allocation.xlsx"'}
    return Response(body, media_type=media, headers=headers_of(None, links) | named)


def _related(question: AllocationQuestion, cities: Sequence[City]) -> str:
    """Return the links to the chains an allocation may name, and to its cities' own lists."""
    library = load_world().library
    asked = library.find_chain(question.chain) if question.chain is not None else None
    chains = [asked] if asked else library.chains.values()
    links = [related_link(f"/v1/chains/{chain.id}") for chain in chains]
    links += [
        related_link(
            f"/v1/cities/{city.code}/targets",
            chain=asked.id if asked else None,
            as_of=question.as_of,
            include_expired=question.include_expired,
            top=question.top,
            per_segment=question.per_segment,
        )
        for city in cities[:MOST_LINKED]
    ]
    return ", ".join(links)
