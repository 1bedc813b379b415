"""`/`: 浙江 at a glance, eleven cities by six chains; and the list of all cities."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from chainmap.pipeline import load_world
from chainmap.reports import records
from chainmap.reports.city_tiles import shade
from chainmap.server.pages import facts
from chainmap.server.pages.shell import PageRoute, city_in_mind, render
from chainmap.server.pages.tiles import deployed_map, engagement_tiles
from chainmap.server.pages.warm import begin

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_PAGES = {
    "city": "",
    "panorama": "/panorama",
    "gaps": "/gaps",
    "targets": "/targets",
    "catalogue": "/catalogue",
}


@router.get("/")
def overview(request: Request, chain: str | None = None) -> HTMLResponse:
    """Return the overview of the province."""
    library = load_world().library
    begin(request, city_in_mind(request).code)
    asked = library.find_chain(chain) if chain else None
    standings = facts.home_standings()
    order = sorted(facts.home_cities(), key=lambda c: -sum(s.n_held for s in standings[c.code]))
    return render(
        request,
        "overview.html",
        page="overview",
        cities=order,
        chains=list(library.chains.values()),
        standings=standings,
        shade=shade,
        asked=asked.id if asked else "",
        tiles=engagement_tiles(asked.id if asked else None),
        drawn=deployed_map(request),
        edition=load_world().edition,
    )


@router.get("/cities")
def cities(request: Request) -> HTMLResponse:
    """Return every city with companies in the roster, by province."""
    known = [city for city in records.city_records(load_world()) if city.n_companies]
    by_code = sorted(known, key=lambda city: city.code)
    provinces = [(name, list(rows)) for name, rows in groupby(by_code, key=lambda c: c.province)]
    return render(request, "cities.html", page="city", provinces=provinces)


@router.get("/go")
def go(city: str, page: str = "city", chain: str = "", segment: str = "") -> Response:
    """Send a reader to the same page of another city."""
    if city == "more":
        return RedirectResponse("/cities", status_code=303)
    code = facts.city(city).code
    if segment:
        return RedirectResponse(f"/cities/{code}/segments/{quote(segment)}", status_code=303)
    if page == "panorama" and chain:
        return RedirectResponse(f"/cities/{code}/chains/{quote(chain)}", status_code=303)
    asked = f"?chain={quote(chain)}" if chain else ""
    return RedirectResponse(f"/cities/{code}{_PAGES.get(page, '')}{asked}", status_code=303)
