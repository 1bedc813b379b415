"""Addresses → the words in them that name places, for whole columns at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import polars as pl

from chainmap.sources.intake.divisions import Clues, find_place, load_divisions
from chainmap.sources.places import load_cities

_PLACE = pl.Struct({
    "province_code": pl.String, "city_code": pl.String, "county_code": pl.String,
    "county": pl.String, "place_note": pl.String,
})  # fmt: skip


def with_places(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with `province_code, city_code, county_code, county, place_note` found.

    Needs `province, city, county, address, uscc` as text; what the list itself says of the county
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
    address = address.str.replace(r"^中国(?:大陆)?", "")
    parts = frame.select(*clean, "uscc", address=address)
    parts = parts.with_columns(p=pl.col("address").str.extract(provinces))
    rest = _after(pl.col("address"), pl.col("p"))
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
    # 吉林 and 海南 also begin 吉林市 and 海南藏族自治州: only with 省 are they provinces.
    heads = {name for name in table.provinces if name not in ("吉林", "海南")}
    return (
        _starts(heads),
        _starts(table.city_full),
        _starts(counties),
        _starts(load_cities()["short_name"].to_list()),
        _starts(short),
    )


@cache
def _towns() -> str:
    changes = load_divisions().changes.values()
    return _starts({town for group in changes for change in group for town in change.towns})


def _starts(names: Iterable[str]) -> str:
    return "^(" + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + ")"
