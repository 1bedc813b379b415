"""`/v1/cities` and `/v1/targets`: cities, their gaps and their targets."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.gap_records import GapList, GapRecord
from chainmap.concepts.hanzi import first_found, folded_name
from chainmap.concepts.modes import Mode, mode_asked
from chainmap.concepts.records import CityRecord, TargetList, TargetRecord
from chainmap.concepts.service_records import TargetQuestion
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import load_world
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import records, workbook
from chainmap.server.answers import (
    FILES,
    Listing,
    answer_list,
    answer_question,
    snapshot_alone,
)
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.contract_headers import GROUNDED
from chainmap.server.given_questions import MOST, USUAL, Write, keep_question
from chainmap.server.given_weights import GivenWeights
from chainmap.server.kept_lists import as_listed, asked_by, question_of
from chainmap.server.provinces import province_called
from chainmap.server.questions import Asked, asked, gap_options, gaps_of, of_question
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice, placed, state_hash
from chainmap.server.target_slips import Written
from chainmap.server.weighing import at_hand, targets_of, weighed_at_once, written_targets_of

router = APIRouter(prefix="/v1", tags=["cities"], dependencies=[Depends(needs(Scope.READ))])

Chosen = Annotated[Choice, Depends(choice)]
City = Annotated[str, Path(description="绍兴, 绍兴市, Shaoxing or 330600", examples=["330600"])]
Chain = Annotated[
    str | None, Query(description="Chain id or name", examples=["integrated-circuits"])
]
Day = Annotated[
    str | None,
    Query(
        description=(
            "Day for plans in force, YYYY-MM-DD; companies founded in a later year do not count; "
            "default: the roster's"
        ),
        pattern=r"^\d{4}-\d{2}-\d{2}$",
    ),
]
Expired = Annotated[bool, Query(description="Let plans whose period is over drive the score")]


async def request_options(as_of: Day = None, include_expired: Expired = False) -> GapOptions:
    """Return the gap options of a request."""
    return gap_options(as_of, include_expired)


Options = Annotated[GapOptions, Depends(request_options)]
LIMIT = "Most companies for one segment; 0 is no limit, nor is there one where `segment` is given"
MODES = "产业链招商 chain, 目标产业招商 industry, 龙头引商 leader, 优势资源引商 advantage"


@router.get("/cities", operation_id="listCities", response_model=list[CityRecord], responses=FILES)
async def list_cities(
    request: Request,
    chosen: Chosen,
    province: Annotated[str | None, Query(description="浙江 or 浙江省")] = None,
    q: Annotated[str | None, Query(max_length=60, description="Part of a name, or a code")] = None,
) -> Response:
    """Return every prefecture-level city, by code."""
    world = load_world()
    within = province_called(province) if province and province.strip() else None

    def make() -> Listing[CityRecord]:
        there = [c for c in records.city_records(world) if within in (None, c.province)]
        items = first_found(q or "", lambda wanted: [
            city
            for city in there
            if any(wanted in folded_name(n) for n in (city.code, city.name, city.name_en))
        ])  # fmt: skip
        return Listing(items, CityRecord, "code", "城市")

    return await answer_list(request, chosen, make, snapshot_alone)


@router.get("/cities/{code}/gaps", operation_id="listGaps", response_model=GapList, responses=FILES)
async def list_gaps(
    request: Request,
    chosen: Chosen,
    code: City,
    options: Options,
    chain: Chain = None,
    kind: Annotated[
        str | None,
        Query(
            pattern="^(build|fill|strengthen|extend)$",
            description="建链 build, 补链 fill, 强链 strengthen, 延链 extend",
        ),
    ] = None,
    peers: Annotated[
        str | None,
        Query(max_length=200, description="province (usual), size, similar, or cities with commas"),
    ] = None,
    top: Annotated[int, Query(ge=1, le=1000, description="Length of the list")] = 100,
) -> Response:
    """Return a city's gaps (产业链缺口), best first."""
    question = asked(code, chain, options=options)

    def make() -> Listing[GapRecord]:
        found = gaps_of(question, top, peers, kind)
        return Listing(
            found.gaps,
            GapRecord,
            "segment_id",
            "产业链缺口",
            whole=lambda shown: found.model_copy(update={"gaps": shown}),
            workbook=workbook.write_gaps,
        )

    return await answer_list(request, chosen, make, catalogue_state(question.city))


@router.get(
    "/cities/{code}/targets", operation_id="listTargets", response_model=TargetList, responses=FILES
)
async def list_targets(
    request: Request,
    chosen: Chosen,
    code: City,
    options: Options,
    chain: Chain = None,
    segment: Annotated[str | None, Query(description="Segment id or name")] = None,
    top: Annotated[int, Query(ge=1, le=MOST, description="Length of the list")] = USUAL["top"],
    per_segment: Annotated[int, Query(ge=0, le=MOST, description=LIMIT)] = USUAL["per_segment"],
    mode: Annotated[Mode | None, Query(description=MODES)] = None,
    leader: Annotated[
        str | None, Query(max_length=60, description="Leading firm; only with mode=leader")
    ] = None,
    industry: Annotated[
        list[str] | None,
        Query(max_length=20, description="Groups or chains; only with mode=industry"),
    ] = None,
    home: Annotated[
        str | None, Query(max_length=60, description="Province or city of the firms")
    ] = None,
) -> Response:
    """Return a city's ranked targets (招商目标企业), rank 1 first, with reasons and citations."""
    question = asked(code, chain, segment, options)
    wanted = TargetOptions(top=top, per_segment=per_segment)
    by = mode_asked(mode, leader, tuple(industry or ()))

    @cache
    def whole_question() -> Asked:
        return asked_by(question, by, home)

    def make() -> Listing[TargetRecord]:
        found = targets_of(whole_question(), wanted)
        return Listing(
            found.targets,
            TargetRecord,
            "company_id",
            "招商目标清单",
            whole=lambda shown: found.model_copy(update={"targets": shown}),
            workbook=workbook.write_targets,
        )

    state = catalogue_state(question.city)
    said = state()
    answer = await answer_list(request, chosen, make, state)
    if answer.status_code == 200:
        write = _tied(at_hand(whole_question(), said), said)
        keep_question(request, answer, write, (said, state))
    return answer


def _tied(write: Write, said: str) -> Write:
    """Return what writes lists whose cursors count only while the catalogue in use is this one."""
    state = state_hash(said)

    def tied(top: int, per_segment: int, shown: int | None) -> Written | None:
        made = write(top, per_segment, shown)
        if made is None or made.last is None:
            return made
        return made._replace(last=placed(made.last, state))

    return tied


@router.post(
    "/targets",
    operation_id="rankTargets",
    response_model=TargetList,
    responses=GROUNDED,
    dependencies=[Depends(needs(Scope.COMPUTE))],
)
async def rank(request: Request, question: TargetQuestion) -> Response:
    """Return a city's ranked targets under weights of one's own; nothing is kept."""
    plain, options = of_question(question)
    found = as_listed(plain, question_of(question)[0])

    def make() -> bytes:
        return written_targets_of(found, options)

    state = catalogue_state(found.city)
    said = state()
    answer = await answer_question(request, question, make, said)
    weights: GivenWeights = request.app.state.weights
    weights.keep(request, question, weighed_at_once(found, said), state)
    return answer
