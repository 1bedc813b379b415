"""Places (行政区划): provinces, prefecture-level cities, Zhejiang's counties, and their names."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from unicodedata import normalize

import polars as pl

from chainmap import resources
from chainmap.concepts.hanzi import simplified
from chainmap.concepts.policy import AdminLevel
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.tables import CITIES, Cities

_MOST_SHOWN = 11
"""Cities of a province that a message names: those of Zhejiang all."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""


class City(NamedTuple):
    """One prefecture-level place."""

    code: str
    name: str
    short_name: str
    province_code: str
    province: str


@cache
def load_cities() -> Cities:
    """Return all prefecture-level places of China, by code.

    Raises:
        ResourceError: A bundled file is missing or was changed.
        TableError: A bundled file is malformed.
    """
    provinces = _read("provinces.csv").select(
        pl.col("code").alias("province_code"), pl.col("short_name").alias("province")
    )
    frame = (
        _read("cities.csv")
        .rename({"code": "city_code", "name": "city"})
        .with_columns(
            pl.col("lon", "lat").cast(pl.Float64),
            aliases=pl.col("aliases").fill_null("").str.split(";").list.filter(pl.element() != ""),
        )
        .join(provinces, on="province_code", how="left", maintain_order="left")
        .sort("city_code")
    )
    return CITIES.check(frame)


@cache
def load_counties() -> pl.DataFrame:
    """Return Zhejiang's 90 county-level places as the file states them, all text, by code."""
    return _read("counties-zhejiang.csv").sort("code")


@cache
def load_place_names() -> dict[str, tuple[str, AdminLevel]]:
    """Return place name → (code, administrative level), for finding places in a text.

    Provinces and cities answer to full and short names, Zhejiang's counties too; its districts
    only to full names, because 西湖 or 上城 mostly mean something else.
    """
    names: dict[str, tuple[str, AdminLevel]] = {}
    for row in load_counties().iter_rows(named=True):
        short = [row["short_name"]] if row["kind"] != "district" else []
        names |= dict.fromkeys((*short, row["name"]), (row["code"], "county"))
    for row in load_cities().iter_rows(named=True):
        names |= dict.fromkeys((row["short_name"], row["city"]), (row["city_code"], "city"))
    for row in _read("provinces.csv").iter_rows(named=True):
        names |= dict.fromkeys((row["short_name"], row["name"]), (row["code"], "province"))
    return names


def find_city(cities: Cities, given: str) -> City:
    """Return the city called `given`: code, full or short name, pinyin, English, or alias.

    Traditional characters count as the simplified ones where nothing is called so.

    Raises:
        UnknownNameError: Nothing answers to it; the nearest names are offered.
    """
    wanted = normalize("NFKC", given).strip().casefold()
    names = _city_names(cities)
    codes = names.get(wanted) or _in_province(wanted, cities, names)
    if not codes:
        wanted = simplified(wanted)
        codes = names.get(wanted) or _in_province(wanted, cities, names)
    if len(codes) != 1:
        raise _a_province(cities, given, wanted) or _unknown_city(cities, given, codes)
    row = cities.row(by_predicate=pl.col("city_code") == codes[0], named=True)
    return City(codes[0], row["city"], row["short_name"], row["province_code"], row["province"])


def distances_km(cities: Cities, code: str) -> pl.DataFrame:
    """Return `city_code, distance_km` from the centre of `code` to every centre, by code.

    Source:
        Haversine formula on the sphere; centres are rounded to 0.01°, about 1 km.
    """
    home = cities.filter(pl.col("city_code") == code)
    lat1, lon1 = pl.lit(home["lat"][0]).radians(), pl.lit(home["lon"][0]).radians()
    lat2, lon2 = pl.col("lat").radians(), pl.col("lon").radians()
    inner = ((lat2 - lat1) / 2).sin() ** 2 + lat1.cos() * lat2.cos() * (
        (lon2 - lon1) / 2
    ).sin() ** 2
    distance = 2 * EARTH_RADIUS_KM * inner.clip(0.0, 1.0).sqrt().arcsin()
    return cities.select("city_code", distance.round(1).alias("distance_km"))


def _city_names(cities: Cities) -> dict[str, list[str]]:
    """Return every spelling, case folded → city codes; a Chinese name or code wins over the rest.

    Romanised names are shared by some cities (台州 and 泰州 are both Taizhou).
    """
    names: dict[str, list[str]] = {}
    for row in cities.iter_rows(named=True):
        for alias in {a.casefold() for a in (*row["aliases"], row["pinyin"], row["name_en"])}:
            names.setdefault(alias, []).append(row["city_code"])
    for column in ("short_name", "city", "city_code"):
        for name, code in zip(cities[column], cities["city_code"], strict=True):
            names[name.casefold()] = [code]
    return names


def _in_province(given: str, cities: Cities, names: dict[str, list[str]]) -> list[str]:
    """Return the cities 浙江省绍兴市 or 浙江绍兴 may mean: those of the province it opens with."""
    home = dict(cities.select("city_code", "province_code").iter_rows())
    for row in _read("provinces.csv").iter_rows(named=True):
        for name in (row["name"], row["short_name"]):
            if given.startswith(name) and len(given) > len(name):
                codes = names.get(given[len(name) :].strip(), [])
                return [code for code in codes if home[code] == row["code"]]
    return []


def _a_province(cities: Cities, given: str, wanted: str) -> UnknownNameError | None:
    """Return the error for the name of a province, which names its cities; None for others."""
    for row in _read("provinces.csv").iter_rows(named=True):
        names = (row["name"], row["short_name"], row["code"])
        if wanted in names or given.strip() in names:
            inside = tuple(cities.filter(pl.col("province_code") == row["code"])["city"])
            shown = "、".join(inside[:_MOST_SHOWN])
            error = UnknownNameError("城市", given, inside[:_MOST_SHOWN])
            kind = "省" if row["name"].endswith("省") else "省级地区"
            error.message = f"“{given.strip()}”是{kind}，不是城市。"
            more = f"等 {len(inside)} 个" if len(inside) > _MOST_SHOWN else ""
            error.todo = f"请写其中的一个城市：{shown}{more}。" if inside else "请写城市的名称。"
            return error
    return None


def _unknown_city(cities: Cities, given: str, codes: list[str]) -> UnknownNameError:
    """Return the error that helps most: same spelling, a county of a city, or near names."""
    if codes:
        twins = cities.filter(pl.col("city_code").is_in(codes))["city"]
        return UnknownNameError("唯一的城市", given, tuple(twins))
    counties = load_counties().filter(
        pl.any_horizontal(pl.col("code", "name", "short_name") == given.strip())
        | pl.col("aliases").str.split(";").list.contains(given.strip())
    )
    if not counties.is_empty():
        home = cities.filter(pl.col("city_code") == counties["city_code"][0])["city"][0]
        return UnknownNameError("地级市", given, (home,))
    full = {
        name: row["city"]
        for row in cities.iter_rows(named=True)
        for name in (row["name_en"], row["short_name"], row["city"])
    }
    near = dict.fromkeys(full[name] for name in nearest_names(given, full, limit=9))
    return UnknownNameError("城市", given, tuple(near)[:3])


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(resources.read_bytes("data", "cities", name), infer_schema=False)
