"""`/cities/{code}/gaps` and `/cities/{code}/segments/{segment}`: what is lacking, and why."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from chainmap.concepts.kinds import GapKind, Stage
from chainmap.errors import InputError
from chainmap.pipeline import load_world
from chainmap.server.pages import facts, files, gap_picture
from chainmap.server.pages.segment_facts import (
    elsewhere_plans,
    firms_here,
    holders,
    passages,
)
from chainmap.server.pages.shell import PageRoute, language, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
FIRST_ROWS = 50
"""Rows of the gap list at once; the reader asks for the rest."""


@router.get("/cities/{code}/gaps")
def list_gaps(
    request: Request, code: str, chain: str = "", kind: str = "", stage: str = "", all: bool = False
) -> HTMLResponse:
    """Return a city's gaps, best first, narrowed as asked."""
    library, city = load_world().library, facts.city(code)
    asked = library.find_chain(chain) if chain else None
    if (kind and kind not in set(GapKind)) or (stage and stage not in set(Stage)):
        raise InputError("没有这样的类型或位置。", todo="请从页面上的选项中选择。")
    found = facts.gaps(city.code, asked.id if asked else None)
    narrowed = [
        gap
        for gap in found.gaps
        if (not kind or gap.kind == kind) and (not stage or gap.stage == stage)
    ]
    return render(
        request,
        "gaps.html",
        city=city,
        page="gaps",
        asked=asked,
        kind=kind,
        stage=stage,
        basis=found.basis,
        gaps=narrowed if all else narrowed[:FIRST_ROWS],
        n_gaps=len(narrowed),
        kinds=Counter(gap.kind for gap in found.gaps),
        stages=list(Stage),
        chains=list(library.chains.values()),
        cities=facts.home_cities(),
    )


@router.get("/cities/{code}/segments/{segment}")
def show_segment(request: Request, code: str, segment: str) -> HTMLResponse:
    """Return a segment in a city: its gap with both axes and parts, or why it is none."""
    world, city = load_world(), facts.city(code)
    wanted = world.library.find_segment(segment)
    chain = world.library.chain_of(wanted.id)
    chips = {chip.id: chip for chip in facts.chain_panorama(city.code, chain.id).segments}
    in_chain = facts.gaps_by_segment(city.code, chain.id)
    gap = in_chain.get(wanted.id)
    overall = next((g.rank for g in facts.gaps(city.code).gaps if g.segment_id == wanted.id), None)
    lang = language(request)
    return render(
        request,
        "segment.html",
        city=city,
        page="gaps",
        segment=wanted,
        chain=chain,
        chip=chips[wanted.id],
        gap=gap,
        overall=overall,
        n_in_chain=len(in_chain),
        parts=gap_picture.parts(gap, lang) if gap else [],
        plane=gap_picture.plane(list(in_chain.values()), wanted.id) if gap else None,
        here_firms=firms_here(world, city, [wanted.id]),
        user_firms=firms_here(world, city, gap.local_users) if gap else [],
        supplier_firms=firms_here(world, city, gap.local_suppliers) if gap else [],
        holders=holders(world, wanted.id),
        passages=passages(world, wanted, city),
        away=elsewhere_plans(world, city),
        stage=world.library.stage_of(wanted.id).value,
        cities=facts.home_cities(),
    )


@router.get("/cities/{code}/gaps.xlsx")
def gaps_file(request: Request, code: str, chain: str = "") -> Response:
    """Return a city's gaps, of one chain where one is asked, as Excel."""
    city = facts.city(code)
    asked = load_world().library.find_chain(chain) if chain else None
    found = facts.gaps(city.code, asked.id if asked else None)
    name = f"{city.short_name}-{asked.name if asked else '全部产业链'}-缺口清单.xlsx"
    return files.hand_over(request, name, files.gaps_xlsx(found), files.MEDIA["xlsx"])
