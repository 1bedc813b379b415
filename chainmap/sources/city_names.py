"""City names of a table → city codes, by whole columns."""

from __future__ import annotations

import re

import polars as pl

from chainmap.errors import UnknownNameError
from chainmap.sources.intake.addresses import with_places
from chainmap.sources.intake.fields import by_value
from chainmap.sources.places import find_city
from chainmap.tables import Cities

MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
"""Their city column may hold a district; each is one place everywhere in the product."""


def city_codes(table: pl.DataFrame, cities: Cities) -> pl.Series:
    """Return each row's city code, null where its names answer to no place or to several.

    A municipality is one place whatever its district. A code that exists is taken as it is; a name
    must be the place's full or short name or an alias, inside the province where one is stated.
    Where neither a city nor a code is stated, the address says where it is.

    Args:
        table: Any of `province`, `city`, `city_code`, `address`, as text.
        cities: All prefecture-level places.
    """
    known = set(cities["city_code"])
    names = _names(cities)
    columns = [
        table[name] if name in table.columns else pl.Series([None] * table.height, dtype=pl.String)
        for name in ("province", "city", "city_code")
    ]
    memory: dict[tuple[str | None, str | None, str | None], str | None] = {}
    found: list[str | None] = []
    for key in zip(*columns, strict=True):
        if key not in memory:
            province, city, code = key
            memory[key] = code if code in known else _code(names, province, city)
        found.append(memory[key])
    codes = pl.Series("city_code", found, dtype=pl.String)
    if "address" not in table.columns:
        return codes
    unstated = columns[1].is_null() & columns[2].is_null() & table["address"].is_not_null()
    addressed = _addressed(table.filter(unstated), columns[0].filter(unstated), known)
    return codes.scatter(unstated.arg_true(), addressed)


def stated_codes(cells: pl.Series, cities: Cities) -> pl.Series:
    """Return the city code of each cell that says where a site is; null where it names no place.

    Besides what `city_codes` takes: a code of the city or of a county of it, any name `find_city`
    answers to, and an address or a county behind its city.

    Args:
        cells: Text; null where nothing is stated.
        cities: All prefecture-level places.
    """
    named = city_codes(cells.to_frame("city"), cities)
    rest = named.is_null() & cells.is_not_null()
    left = cells.filter(rest)
    other = by_value(left, lambda text: _found(text, cities), pl.String())
    addressed = city_codes(left.to_frame("address"), cities)
    return named.scatter(rest.arg_true(), pl.select(pl.coalesce(other, addressed)).to_series())


def _found(text: str, cities: Cities) -> str | None:
    code = re.fullmatch(r"(\d{2})(\d{2})(\d{2})(?:\.0)?", text.strip())
    if code is not None:
        ways = ("".join(code.groups()), f"{code[1]}{code[2]}00", f"{code[1]}0000")
        return next((way for way in ways if way in cities["city_code"]), None)
    try:
        return find_city(cities, text).code
    except UnknownNameError:
        return None


def _addressed(table: pl.DataFrame, province: pl.Series, known: set[str]) -> pl.Series:
    """Return the city code of each address, null where it names no place of the table."""
    nothing = pl.lit(None, pl.String)
    places = with_places(
        table.select("address", city=nothing, county=nothing, uscc=nothing).with_columns(
            province=province
        )
    )
    return places.select(pl.when(pl.col("city_code").is_in(list(known))).then("city_code"))[
        "city_code"
    ]


def _names(cities: Cities) -> dict[str, list[tuple[str, str]]]:
    """Return name → (province, code) of every place it may mean."""
    names: dict[str, list[tuple[str, str]]] = {}
    for row in cities.iter_rows(named=True):
        for name in {row["city"], row["short_name"], *row["aliases"]}:
            names.setdefault(name.casefold(), []).append((row["province"], row["city_code"]))
    return names


def _code(
    names: dict[str, list[tuple[str, str]]], province: str | None, city: str | None
) -> str | None:
    short = next((m for m in MUNICIPALITIES if province and province.startswith(m)), None)
    if short:
        city, province = short, short
    if not city:
        return None
    places = names.get(city.strip().casefold(), [])
    if province:
        places = [(p, code) for p, code in places if province.startswith(p)]
    codes = {code for _, code in places}
    return codes.pop() if len(codes) == 1 else None
