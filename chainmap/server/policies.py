"""`/v1/policies`: plans, the goals they set, and how fields come and go between them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.policy_records import GoalRegister, PlanRecord, Timeline
from chainmap.concepts.record_days import Day
from chainmap.pipeline import load_world
from chainmap.reports.plans import plan_record
from chainmap.reports.register import goal_register
from chainmap.reports.timeline import field_timeline, find_domain
from chainmap.server.answers import FILES, NOT_CHANGED, Listing, answer_list, answer_record
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.sources.places import find_city
from chainmap.sources.register import load_goals

router = APIRouter(
    prefix="/v1/policies", tags=["policies"], dependencies=[Depends(needs(Scope.READ))]
)

Chosen = Annotated[Choice, Depends(choice)]
AsOf = Annotated[Day | None, Query(description="Day for plans in force; default: the roster's")]


@router.get("", operation_id="listPlans", response_model=list[PlanRecord], responses=FILES)
async def list_plans(request: Request, chosen: Chosen, as_of: AsOf = None) -> Response:
    """Return every policy document (规划), with whether it is in force."""
    world = load_world()
    day = as_of or world.edition

    def make() -> Listing[PlanRecord]:
        items = [plan_record(document, day) for document in world.library.documents.values()]
        return Listing(items, PlanRecord, "id", "政策规划")

    return await answer_list(request, chosen, make)


@router.get("/goals", operation_id="listGoals", response_model=GoalRegister, responses=NOT_CHANGED)
async def list_goals(
    request: Request,
    city: Annotated[str | None, Query(description="Its own, its counties' and province's")] = None,
    as_of: AsOf = None,
) -> Response:
    """Return the quantified goals of plans (目标台账), with where each stands in its document."""
    world = load_world()
    home = find_city(world.cities, city) if city is not None else None
    day = as_of or world.edition
    return await answer_record(
        request, lambda: goal_register(world.library, load_goals(), (), home, day)
    )


@router.get("/timeline", operation_id="getTimeline", response_model=Timeline, responses=NOT_CHANGED)
async def timeline(
    request: Request,
    field: Annotated[str | None, Query(description="One field, like 人工智能")] = None,
    as_of: AsOf = None,
) -> Response:
    """Return which fields enter, stay and leave between plans (领域沿革)."""
    world = load_world()
    domain = find_domain(world.library, field) if field is not None else None
    day = as_of or world.edition
    return await answer_record(request, lambda: field_timeline(world.library, day, domain))
