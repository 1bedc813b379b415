"""`/v1/chains` and `/v1/segments`: the industry chains, their segments and who stands in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.hanzi import first_found, folded_name
from chainmap.concepts.policy_records import Trace
from chainmap.concepts.record_days import Day
from chainmap.concepts.records import ChainRecord, ChainSummary, SegmentRecord
from chainmap.concepts.service_records import SegmentDetail, SegmentSummary
from chainmap.gaps.world import World
from chainmap.pipeline import load_world
from chainmap.reports import records
from chainmap.reports.company_search import company_index
from chainmap.reports.trace import Shelf, trace_segment
from chainmap.server.answers import (
    FILES,
    NOT_CHANGED,
    Listing,
    answer_list,
    answer_record,
    snapshot_alone,
)
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.sources.asked_days import asked_day
from chainmap.sources.register import load_positions

router = APIRouter(prefix="/v1", tags=["chains"], dependencies=[Depends(needs(Scope.READ))])

Chosen = Annotated[Choice, Depends(choice)]
SegmentName = Annotated[
    str, Path(description="Segment id or name", examples=["ic-photoresist-duv"])
]


@router.get(
    "/chains", operation_id="listChains", response_model=list[ChainSummary], responses=FILES
)
async def list_chains(request: Request, chosen: Chosen) -> Response:
    """Return every industry chain (产业链), in short."""
    world = load_world()

    def make() -> Listing[ChainSummary]:
        items = [records.chain_summary(world, c) for c in world.library.chains.values()]
        return Listing(items, ChainSummary, "id", "产业链")

    return await answer_list(request, chosen, make, snapshot_alone)


@router.get(
    "/chains/{chain}", operation_id="getChain", response_model=ChainRecord, responses=NOT_CHANGED
)
async def get_chain(
    request: Request, chain: Annotated[str, Path(description="Chain id, name or alias")]
) -> Response:
    """Return one chain with its segments (环节), by id, name or alias."""
    world = load_world()
    found = world.library.find_chain(chain)
    return await answer_record(request, lambda: records.chain_record(world, found))


@router.get(
    "/segments", operation_id="listSegments", response_model=list[SegmentSummary], responses=FILES
)
async def list_segments(
    request: Request,
    chosen: Chosen,
    chain: Annotated[str | None, Query(description="Chain id or name")] = None,
    stage: Annotated[
        str | None,
        Query(
            pattern="^(upstream|midstream|downstream|support)$",
            description="上游 upstream, 中游 midstream, 下游 downstream, 支撑 support",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        Query(pattern="^(product|service)$", description="What a segment makes: product, service"),
    ] = None,
    q: Annotated[str | None, Query(max_length=60, description="Part of a name or term")] = None,
) -> Response:
    """Return the segments (环节) of every chain or of one, chain by chain in drawing order."""
    world = load_world()
    asked = world.library.find_chain(chain) if chain is not None else None

    def make() -> Listing[SegmentSummary]:
        chains = [asked] if asked else list(world.library.chains.values())
        found = [s for c in chains for s in records.chain_record(world, c).segments]
        there = [s for s in found if stage in (None, s.stage) and kind in (None, s.kind)]
        named = first_found(q or "", lambda wanted: [s for s in there if _names(s, wanted)])
        items = [_summary(world, s) for s in named]
        return Listing(items, SegmentSummary, "id", "环节")

    return await answer_list(request, chosen, make, snapshot_alone)


@router.get(
    "/segments/{segment}",
    operation_id="getSegment",
    response_model=SegmentDetail,
    responses=NOT_CHANGED,
)
async def get_segment(request: Request, segment: SegmentName) -> Response:
    """Return one segment with its citations and the companies in it, by id, name, alias or term."""
    world = load_world()
    found = world.library.find_segment(segment)

    def make() -> SegmentDetail:
        chain = world.library.chain_of(found.id)
        record = next(s for s in records.chain_record(world, chain).segments if s.id == found.id)
        index = company_index(world)
        companies = [index.summary(one) for one in sorted(index.in_segments([found.id]))]
        return SegmentDetail(**dict(record), chain=chain.name, companies=companies)

    return await answer_record(request, make, snapshot_alone)


@router.get(
    "/segments/{segment}/trace",
    operation_id="traceSegment",
    response_model=Trace,
    responses=NOT_CHANGED,
    tags=["policies"],
)
async def trace(
    request: Request,
    segment: SegmentName,
    as_of: Annotated[
        Day | None, Query(description="Day for plans in force; default: the roster's")
    ] = None,
) -> Response:
    """Return every policy passage that names a segment, its group or its chain (环节溯源)."""
    world = load_world()
    found = world.library.find_segment(segment)
    day = asked_day(as_of)

    def make() -> Trace:
        return trace_segment(world.library, found, load_positions(), Shelf(), day)

    return await answer_record(request, make, snapshot_alone)


def _summary(world: World, segment: SegmentRecord) -> SegmentSummary:
    kept = {name: getattr(segment, name) for name in SegmentSummary.model_fields.keys() & _SHARED}
    chain = world.library.chains[segment.chain_id].name
    return SegmentSummary(**kept, chain=chain, n_citations=len(segment.citations))


_SHARED = SegmentRecord.model_fields.keys()


def _names(segment: SegmentRecord, wanted: str) -> bool:
    names = (segment.id, segment.name, segment.name_en, *segment.aliases, *segment.terms)
    return any(wanted in folded_name(name) for name in names)
