"""Editing a city's catalogue: its items and terms; every edit is a new draft, and audited."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from chainmap.catalogue.difference import compare
from chainmap.catalogue.store import find_version, list_versions
from chainmap.concepts.access import Scope
from chainmap.concepts.admission import Metric
from chainmap.concepts.catalogue import Catalogue, Priority, Wanted
from chainmap.concepts.catalogue_layout import BINDING, REFERENCE, codes_of, term_code
from chainmap.concepts.kinds import GapKind
from chainmap.errors import ConflictError
from chainmap.ledger.audit import Detail
from chainmap.pipeline import load_world
from chainmap.server.pages import catalogue_drafts as drafts
from chainmap.server.pages import facts
from chainmap.server.pages.catalogue_fields import ITEM_INPUTS, TERM_INPUTS, Inputs
from chainmap.server.pages.forms import admit
from chainmap.server.pages.shell import PageRoute, render, settings_of
from chainmap.server.service import service_of
from chainmap.server.writes import deed
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.places import City

router = APIRouter(route_class=PageRoute, include_in_schema=False)
BASE = "/cities/{code}/catalogue"


class Sent(BaseModel):
    """What every form sends: who may send it, on which version, and whether beside a newer one."""

    token: str = ""
    version: str = ""
    fork: bool = False


class ItemSent(Sent):
    """An item as the form has it; `item` is empty for a new one."""

    item: str = ""
    segment: str = ""
    kind: str = ""
    direction: str = ""
    priority: str = ""
    wanted: list[str] = []
    terms: list[str] = []
    period: str = ""
    incentive: str = ""
    note: str = ""


class TermSent(Sent):
    """An admission term as the form has it; `term` is empty for a new one."""

    term: str = ""
    metric: str = ""
    requirement: str = ""
    value: str = ""
    unit: str = ""
    place: str = ""
    place_code: str = ""
    since: str = ""
    binding: str = ""
    title: str = ""
    number: str = ""
    article: str = ""
    issuer: str = ""
    date: str = ""
    ask: str = ""


@router.get(f"{BASE}/item")
def item_form(request: Request, code: str, version: str = "", item: str = "") -> HTMLResponse:
    """Return the form of an item; of a new one where none is named."""
    city, base = version_of(request, code, version)
    return _item_page(request, city, base, item, (drafts.item_cells(base, item), {}))


@router.post(f"{BASE}/item")
def edit_item(request: Request, code: str, sent: Annotated[ItemSent, Form()]) -> Response:
    """Make a draft with the item as sent; or show what is wrong, at its field."""
    admit(request, sent.token, Scope.WRITE)
    city, base = version_of(request, code, sent.version)
    cells = drafts.item_cells(base, sent.item)
    cells |= ITEM_INPUTS.cells(sent) | {
        "目标对象": "、".join(sent.wanted),
        "准入条件": drafts.codes_of_terms(base, sent.terms),
    }
    if not sent.item:
        cells |= {"环节": sent.segment.strip(), "缺口类型": sent.kind}
    made = drafts.with_item(base, cells, load_world().library)
    stored = _keep(request, (city, base), made, sent, sent.item or sent.segment)
    if isinstance(stored, dict):
        return _item_page(request, city, base, sent.item, (cells, stored), status=422)
    item = sent.item or stored.items[-1].id
    return to_catalogue(city, stored, f"&done=edit&item={item}#{item}")


@router.post(f"{BASE}/remove")
def remove_item(request: Request, code: str, sent: Annotated[ItemSent, Form()]) -> Response:
    """Make a draft without the item."""
    admit(request, sent.token, Scope.WRITE)
    city, base = version_of(request, code, sent.version)
    made = drafts.without_item(base, sent.item, load_world().library)
    stored = _keep(request, (city, base), made, sent, sent.item)
    if isinstance(stored, dict):
        cells = drafts.item_cells(base, sent.item)
        return _item_page(request, city, base, sent.item, (cells, stored), status=422)
    return to_catalogue(city, stored, "&done=remove")


@router.get(f"{BASE}/term")
def term_form(request: Request, code: str, version: str = "", term: str = "") -> HTMLResponse:
    """Return the form of an admission term; of a new one where none is named."""
    city, base = version_of(request, code, version)
    return _term_page(request, city, base, term, (drafts.term_cells(base, term), {}))


@router.post(f"{BASE}/term")
def edit_term(request: Request, code: str, sent: Annotated[TermSent, Form()]) -> Response:
    """Make a draft with the term as sent; or show what is wrong, at its field."""
    admit(request, sent.token, Scope.WRITE)
    city, base = version_of(request, code, sent.version)
    cells = drafts.term_cells(base, sent.term) | TERM_INPUTS.cells(sent)
    made = drafts.with_term(base, cells, load_world().library)
    stored = _keep(request, (city, base), made, sent, sent.term or sent.requirement[:60])
    if isinstance(stored, dict):
        return _term_page(request, city, base, sent.term, (cells, stored), status=422)
    return to_catalogue(city, stored, "&done=term#terms")


def version_of(request: Request, code: str, version: str) -> tuple[City, Catalogue]:
    """Return the city a path names, and the version asked for; the one in use where none is."""
    city = facts.city(code)
    return city, find_version(city, version or None, settings_of(request).workspace)


def _keep(
    request: Request, of: tuple[City, Catalogue], made: drafts.Edited, sent: Sent, entry: str
) -> Catalogue | dict[str, str]:
    """Return the draft as stored, audited; or what is wrong, by field."""
    (city, base), workspace = of, settings_of(request).workspace
    if made.draft is None:
        return made.errors
    if made.draft.content_sha256 == base.content_sha256:
        return {"": "没有改动，未生成新的草案。"}
    try:
        drafts.refuse_stale(base, list_versions(city, workspace), fork=sent.fork)
    except ConflictError as error:
        return {"stale": f"{error.message}{error.todo}"}
    with service_of(request).record() as write:
        stored = drafts.keep(base, made.draft, city, workspace)
        fields = [change.field or change.what for change in compare(base, stored).changes]
        detail: Detail = {"entry": entry, "based_on": base.version_name, "fields": fields[:20]}
        write(deed(request, "catalogue.edit", stored.version_name, detail))
    return stored


def _item_page(
    request: Request, city: City, base: Catalogue, item: str, shown: tuple[drafts.Cells, Any],
    *, status: int = 200,
) -> HTMLResponse:  # fmt: skip
    library = load_world().library
    known = {one.segment for one in base.items}
    return _form_page(
        request, (city, base, status), "catalogue_item.html", shown, ITEM_INPUTS,
        item=item,
        entry=next((one for one in base.items if one.id == item), None),
        ticked=_ticked(base, shown[0]["准入条件"]),
        chosen=shown[0]["目标对象"].split("、"),
        free=[s for s in library.segments.values() if s.id not in known] if not item else [],
        kinds=[kind.zh for kind in GapKind],
        priorities=[one.zh for one in Priority],
        wanted=[one.zh for one in Wanted],
        review=load_fair_competition().mark,
    )  # fmt: skip


def _term_page(
    request: Request, city: City, base: Catalogue, term: str, shown: tuple[drafts.Cells, Any],
    *, status: int = 200,
) -> HTMLResponse:  # fmt: skip
    return _form_page(
        request, (city, base, status), "catalogue_term.html", shown, TERM_INPUTS,
        term=term,
        metrics=[metric.zh for metric in Metric],
        bindings=[BINDING, REFERENCE],
        users=[item for item in base.items if term and term in item.admission],
    )  # fmt: skip


def _form_page(
    request: Request, about: tuple[City, Catalogue, int], template: str,
    shown: tuple[drafts.Cells, dict[str, str]], inputs: Inputs, **more: Any,
) -> HTMLResponse:  # fmt: skip
    (city, base, status), (cells, errors) = about, shown
    versions = list_versions(city, settings_of(request).workspace)
    return render(
        request, template, city=city, page="catalogue", status=409 if "stale" in errors else status,
        base=base, cells=cells, errors=errors, inputs=inputs,
        newer=drafts.successors(base, versions), **more,
    )  # fmt: skip


def _ticked(base: Catalogue, cell: str) -> set[str]:
    """Return the ids of the terms an item's cell states."""
    stated = codes_of(cell) or []
    return {term.id for at, term in enumerate(base.terms) if term_code(at) in stated}


def to_catalogue(city: City, catalogue: Catalogue, more: str) -> Response:
    """Return the way to a version's page."""
    address = f"/cities/{city.code}/catalogue?version={catalogue.version}{more}"
    return RedirectResponse(address, 303)
