"""`/v1/companies`: the roster, searched."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.service_records import CompanyRecord, CompanySummary
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.pipeline import load_world
from chainmap.reports.company_search import company_index
from chainmap.server.answers import (
    FILES,
    NOT_CHANGED,
    Listing,
    answer_list,
    answer_record,
    snapshot_alone,
)
from chainmap.server.questions import city_called
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice

router = APIRouter(
    prefix="/v1/companies", tags=["companies"], dependencies=[Depends(needs(Scope.READ))]
)


@router.get(
    "",
    operation_id="searchCompanies",
    response_model=list[CompanySummary],
    responses=FILES,
)
async def search(
    request: Request,
    chosen: Annotated[Choice, Depends(choice)],
    q: Annotated[
        str | None,
        Query(
            max_length=100, description="Chinese from one character on, pinyin, initials, a code"
        ),
    ] = None,
    city: Annotated[str | None, Query(description="Name or code")] = None,
    chain: Annotated[str | None, Query(description="Chain id or name")] = None,
    segment: Annotated[str | None, Query(description="Segment id or name")] = None,
    role: Annotated[
        str | None,
        Query(
            pattern="^(make|rd|serve|trade)$",
            description="制造 make, 研发 rd, 服务 serve, 贸易 trade; any where it is left out",
        ),
    ] = None,
) -> Response:
    """Return the companies that answer to a query, best first; without one, all by id."""
    world = load_world()
    home = city_called(city) if city is not None else None
    within = world.library.find_chain(chain) if chain is not None else None
    wanted = world.library.find_segment(segment, within) if segment is not None else None

    def make() -> Listing[CompanySummary]:
        index = company_index(world)
        ids = None
        if wanted is not None or within is not None or role is not None:
            segments = [wanted] if wanted else within.segments if within else ()
            pool = [s.id for s in segments] or list(world.library.segments)
            ids = index.in_segments(pool, role)
        items = [
            company
            for company in index.find(q or "")
            if (home is None or company.city_code == home.code)
            and (ids is None or company.id in ids)
        ]
        return Listing(items, CompanySummary, "id", "企业")

    return await answer_list(request, chosen, make, snapshot_alone)


@router.get(
    "/{company}",
    operation_id="getCompany",
    response_model=CompanyRecord,
    responses=NOT_CHANGED,
)
async def get_company(
    request: Request,
    company: Annotated[str, Path(description="Id, as `searchCompanies` gives it")],
) -> Response:
    """Return one company with its segments, roles and evidence, by id."""
    index = company_index(load_world())
    if company not in index:
        raise UnknownNameError("企业", company[:60], nearest_names(company[:60], index.names()))
    return await answer_record(request, lambda: index.record(company), snapshot_alone)
