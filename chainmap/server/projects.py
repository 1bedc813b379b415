"""`/v1/cities/{code}/projects` and `/propositions`: project lists against the catalogue."""

from __future__ import annotations

from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chainmap.catalogue.projects import projects_sha256
from chainmap.catalogue.projects_rank import ProjectOptions
from chainmap.catalogue.propositions import PropositionOptions
from chainmap.concepts.access import Scope
from chainmap.concepts.project_records import (
    ProjectRanking,
    ProjectRecord,
    PropositionList,
    PropositionRecord,
    RankedProject,
)
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import load_world, world_on
from chainmap.reports.project_records import (
    Ground,
    ground_of,
    project_ranking,
    proposition_list,
)
from chainmap.reports.project_workbook import write_propositions, write_ranking
from chainmap.server.answers import FILES, Listing, answer_list
from chainmap.server.cities import Chain, City, Day
from chainmap.server.questions import asked, gap_options
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.server.service import service_of
from chainmap.server.sponsors import sponsor_ranker
from chainmap.settings import load_settings

router = APIRouter(prefix="/v1", tags=["projects"], dependencies=[Depends(needs(Scope.READ))])

Chosen = Annotated[Choice, Depends(choice)]
Land = Annotated[
    float | None,
    Query(gt=0, le=100_000, description="Land offered for one project, 亩; sizes rest on it"),
]


async def request_day(as_of: Day = None) -> GapOptions:
    """Return the day of a request: plans and admission rules in force on it count."""
    return gap_options(as_of, include_expired=False)


Asked = Annotated[GapOptions, Depends(request_day)]


@router.get(
    "/cities/{code}/projects",
    operation_id="listProjects",
    response_model=ProjectRanking,
    responses=FILES,
)
async def list_projects(
    request: Request,
    chosen: Chosen,
    code: City,
    day: Asked,
    state: Annotated[
        str | None,
        Query(
            pattern="^(ranked|filtered|unmatched|elsewhere|completed)$",
            description="What became of a project; null is all",
        ),
    ] = None,
    land: Land = None,
) -> Response:
    """Return the imported projects ranked against a city's catalogue (项目对接).

    Binding admission rules filter: a project that fails one is given with the rule and the fact;
    what is unknown never filters and stands in `to_supply`.
    """
    ground = await to_thread.run_sync(_ground, request, code, day)  # may measure a past year

    def make() -> Listing[RankedProject]:
        found = project_ranking(ground, ProjectOptions(land_mu=land))
        shown = [one for one in found.projects if state in (None, one.state)]
        return Listing(
            shown,
            RankedProject,
            "project_id",
            "项目对接",
            whole=lambda page: found.model_copy(update={"projects": page}),
            workbook=write_ranking,
        )

    return await answer_list(request, chosen, make, _state(ground))


@router.get(
    "/cities/{code}/propositions",
    operation_id="listPropositions",
    response_model=PropositionList,
    responses=FILES,
)
async def list_propositions(
    request: Request,
    chosen: Chosen,
    code: City,
    day: Asked,
    chain: Chain = None,
    top: Annotated[int, Query(ge=0, le=500, description="How many; 0 is all")] = 0,
    sponsors: Annotated[int, Query(ge=1, le=100, description="Companies of each")] = 5,
    land: Land = None,
) -> Response:
    """Return propositions (项目建议) made from a city's catalogue, the most urgent first."""
    ground = await to_thread.run_sync(_ground, request, code, day)  # may measure a past year
    within = asked(code, chain).chain
    options = PropositionOptions(within.id if within else None, top, sponsors, land)

    def make() -> Listing[PropositionRecord]:
        ranker = sponsor_ranker(ground.world, ground.city, ground.day, sponsors)
        found = proposition_list(ground, ranker, options)
        return Listing(
            found.propositions,
            PropositionRecord,
            "item_id",
            "项目建议",
            whole=lambda page: found.model_copy(update={"propositions": page}),
            workbook=write_propositions,
        )

    return await answer_list(request, chosen, make, _state(ground))


def match_one(city: str, facts: dict[str, Any], land: float | None = None) -> ProjectRanking:
    """Return how one project that is in no list would stand in a city; nothing is kept.

    Args:
        city: Name or code.
        facts: Fields of `ProjectRecord`; money in 万元 CNY.
        land: Land offered, 亩.

    Raises:
        UnknownNameError: No such city, or it has no catalogue.
    """
    world = load_world()
    project = ProjectRecord.model_validate({"id": "p-asked", "investment_currency": "CNY", **facts})
    ground = ground_of(world, asked(city).city, load_settings().workspace)
    return project_ranking(ground, ProjectOptions(land_mu=land), [project])


def _ground(request: Request, code: str, options: GapOptions) -> Ground:
    workspace = service_of(request).settings.workspace
    return ground_of(world_on(options.as_of), asked(code).city, workspace, options.as_of)


def _state(ground: Ground) -> str:
    """Return what an answer rests on besides the snapshot: catalogue version and projects."""
    projects = projects_sha256(ground.workspace)
    return f"{ground.catalogue.version_name} {ground.catalogue.content_sha256} {projects}"
