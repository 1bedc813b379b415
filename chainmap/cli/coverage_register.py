"""Registrations as the hidden-firm test wants them: makers by city, segment and year block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.chains.library import load_library
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.presence import counted_placements
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.scopes import HIGH_CONFIDENCE
from chainmap.sources.places import load_cities
from chainmap.sources.registers import scan_register
from chainmap.tables import PLACEMENTS

PARTITION_ROWS = 100_000
YEAR_BLOCKS = {"1995 年及以前": 0, "1996–2000 年": 1996, "2001 年以后": 2001}
"""Registrations by the year they begin: blocks of like size, as sources hidden unlike."""


class Registered(NamedTuple):
    """A register's makers: `firms` as the hidden-firm test wants them, and what bounds them."""

    firms: pl.DataFrame
    names: pl.DataFrame
    provinces: list[str]
    last_year: int


def read_makers(place: Path) -> Registered:
    """Return the makers and developers of a register, placed with high confidence.

    Args:
        place: As `register_files` takes it; a municipality's city may be its district. Rows without
            a known city are passed over.

    Raises:
        InputError: There are no registrations, or they cannot be read.
    """
    library, cities = load_library(), load_cities()
    alone = cities.filter(pl.len().over("province") == 1).select("province", alone="city_code")
    named = cities.select("province", "city_code", city="short_name")
    year = pl.col("reg_date").str.slice(0, 4).cast(pl.Int64, strict=False)
    block = pl.lit(None, pl.String)
    for name, start in YEAR_BLOCKS.items():
        block = pl.when(year >= start).then(pl.lit(name)).otherwise(block)
    homes, placed, provinces, last = [], [], set(), 0
    for part in _batches(place):
        home = (
            part.join(alone, on="province", how="left")
            .join(named, on=["province", "city"], how="left")
            .with_columns(city_code=pl.coalesce("alone", "city_code"), source=block)
            .drop_nulls(["city_code", "source"])
        )
        found = place_companies(home.select("company", "name", "scope")).filter(
            (pl.col("confidence") >= HIGH_CONFIDENCE) & pl.col("segment_id").is_not_null()
        )
        placed.append(found.select(company_id="company", segment_id="segment_id", role="role"))
        makers = home.join(found.select("company").unique(), on="company", how="semi")
        homes.append(makers.select("name", "city_code", "source", company_id="company"))
        provinces |= set(home["province"].unique())
        last = max(last, home.select(year.max()).item() or 0)
    home = pl.concat(homes).unique("company_id", keep="first", maintain_order=True)
    rows = pl.concat(placed).unique(["company_id", "segment_id"], keep="first", maintain_order=True)
    full = rows.with_columns(rank=pl.lit(0, pl.Int64), confidence=1.0, evidence=pl.lit(""))
    counted = counted_placements(PLACEMENTS.check(full), library)
    firms = counted.join(home, on="company_id", maintain_order="left").with_columns(
        chain_id=pl.col("segment_id").map_elements(chain_of, pl.String)
    )
    return Registered(
        firms.select("company_id", "city_code", "segment_id", "chain_id", "source"),
        firms.select(name=plain_names(pl.col("name"))).unique(),
        sorted(provinces),
        last,
    )


def plain_names(name: pl.Expr) -> pl.Expr:
    """Return names with one kind of bracket and no blanks."""
    return name.str.replace_all("（", "(").str.replace_all("）", ")").str.replace_all(r"\s", "")


def _batches(place: Path) -> Iterator[pl.DataFrame]:
    table = scan_register(place).rename({"uscc": "company"})
    yield from table.collect_batches(chunk_size=PARTITION_ROWS, maintain_order=True)
