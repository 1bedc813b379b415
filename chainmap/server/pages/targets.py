"""`/cities/{code}/targets`: who could fill the gaps; filtered, weighed, compared, exported."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from chainmap.concepts.kinds import GapKind
from chainmap.concepts.modes import Mode
from chainmap.errors import InputError
from chainmap.pipeline import load_world
from chainmap.ranking.families import FAMILIES
from chainmap.reports.rows import FAMILY_LABELS
from chainmap.server.kept_lists import TITLES
from chainmap.server.pages import facts, files, modes
from chainmap.server.pages.selection import (
    LENGTHS,
    MOST_COMPARED,
    MOST_PERCENT,
    WEIGHT,
    Asked,
    Selection,
    chosen_targets,
    homes,
    standing,
)
from chainmap.server.pages.shell import PageRoute, language, render
from chainmap.server.pages.words import FAMILIES_EN
from chainmap.sources.places import City

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/cities/{code}/targets")
def show_targets(request: Request, code: str, asked: Asked) -> HTMLResponse:
    """Return the ranked targets as asked."""
    world, city = load_world(), facts.city(code)
    library = world.library
    return render(
        request,
        "targets.html",
        city=city,
        page="targets",
        asked=asked,
        list=chosen_targets(city, asked),
        homes=homes(city, asked),
        titles=list(TITLES),
        kinds=list(GapKind),
        lengths=LENGTHS,
        families=list(FAMILIES),
        labels=FAMILIES_EN if language(request) == "en" else FAMILY_LABELS,
        weight=WEIGHT,
        most_percent=MOST_PERCENT,
        chains=list(library.chains.values()),
        segments=[
            library.segments[gap.segment_id] for gap in facts.gaps(city.code, asked.chain).gaps
        ]
        if asked.chain
        else [],
        cities=facts.home_cities(),
        most=MOST_COMPARED,
        library=library,
        modes=list(Mode),
        leaders=modes.leaders(city.code, asked.chain) if asked.mode == Mode.LEADER else (),
        industries=modes.industries() if asked.mode == Mode.INDUSTRY else [],
        suggested=_suggested(city, asked),
    )


@router.get("/cities/{code}/targets/compare")
def compare_targets(
    request: Request,
    code: str,
    asked: Asked,
    pick: Annotated[list[str] | None, Query()] = None,
) -> HTMLResponse:
    """Return up to four targets side by side, as they stand in the whole list."""
    city = facts.city(code)
    picked = (pick or [])[:MOST_COMPARED]
    found = {target.company_id: target for target in standing(city, picked, asked).targets}
    titles = dict(load_world().companies.select("company_id", "kinds").iter_rows())
    return render(
        request,
        "compare.html",
        city=city,
        page="targets",
        asked=asked,
        targets=[found[company] for company in picked if company in found],
        titles=titles,
        families=list(FAMILIES),
        labels=FAMILIES_EN if language(request) == "en" else FAMILY_LABELS,
    )


@router.get("/cities/{code}/targets.{suffix}")
def targets_file(request: Request, code: str, suffix: str, asked: Asked) -> Response:
    """Return the list as shown, as Excel or CSV."""
    if suffix not in ("xlsx", "csv"):
        raise InputError(f"没有“{suffix}”格式。", todo="可用：xlsx、csv。")
    city = facts.city(code)
    chosen = chosen_targets(city, asked)
    content = files.targets_xlsx(chosen) if suffix == "xlsx" else files.targets_csv(chosen)
    mark = "（自定义权重）" if asked.custom else ""
    name = f"{city.short_name}-{chosen.basis.chain or '全部产业链'}-招商目标{mark}.{suffix}"
    return files.hand_over(request, name, content, files.MEDIA[suffix])


def _suggested(city: City, asked: Selection) -> str:
    """Return a name for the list as it is asked for; the reader may write another."""
    library = load_world().library
    if asked.segment:
        about = library.segments[asked.segment].name
    else:
        about = library.chains[asked.chain].name if asked.chain else "全部产业链"
    way = Mode(asked.mode).zh if asked.mode else ""
    parts = [f"{city.short_name}{about}招商目标", way, asked.home, asked.title]
    mark = "（自定义权重）" if asked.custom else ""
    return " ".join(part for part in parts if part) + mark
