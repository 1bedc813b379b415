"""`/cities/{code}`: what a city has, what it lacks, who could come, what policy wants."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.gaps.policy import applies_to
from chainmap.pipeline import load_world
from chainmap.reports.plans import plan_record
from chainmap.reports.register import goal_register, value_text
from chainmap.server.pages import facts
from chainmap.server.pages.shell import PageRoute, render
from chainmap.server.pages.tiles import deployed_map, engagement_tiles
from chainmap.server.pages.warm import SHOWN, begin
from chainmap.sources.register import load_goals

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/cities/{code}")
def show_city(request: Request, code: str, chain: str | None = None) -> HTMLResponse:
    """Return a city's page."""
    world, city = load_world(), facts.city(code)
    begin(request, city.code)
    asked = world.library.find_chain(chain) if chain else None
    found = facts.gaps(city.code)
    return render(
        request,
        "city.html",
        city=city,
        page="city",
        facts=facts.facts(city.code),
        gaps=found.gaps[:SHOWN],
        basis=found.basis,
        n_gaps=len(found.gaps),
        kinds=Counter(gap.kind for gap in found.gaps),
        by_chain=Counter(gap.chain_id for gap in found.gaps),
        first={gap.chain_id: gap for gap in reversed(found.gaps)},
        targets=facts.first_targets(city.code, SHOWN).targets,
        tiles=engagement_tiles(asked.id if asked else None),
        asked=asked.id if asked else "",
        drawn=deployed_map(request),
        home=city.province_code == facts.HOME_PROVINCE,
        cities=facts.home_cities(),
        plans=[
            plan_record(document, world.edition)
            for document in world.library.documents.values()
            if applies_to(document, city)
        ],
        goals=goal_register(world.library, load_goals(), (), city, world.edition).goals,
        value_text=value_text,
    )
