"""`/data`: where facts come from, how far they reach, how old they are, and how scores are made."""

from __future__ import annotations

import polars as pl
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.gaps.presence import counted_placements
from chainmap.pipeline import load_world
from chainmap.ranking.families import FAMILIES
from chainmap.reports.records import COVERAGE
from chainmap.reports.rows import FAMILY_LABELS
from chainmap.server.pages import facts
from chainmap.server.pages.imported import SHOWN_REASONS, imported_lists
from chainmap.server.pages.shell import PageRoute, language, render
from chainmap.server.pages.words import FAMILIES_EN
from chainmap.sources.cards import load_card

router = APIRouter(route_class=PageRoute, include_in_schema=False)
DATASETS = ("companies", "landings", "cities", "policies")


@router.get("/data")
def show_data(request: Request) -> HTMLResponse:
    """Return the datasets' cards, coverage by province and chain, and the method in short."""
    world = load_world()
    provinces = (
        world.companies.join(world.cities.select("city_code", "province"), on="city_code")
        .group_by("province")
        .agg(n=pl.len(), listed=pl.col("stock_code").count(), cities=pl.col("city_code").n_unique())
        .sort(["n", "province"], descending=[True, False])
    )
    counted = counted_placements(world.placements, world.library)
    held = dict(counted.group_by("segment_id").len().iter_rows())
    chains = [
        (
            chain.id,
            len(chain.segments),
            sum(segment.id in held for segment in chain.segments),
            sum(held.get(segment.id, 0) for segment in chain.segments),
        )
        for chain in world.library.chains.values()
    ]
    return render(
        request,
        "data.html",
        page="data",
        cards=[load_card(dataset) for dataset in DATASETS],
        provinces=provinces.to_dicts(),
        chains=chains,
        edition=world.edition,
        n_companies=world.companies.height,
        n_listed=world.companies["stock_code"].count(),
        n_placements=world.placements.height,
        n_documents=len(world.library.documents),
        n_citations=len(world.library.citations),
        coverage=COVERAGE,
        imported=imported_lists(request),
        shown_reasons=SHOWN_REASONS,
        options=facts.options(),
        families=list(FAMILIES),
        labels=FAMILIES_EN if language(request) == "en" else FAMILY_LABELS,
    )
