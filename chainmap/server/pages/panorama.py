"""`/cities/{code}/chains/{chain}`: the panorama, compared, overlaid with links, and as files."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from chainmap.concepts.panorama_records import STATE_ZH, Panorama
from chainmap.errors import InputError
from chainmap.pipeline import load_world
from chainmap.reports.panorama_files import panorama_graphml, panorama_json, picture_png
from chainmap.reports.panorama_layout import lay_out
from chainmap.reports.panorama_legend import SHOWN_FIRST, PanoramaOptions
from chainmap.reports.panorama_svg import panorama_svg
from chainmap.server.pages import facts, files
from chainmap.server.pages.shell import PageRoute, language, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_MEDIA = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "graphml": "application/graphml+xml",
    "json": "application/json",
}


@router.get("/cities/{code}/panorama")
def any_panorama(code: str, chain: str = "") -> Response:
    """Send a reader to the panorama of a chain, or of the one the city is most engaged in."""
    if chain:
        wanted = load_world().library.find_chain(chain)
        return RedirectResponse(f"/cities/{facts.city(code).code}/chains/{wanted.id}", 303)
    chains = facts.facts(facts.city(code).code).chains
    best = max(chains, key=lambda standing: standing.engagement)
    return RedirectResponse(f"/cities/{facts.city(code).code}/chains/{best.chain_id}", 303)


@router.get("/cities/{code}/chains/{chain}")
def show_panorama(
    request: Request, code: str, chain: str, other: str = "", focus: str = ""
) -> HTMLResponse:
    """Return a chain's panorama in a city; beside a second city's numbers where one is asked."""
    shown, compared, focused = _asked(code, chain, other, focus)
    units = {
        placed.stage.stage: round(placed.width / 186) for placed in lay_out(shown, "zh", 1.8).stages
    }
    return render(
        request,
        "panorama.html",
        city=facts.city(shown.city_code),
        page="panorama",
        shown=shown,
        other=compared,
        others={s.id: s for s in compared.segments} if compared else {},
        focus=focused,
        focused=next((s for s in shown.segments if s.id == focused), None),
        units=units,
        states=list(STATE_ZH),
        shown_first=SHOWN_FIRST,
        chains=list(load_world().library.chains.values()),
        cities=facts.home_cities(),
        inside={segment.id for segment in shown.segments},
    )


@router.get("/cities/{code}/chains/{chain}/panorama.{kind}")
def panorama_file(
    request: Request, code: str, chain: str, kind: str, other: str = "", focus: str = ""
) -> Response:
    """Return the panorama as SVG, PNG, GraphML or JSON, as it is on the page."""
    if kind not in _MEDIA:
        raise InputError(f"没有“{kind}”格式。", todo=f"可用：{'、'.join(_MEDIA)}。")
    shown, compared, focused = _asked(code, chain, other, focus)
    if kind == "json":
        content: str | bytes = panorama_json(shown)
    elif kind == "graphml":
        content = panorama_graphml(shown)
    else:
        drawn = PanoramaOptions(focus=focused, other=compared, lang=language(request))
        content = panorama_svg(shown, drawn)
        if kind == "png":
            content = picture_png(content)
    name = f"{shown.city}-{shown.chain}-全景图.{kind}"
    return files.hand_over(request, name, content, _MEDIA[kind])


def _asked(
    code: str, chain: str, other: str, focus: str
) -> tuple[Panorama, Panorama | None, str | None]:
    library = load_world().library
    wanted = library.find_chain(chain)
    shown = facts.chain_panorama(facts.city(code).code, wanted.id)
    compared = facts.chain_panorama(facts.city(other).code, wanted.id) if other else None
    focused = library.find_segment(focus, wanted).id if focus else None
    return shown, compared, focused
