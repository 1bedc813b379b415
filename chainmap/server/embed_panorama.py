"""`/v1/cities/{code}/chains/{chain}/panorama`: the chain panorama as a record to draw from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.panorama_records import Panorama
from chainmap.pipeline import find_gaps, load_world, world_on
from chainmap.reports.panorama import panorama
from chainmap.server.answer_heads import related_link
from chainmap.server.answers import NOT_CHANGED, answer_record
from chainmap.server.cities import City, Options
from chainmap.server.questions import asked
from chainmap.server.security import needs

router = APIRouter(prefix="/v1", tags=["cities"], dependencies=[Depends(needs(Scope.READ))])

ChainName = Annotated[str, Path(description="Chain id or name", examples=["integrated-circuits"])]


@router.get(
    "/cities/{code}/chains/{chain}/panorama",
    operation_id="getPanorama",
    response_model=Panorama,
    responses=NOT_CHANGED,
)
async def get_panorama(
    request: Request, code: City, chain: ChainName, options: Options
) -> Response:
    """Return a chain's panorama (产业链全景图) with a city's numbers, stage by stage.

    Passages behind it: `Link: rel=related` leads to the chain, each segment with its citations, and
    to the city's gaps in it.
    """
    question = asked(code, chain, options=options)
    wanted = load_world().library.find_chain(chain)

    def make() -> Panorama:
        world = world_on(question.options.as_of)
        gaps = find_gaps(world, question.city, question.options, wanted)
        return panorama(world, question.city, wanted, gaps)

    gap_list = related_link(
        f"/v1/cities/{question.city.code}/gaps",
        chain=wanted.id,
        as_of=request.query_params.get("as_of"),
        include_expired=question.options.include_expired,
        top=len(wanted.segments),
    )
    links = f"{related_link(f'/v1/chains/{wanted.id}')}, {gap_list}"
    return await answer_record(request, make, related=links)
