"""`/v1/cities/{code}/catalogue`: a city's catalogue (招商目录), its versions, and approval."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as InPath
from starlette.responses import Response

from chainmap.catalogue.store import Listed, find_version, list_versions, sanction_of
from chainmap.concepts.access import Scope
from chainmap.concepts.catalogue_records import (
    ApprovalAsked,
    CatalogueItemRecord,
    CatalogueList,
    CatalogueVersion,
)
from chainmap.ledger.idempotency import Answered
from chainmap.pipeline import load_world
from chainmap.reports.catalogue_records import catalogue_list, catalogue_version
from chainmap.reports.catalogue_workbook import write_catalogue
from chainmap.server.answers import FILES, Listing, answer_list
from chainmap.server.approving import approve_version, require_in_use
from chainmap.server.cities import City
from chainmap.server.questions import city_called
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.server.service import Principal, Recorder, service_of
from chainmap.server.writes import IdempotencyKey, write_once
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.places import City as CityPlace

router = APIRouter(prefix="/v1/cities/{code}/catalogue", tags=["catalogues"])

Chosen = Annotated[Choice, Depends(choice)]
Reader = Annotated[Principal, Depends(needs(Scope.READ))]
Approver = Annotated[Principal, Depends(needs(Scope.APPROVE))]
VERSION = r"^[\w-]{1,40}$"
Version = Annotated[str, InPath(pattern=VERSION, examples=["2026-draft-0a1b2c3d"])]
_APPROVED: dict[int | str, dict[str, Any]] = {
    201: {"description": "Approved and in use", "model": CatalogueVersion},
    409: {"description": "Another version is in use now, or the key was used before"},
}


@router.get("", operation_id="listCatalogueItems", response_model=CatalogueList, responses=FILES)
async def list_items(
    request: Request,
    chosen: Chosen,
    code: City,
    who: Reader,
    version: Annotated[
        str | None, Query(pattern=VERSION, description="Null is the version in use")
    ] = None,
    chain: Annotated[str | None, Query(max_length=60, description="Chain id or name")] = None,
    priority: Annotated[
        str | None, Query(pattern="^(high|middle|low)$", description="高 high, 中 middle, 低 low")
    ] = None,
) -> Response:
    """Return the items of a city's catalogue (招商目录), in its own order.

    Without `version` it is the one in use: the newest approved, else the bundled draft.
    """
    city, workspace, world = city_called(code), _workspace(request), load_world()
    wanted = world.library.find_chain(chain).id if chain is not None else None
    find_version(city, version, workspace)  # what does not exist is said before anything is kept

    def make() -> Listing[CatalogueItemRecord]:
        listed = listed_version(city_called(code), version, workspace)
        found = catalogue_list(world, listed, world.edition)
        shown = [
            item
            for item in found.items
            if wanted in (None, item.chain_id) and priority in (None, item.priority)
        ]
        rule = load_fair_competition()

        def official(_: CatalogueList, file: Path) -> None:
            write_catalogue(listed.catalogue, rule, file)

        every = len(shown) == len(found.items)
        whole = every and (chosen.limit, chosen.cursor, chosen.sort) == (None,) * 3
        return Listing(
            shown,
            CatalogueItemRecord,
            "id",
            "招商目录",
            whole=lambda page: found.model_copy(update={"items": page}),
            workbook=official if whole else None,
        )

    return await answer_list(request, chosen, make, _state(workspace, city.code))


@router.get(
    "/versions",
    operation_id="listCatalogueVersions",
    response_model=list[CatalogueVersion],
    responses=FILES,
)
async def list_of_versions(request: Request, chosen: Chosen, code: City, who: Reader) -> Response:
    """Return a city's catalogue versions: the bundled draft, drafts, approved ones."""
    city, workspace = city_called(code), _workspace(request)

    def make() -> Listing[CatalogueVersion]:
        found = [catalogue_version(listed) for listed in list_versions(city, workspace)]
        return Listing(found, CatalogueVersion, "version", "招商目录版本")

    return await answer_list(request, chosen, make, _state(workspace, city.code))


@router.post(
    "/versions/{version}/approval",
    operation_id="approveCatalogue",
    status_code=201,
    response_model=CatalogueVersion,
    responses=_APPROVED,
)
def approve(
    request: Request,
    code: City,
    version: Version,
    body: ApprovalAsked,
    who: Approver,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Approve a draft: it becomes the next version of its year and is in use from now on."""
    city, workspace = city_called(code), _workspace(request)

    def do(write: Recorder) -> Answered:
        draft = find_version(city, version, workspace)
        require_in_use(request, city, body.in_use.removeprefix(f"{city.code}-"))
        sanction = sanction_of(body.by, body.date.isoformat(), body.why, write.now)
        made = approve_version(request, write, draft, sanction)
        place = f"/v1/cities/{city.code}/catalogue?version={made.version}"
        said = catalogue_version(Listed(made, bundled=False, in_use=True))
        return Answered(201, place, said.model_dump_json())

    return write_once(request, idempotency_key, body, do)


def listed_version(city: CityPlace, version: str | None, workspace: Path) -> Listed:
    """Return a version with its standing; None is the one in use.

    Raises:
        UnknownNameError: The city has no catalogue, or none of that name.
    """
    found = find_version(city, version, workspace)
    return next(
        listed
        for listed in list_versions(city, workspace)
        if listed.catalogue.version == found.version
    )


def _workspace(request: Request) -> Path:
    return service_of(request).settings.workspace


def _state(workspace: Path, code: str) -> str:
    """Return the state of answers about a catalogue: which versions there are."""
    return ",".join(CatalogueFolder(workspace).versions(code))
