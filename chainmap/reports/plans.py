"""Plans as records: names of places, periods, whether in force."""

from __future__ import annotations

import datetime as dt

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.policy import PolicyExtraction
from chainmap.concepts.policy_records import PlanRecord
from chainmap.concepts.provenance import PolicySource
from chainmap.sources.places import load_cities, load_counties


def place_name(code: str | None) -> str:
    """Return the name of a division by its code; empty where there is none, the code if unknown."""
    if code is None:
        return ""
    cities = load_cities()
    for column, name in (("city_code", "city"), ("province_code", "province")):
        found = cities.filter(pl.col(column) == code)
        if not found.is_empty():
            return str(found[name][0])
    counties = load_counties().filter(pl.col("code") == code)
    return code if counties.is_empty() else str(counties["name"][0])


def place_code(name: str) -> str | None:
    """Return the code of a division by its full or short name; null where none bears it.

    A province wins over a city, a city over a county of the same name.
    """
    cities = load_cities()
    for column, names in (("province_code", ("province",)), ("city_code", ("city", "short_name"))):
        stems = {name, name.removesuffix("省")} if column == "province_code" else {name}
        found = cities.filter(pl.any_horizontal(pl.col(n).is_in(stems) for n in names))
        if not found.is_empty():
            return str(found[column][0])
    counties = load_counties().filter((pl.col("name") == name) | (pl.col("short_name") == name))
    return None if counties.is_empty() else str(counties["code"][0])


def plan_record(document: PolicySource, as_of: dt.date) -> PlanRecord:
    """Return a plan of the taxonomy as a record."""
    dating = document.dating()
    return PlanRecord(
        id=document.id,
        title=document.title,
        region_code=document.region_code,
        region=place_name(document.region_code),
        published=document.published,
        start=document.period.start,
        end=document.period.end,
        in_force=document.in_force(as_of),
        expired=document.expired(as_of),
        dated=dating.zh if dating else "年份不详",
    )


def extracted_plan(
    extraction: PolicyExtraction, library: ChainLibrary, as_of: dt.date
) -> PlanRecord:
    """Return the plan of a user's file: the taxonomy's record where it holds this very file."""
    card = extraction.document
    known = next((d for d in library.documents.values() if d.sha256 == card.sha256), None)
    if known is not None:
        return plan_record(known, as_of)
    published = _day(card.published)
    expired = card.period.end is not None and as_of.year > card.period.end
    ahead = card.period.start is not None and as_of.year < card.period.start
    return PlanRecord(
        id=f"file-{card.sha256[:8]}",
        title=card.title or card.file,
        region_code=card.region.code if card.region else None,
        region=card.region.name if card.region else "",
        published=published,
        start=card.period.start,
        end=card.period.end,
        in_force=not expired and not ahead,
        expired=expired,
        dated=f"发布于{published.isoformat()}" if published else "未写发布日期",
    )


def _day(text: str | None) -> dt.date | None:
    """Return a full ISO date; a year or month alone is no day."""
    return dt.date.fromisoformat(text) if text is not None and len(text) == 10 else None
