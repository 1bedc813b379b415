"""`/cities/{code}/catalogue`: what a city wants to attract, on which terms; its versions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.catalogue.store import find_version, list_versions
from chainmap.concepts.catalogue import ORIGIN_ZH, Catalogue, Priority
from chainmap.errors import InputError
from chainmap.pipeline import load_world
from chainmap.reports.catalogue_rows import priority_words
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
    city = facts.city(code)
    workspace = settings_of(request).workspace
    versions = list_versions(city, workspace)
    shown: dict[str, Any] = {"catalogue": None, "items": []}
    if versions or version:
        shown = _shown(find_version(city, version or None, workspace), chain, priority)
    return render(
        request,
        "catalogue.html",
        city=city,
        page="catalogue",
        versions=versions,
        cities=facts.home_cities(),
        **shown,
    )


def _shown(catalogue: Catalogue, chain: str, priority: str) -> dict[str, Any]:
    """Return what the page says of a version: its items of a chain and a priority, and terms."""
    library = load_world().library
    if priority and priority not in set(Priority):
        raise InputError("没有这样的优先级。", todo="请从页面上的选项中选择。")
    asked = library.find_chain(chain).id if chain else ""
    items = [
        item
        for item in catalogue.items
        if (not asked or item.chain == asked) and (not priority or item.priority == priority)
    ]
    return {
        "catalogue": catalogue,
        "items": items,
        "asked": asked,
        "priority": priority,
        "priorities": list(Priority),
        "origins": ORIGIN_ZH,
        "words": priority_words() if catalogue.groundwork else "",
        "passages": {note.id: note for note in catalogue.passages},
        "used": [t for t in catalogue.terms if any(t.id in item.admission for item in items)],
        "living": set(library.segments),
    }
