"""`/v1/policies`: plans, the goals they set, and how fields come and go between them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.hanzi import first_found, folded_name
from chainmap.concepts.policy_records import (
    FieldRecord,
    GoalRecord,
    GoalRegister,
    PlanRecord,
    Timeline,
)
from chainmap.concepts.record_days import Day
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.pipeline import load_world
from chainmap.reports.plans import plan_record
from chainmap.reports.policy_books import write_goals, write_timeline
from chainmap.reports.register import goal_register
from chainmap.reports.timeline import field_timeline, find_domain
from chainmap.server.answers import FILES, Listing, answer_list
from chainmap.server.questions import city_called
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.sources.asked_days import asked_day
from chainmap.sources.register import load_goals

router = APIRouter(
    prefix="/v1/policies", tags=["policies"], dependencies=[Depends(needs(Scope.READ))]
)

Chosen = Annotated[Choice, Depends(choice)]
AsOf = Annotated[Day | None, Query(description="Day for plans in force; default: the roster's")]
InForce = Annotated[bool | None, Query(description="Only what a plan in force names, or the rest")]


@router.get("", operation_id="listPlans", response_model=list[PlanRecord], responses=FILES)
async def list_plans(request: Request, chosen: Chosen, as_of: AsOf = None) -> Response:
    """Return every policy document (规划), with whether it is in force."""
    world = load_world()
    day = asked_day(as_of)

    def make() -> Listing[PlanRecord]:
        items = [plan_record(document, day) for document in world.library.documents.values()]
        return Listing(items, PlanRecord, "id", "政策规划")

    return await answer_list(request, chosen, make)


@router.get("/goals", operation_id="listGoals", response_model=GoalRegister, responses=FILES)
async def list_goals(
    request: Request,
    chosen: Chosen,
    city: Annotated[str | None, Query(description="Its own, its counties' and province's")] = None,
    as_of: AsOf = None,
    q: Annotated[str | None, Query(max_length=60, description="Part of an indicator")] = None,
    plan: Annotated[str | None, Query(max_length=60, description="Id of a plan")] = None,
    in_force: InForce = None,
) -> Response:
    """Return the quantified goals of plans (目标台账), with where each stands in its document."""
    world = load_world()
    home = city_called(city) if city is not None else None
    day = asked_day(as_of)
    if plan is not None and plan not in world.library.documents:
        near = nearest_names(plan, list(world.library.documents))
        raise UnknownNameError("规划", plan, near)

    def make() -> Listing[GoalRecord]:
        found = goal_register(world.library, load_goals(), (), home, day)
        goals = first_found(q or "", lambda wanted: [
            goal
            for goal in found.goals
            if wanted in folded_name(goal.indicator)
            and plan in (None, goal.document)
            and in_force in (None, goal.in_force)
        ])  # fmt: skip
        setting = {goal.document for goal in goals}
        plans = [one for one in found.plans if one.id in setting]
        return Listing(
            goals,
            GoalRecord,
            "identity",
            "规划目标台账",
            whole=lambda shown: found.model_copy(update={"plans": plans, "goals": shown}),
            workbook=write_goals,
        )

    return await answer_list(request, chosen, make)


@router.get("/timeline", operation_id="getTimeline", response_model=Timeline, responses=FILES)
async def timeline(
    request: Request,
    chosen: Chosen,
    field: Annotated[str | None, Query(description="One field, like 人工智能")] = None,
    as_of: AsOf = None,
    chain: Annotated[str | None, Query(max_length=60, description="Chain id or name")] = None,
    in_force: InForce = None,
) -> Response:
    """Return which fields enter, stay and leave between plans (领域沿革)."""
    world = load_world()
    domain = find_domain(world.library, field) if field is not None else None
    within = world.library.find_chain(chain).id if chain is not None else None
    day = asked_day(as_of)

    def make() -> Listing[FieldRecord]:
        found = field_timeline(world.library, day, domain)
        fields = [
            one
            for one in found.fields
            if within in (None, one.chain_id) and in_force in (None, one.in_force)
        ]
        return Listing(
            fields,
            FieldRecord,
            "id",
            "领域沿革",
            whole=lambda shown: found.model_copy(update={"fields": shown}),
            workbook=write_timeline,
        )

    return await answer_list(request, chosen, make)
