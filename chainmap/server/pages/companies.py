"""`/companies/{id}`: who it is, where it sits on the chains, why it fits a city or not."""

from __future__ import annotations

from typing import Any

import polars as pl
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.concepts.records import TargetRecord
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.pipeline import load_world
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.gap_words import products_of
from chainmap.reports.rows import FAMILY_LABELS, company_source
from chainmap.server.pages import facts
from chainmap.server.pages.selection import Selection, standing
from chainmap.server.pages.shell import PageRoute, city_in_mind, language, render
from chainmap.server.pages.words import FAMILIES_EN

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/companies/{company}")
def show_company(request: Request, company: str, city: str = "") -> HTMLResponse:
    """Return a company's page, seen from a city."""
    world = load_world()
    row = _company(company)
    seen_from = facts.city(city) if city else city_in_mind(request)
    places = world.placements.filter(pl.col("company_id") == company).sort("rank")
    away = row["city_code"] != seen_from.code
    listed = standing(seen_from, [company], Selection()).targets if away else []
    group = world.companies.filter(
        (pl.col("group_id") == row["group_id"]) & (pl.col("company_id") != company)
    )
    return render(
        request,
        "company.html",
        city=seen_from,
        page="targets",
        company=row,
        places=places.to_dicts(),
        pieces=evidence_pieces,
        source=company_source(
            TargetRecord.model_construct(source=row["source"], stock_code=row["stock_code"])
        ),
        names={s: _marks(row["products"], s) for s in places["segment_id"]},
        target=listed[0] if listed else None,
        group=group.select("company_id", "full_name", "city_code").head(20).to_dicts(),
        families=list(FAMILIES),
        labels=FAMILIES_EN if language(request) == "en" else FAMILY_LABELS,
        cities=facts.home_cities(),
    )


def evidence_pieces(text: str, names: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Return the evidence cut into pieces, True where a piece is one of `names`."""
    found: list[tuple[str, bool]] = []
    longest = sorted((name for name in names if name), key=len, reverse=True)
    at, plain = 0, ""
    while at < len(text):
        hit = next((n for n in longest if text[at : at + len(n)].casefold() == n.casefold()), None)
        if hit is None:
            plain += text[at]
            at += 1
            continue
        if plain:
            found.append((plain, False))
            plain = ""
        found.append((text[at : at + len(hit)], True))
        at += len(hit)
    return [*found, (plain, False)] if plain else found


def _marks(products: list[str], segment_id: str) -> tuple[str, ...]:
    """Return what speaks of a segment: its names, and the products that share a word with them."""
    segment = load_world().library.segments[segment_id]
    return (*segment.names, *products_of(products, segment))


def _company(company: str) -> dict[str, Any]:
    companies = load_world().companies
    found = companies.filter(pl.col("company_id") == company)
    if found.is_empty():
        names = [*companies["short_name"], *companies["full_name"]]
        raise UnknownNameError("企业", company, nearest_names(company, names))
    return found.row(0, named=True)
