"""`/cities/{code}/catalogue`: what a city wants to attract, on which terms; its versions."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.catalogue.store import Listed, find_version, list_versions
from chainmap.concepts.catalogue import ORIGIN_ZH, Priority
from chainmap.errors import InputError
from chainmap.pipeline import load_world
from chainmap.server.pages import facts
from chainmap.server.pages.shell import PageRoute, render, settings_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/cities/{code}/catalogue")
def show_catalogue(
    request: Request,
    code: str,
    version: str = "",
    chain: str = "",
    priority: str = "",
    done: str = "",
) -> HTMLResponse:
    """Return a version of a city's catalogue; the one in use where none is named."""
    city, library = facts.city(code), load_world().library
    if priority and priority not in set(Priority):
        raise InputError("没有这样的优先级。", todo="请从页面上的选项中选择。")
    asked = library.find_chain(chain).id if chain else ""
    workspace = settings_of(request).workspace
    versions: list[Listed] = list_versions(city, workspace)
    if not versions and not version:
        return render(
            request, "catalogue.html", city=city, page="catalogue", catalogue=None,
            cities=facts.home_cities(), items=[], versions=[],
        )  # fmt: skip
    catalogue = find_version(city, version or None, workspace)
    items = [
        item
        for item in catalogue.items
        if (not asked or item.chain == asked) and (not priority or item.priority == priority)
    ]
    return render(
        request,
        "catalogue.html",
        city=city,
        page="catalogue",
        catalogue=catalogue,
        items=items,
        versions=versions,
        asked=asked,
        priority=priority,
        priorities=list(Priority),
        origins=ORIGIN_ZH,
        passages={note.id: note for note in catalogue.passages},
        terms={term.id: term for term in catalogue.terms},
        used=[t for t in catalogue.terms if any(t.id in item.admission for item in items)],
        living=set(library.segments),
        cities=facts.home_cities(),
    )
