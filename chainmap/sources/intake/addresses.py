"""Addresses → the words in them that name places, for whole columns at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import polars as pl

from chainmap.sources.intake.divisions import load_divisions
from chainmap.sources.intake.stated_places import Clues, find_place
from chainmap.sources.places import load_cities

AMBIGUOUS = {"吉林": "22", "海南": "46"}
"""Provinces that also begin 吉林市 and 海南藏族自治州: without 省 only before a place of theirs."""

CORPS = r"^(?:生产建设)?兵团(?:农?第?[一二三四五六七八九十\d]+师)?"
"""The corps of 新疆 (兵团) and its divisions, which stand between province and city."""

_PLACE = pl.Struct({
    "province_code": pl.String, "city_code": pl.String, "county_code": pl.String,
    "county": pl.String, "place_note": pl.String, "place_unknown": pl.String,
})  # fmt: skip


def with_places(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with what was found: `province_code, city_code, county_code, county`.

    `place_note` says what was concluded how; `place_unknown` is a stated city that is none. Needs
    `province, city, county, address, uscc` as text; what the list itself says of the county
    stays in `county_stated`.
    """
    clues = _clues(frame)
    clues.columns = [f"clue_{column}" for column in clues.columns]
    distinct = clues.unique(maintain_order=True)
    rows = [find_place(Clues(*row)) for row in distinct.iter_rows()]
    places = pl.DataFrame(
        {field: [row[i] for row in rows] for i, field in enumerate(_PLACE.to_schema())},
        schema=_PLACE.to_schema(),
    )
    found = clues.join(
        pl.concat([distinct, places], how="horizontal"),
        on=clues.columns, how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return frame.drop("county").with_columns(found.select(places.columns))


def _clues(frame: pl.DataFrame) -> pl.DataFrame:
    provinces, full, counties, short, county_short = _patterns()
    clean = [pl.col(c).str.replace_all(r"[\s|,，]", "") for c in ("province", "city", "county")]
    address = pl.col("address").str.replace_all(r"[\s()（）\[\]【】]", "")
    address = address.str.replace(r"^中国(?:大陆)?", "").str.replace(_half_named(), "${1}省$2")
    parts = frame.select(*clean, "uscc", address=address)
    parts = parts.with_columns(p=pl.col("address").str.extract(provinces))
    rest = _after(pl.col("address"), pl.col("p")).str.replace(CORPS, "")
    parts = parts.with_columns(rest=rest)
    parts = parts.with_columns(c=pl.col("rest").str.extract(full))
    parts = parts.with_columns(rest=_after(pl.col("rest"), pl.col("c")))
    parts = parts.with_columns(
        # 市辖区 says nothing; a municipality's name may stand twice.
        rest=pl.col("rest").str.replace(r"^(?:市辖区|县|直辖)+", "")
    )
    parts = parts.with_columns(k=pl.col("rest").str.extract(counties))
    parts = parts.with_columns(loose=pl.col("c").is_null() & pl.col("k").is_null())
    bare = pl.col("rest").str.extract(short)
    parts = parts.with_columns(c=pl.when("loose").then(bare).otherwise("c"))
    parts = parts.with_columns(
        rest=pl.when("loose").then(_after(pl.col("rest"), pl.col("c"))).otherwise("rest")
    )
    parts = parts.with_columns(k=pl.coalesce("k", pl.col("rest").str.extract(counties)))
    parts = parts.with_columns(k=pl.coalesce("k", pl.col("rest").str.extract(county_short)))
    after = _after(pl.col("rest"), pl.col("k"))
    return parts.select(
        "province", "city", "county", "p", "c", "k",
        towns=after.str.extract(_towns()),
        code=pl.concat_str(pl.lit("00"), pl.col("uscc").str.slice(2, 6)),
    )  # fmt: skip


def _after(text: pl.Expr, prefix: pl.Expr) -> pl.Expr:
    return pl.when(prefix.is_null()).then(text).otherwise(text.str.slice(prefix.str.len_chars()))


@cache
def _patterns() -> tuple[str, str, str, str, str]:
    table = load_divisions()
    counties = {name for _, name in table.counties}
    short = {re.sub(r"(?:市|区|县|旗)$", "", name) for name in counties}
    short -= {name for name in short if len(name) < 2}
    heads = {name for name in table.provinces if name not in AMBIGUOUS}
    return (
        _starts(heads),
        _starts(table.city_full),
        _starts(counties),
        _starts(load_cities()["short_name"].to_list()),
        _starts(short),
    )


@cache
def _half_named() -> str:
    """Return a pattern of provinces that lack their 省, and a place of theirs behind them."""
    table, behind = load_divisions(), set()
    for name, code in AMBIGUOUS.items():
        cities = (*table.city_full.items(), *table.city_short.items())
        behind |= {place for place, c in cities if c[:2] == code} - {name}
        behind |= {place for city, place in table.counties if city[:2] == code}
    return f"^({'|'.join(AMBIGUOUS)})({_longest_first(behind)})"


@cache
def _towns() -> str:
    changes = load_divisions().changes.values()
    return _starts({town for group in changes for change in group for town in change.towns})


def _starts(names: Iterable[str]) -> str:
    return f"^({_longest_first(names)})"


def _longest_first(names: Iterable[str]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
