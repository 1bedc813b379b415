"""`/v1/cities/{code}/targets/{company}/why` and `/why-not`: answers people ask of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.why_records import WhyNotRecord, WhyRecord
from chainmap.pipeline import find_gaps, standing_of, world_on
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.ranking.why_standing import Standing
from chainmap.reports import why_answers
from chainmap.reports.why_answers import why_record
from chainmap.reports.why_company import company_called
from chainmap.reports.why_not_answers import why_not_record
from chainmap.server.answers import NOT_CHANGED, answer_record
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.cities import Chain, City, Options
from chainmap.server.questions import Asked, asked
from chainmap.server.security import needs

router = APIRouter(prefix="/v1", tags=["cities"], dependencies=[Depends(needs(Scope.READ))])

Company = Annotated[
    str, Path(max_length=60, description="Name, short name, id or stock code", examples=["kfmi"])
]
SegmentName = Annotated[str | None, Query(description="Segment id or name")]
Top = Annotated[int, Query(ge=1, le=500, description="Length of the list that is asked about")]
Limit = Annotated[int, Query(ge=0, le=500, description="Most companies for one segment")]


@router.get(
    "/cities/{code}/targets/{company}/why",
    operation_id="whyTarget",
    response_model=WhyRecord,
    responses=NOT_CHANGED,
)
async def why(
    request: Request,
    code: City,
    company: Company,
    options: Options,
    chain: Chain = None,
    segment: SegmentName = None,
    top: Top = 20,
    per_segment: Limit = 3,
) -> Response:
    """Return why a company stands where it does on a city's list, with evidence and citations."""
    question = asked(code, chain, segment, options)
    wanted = TargetOptions(top=top, per_segment=per_segment)
    state = catalogue_state(question.city)
    return await answer_record(request, lambda: why_of(question, company, wanted), state)


@router.get(
    "/cities/{code}/targets/{company}/why-not",
    operation_id="whyNotTarget",
    response_model=WhyNotRecord,
    responses=NOT_CHANGED,
)
async def why_not(
    request: Request,
    code: City,
    company: Company,
    options: Options,
    chain: Chain = None,
    segment: SegmentName = None,
    top: Top = 20,
    per_segment: Limit = 3,
) -> Response:
    """Return why a company is not on a city's list: one stage, and the smallest changes."""
    question = asked(code, chain, segment, options)
    wanted = TargetOptions(top=top, per_segment=per_segment)
    state = catalogue_state(question.city)
    return await answer_record(request, lambda: why_not_of(question, company, wanted), state)


def why_of(question: Asked, company: str, options: TargetOptions) -> WhyRecord:
    """Return why a company stands where it does.

    Raises:
        UnknownNameError: No one company answers to the name.
        InputError: The company was not ranked.
    """
    company_id = company_called(world_on(question.options.as_of), company)
    return why_record(_standing(question, options), company_id, _asked(question))


def why_not_of(question: Asked, company: str, options: TargetOptions) -> WhyNotRecord:
    """Return why a company is not on a list, and what would bring it in."""

    def elsewhere(chain_id: str | None, segment_id: str | None) -> Standing:
        library = world_on(question.options.as_of).library
        chain = None if chain_id is None else library.chains[chain_id]
        segment = None if segment_id is None else library.segments[segment_id]
        return _standing(replace(question, chain=chain, segment=segment), options)

    return why_not_record(_standing(question, options), company, _asked(question), elsewhere)


def _asked(question: Asked) -> why_answers.Asked:
    return why_answers.Asked(
        question.options, question.chain, load_target_model(), question.segment
    )


def _standing(question: Asked, options: TargetOptions) -> Standing:
    world = world_on(question.options.as_of)
    gaps = find_gaps(world, question.city, question.options, question.chain)
    options = replace(options, year=year_known(question.options.as_of, world.edition))
    return standing_of(world, question.city, gaps, options, question.segment)
