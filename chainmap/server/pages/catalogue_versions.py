"""Versions of a city's catalogue: compared, listed, and approved."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from chainmap.catalogue.difference import compare
from chainmap.catalogue.store import (
    Listed,
    catalogue_if_any,
    find_version,
    list_versions,
    sanction_of,
)
from chainmap.concepts.access import Scope
from chainmap.concepts.catalogue import Catalogue
from chainmap.concepts.days import day_in_china
from chainmap.errors import ConflictError, InputError
from chainmap.server.approving import approve_version, require_in_use
from chainmap.server.pages import facts
from chainmap.server.pages.catalogue_edit import BASE, Sent, to_catalogue, version_of
from chainmap.server.pages.forms import admit
from chainmap.server.pages.shell import PageRoute, render, settings_of
from chainmap.server.service import service_of
from chainmap.sources.places import City

router = APIRouter(route_class=PageRoute, include_in_schema=False)


class Approval(Sent):
    """An approval as the form has it; `in_use` is the version it takes the place of."""

    by: str = ""
    day: str = ""
    why: str = ""
    in_use: str = ""


@router.get(f"{BASE}/difference")
def difference(request: Request, code: str, after: str, before: str = "") -> HTMLResponse:
    """Return what differs between two versions; the earlier is the one it was made from."""
    city, later = version_of(request, code, after)
    versions = list_versions(city, settings_of(request).workspace)
    earlier = find_version(city, before or _before(later, versions), settings_of(request).workspace)
    return render(
        request, "catalogue_difference.html", city=city, page="catalogue", later=later,
        earlier=earlier, found=compare(earlier, later), versions=versions,
    )  # fmt: skip


@router.get(f"{BASE}/history")
def history(request: Request, code: str) -> HTMLResponse:
    """Return all versions: what each was made from, by whom it was approved, which is in use."""
    city = facts.city(code)
    versions = list_versions(city, settings_of(request).workspace)
    by_name = {listed.catalogue.version_name: listed.catalogue for listed in versions}
    changed = {
        name: compare(by_name[one.based_on], one).counts
        for name, one in by_name.items()
        if one.based_on in by_name
    }
    return render(
        request, "catalogue_history.html", city=city, page="catalogue", versions=versions[::-1],
        changed=changed,
    )  # fmt: skip


@router.get(f"{BASE}/approve")
def approve_form(request: Request, code: str, version: str) -> HTMLResponse:
    """Return the form that approves a draft, with what it changes."""
    city, draft = version_of(request, code, version)
    today = day_in_china(service_of(request).now()).isoformat()
    return _approve_page(request, city, draft, ({"by": "", "day": today, "why": ""}, ""))


@router.post(f"{BASE}/approve")
def approve_draft(request: Request, code: str, sent: Annotated[Approval, Form()]) -> Response:
    """Approve a draft: it is in use from now on."""
    admit(request, sent.token, Scope.APPROVE)
    city, draft = version_of(request, code, sent.version)
    given = {"by": sent.by, "day": sent.day, "why": sent.why}
    try:
        require_in_use(request, city, sent.in_use)
        sanction = sanction_of(sent.by, sent.day, sent.why, service_of(request).now())
        with service_of(request).record() as write:
            made = approve_version(request, write, draft, sanction)
    except InputError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return _approve_page(request, city, draft, (given, error.message), status=status)
    return to_catalogue(city, made, "&done=approve")


def _approve_page(
    request: Request, city: City, draft: Catalogue, shown: tuple[dict[str, str], str],
    *, status: int = 200,
) -> HTMLResponse:  # fmt: skip
    in_use = catalogue_if_any(city, settings_of(request).workspace)
    before = in_use or draft.model_copy(update={"items": (), "terms": ()})
    return render(
        request, "catalogue_approve.html", city=city, page="catalogue", status=status, draft=draft,
        in_use=in_use, found=compare(before, draft), given=shown[0], wrong=shown[1],
    )  # fmt: skip


def _before(later: Catalogue, versions: list[Listed]) -> str:
    """Return the version another was made from; the one in use where that is not known.

    Raises:
        InputError: It is the first of its city.
    """
    known = {listed.catalogue.version_name for listed in versions}
    if later.based_on in known and later.based_on is not None:
        return later.based_on
    for listed in versions:
        if listed.in_use:
            return listed.catalogue.version
    raise InputError(
        f"{later.label}是该市的第一份目录，没有可以对照的版本。",
        todo="审定以后再拟的草案可以对照。",
    )
