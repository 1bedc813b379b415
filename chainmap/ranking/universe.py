"""The universe (候选总体): firms that may be ranked, from a table, a workspace or the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NewType

import dataframely as dy
import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.concepts.identifiers import CITY_CODE_PATTERN
from chainmap.errors import InputError, ModelError
from chainmap.gaps.presence import counted_placements
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.scopes import segment_placements
from chainmap.sources.city_names import city_codes
from chainmap.sources.intake.amounts import read_amount
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.fields import by_value
from chainmap.sources.workspace import Workspace
from chainmap.tables import Checked, Cities, Companies, Placements

Firms = NewType("Firms", pl.DataFrame)
BATCH = 100_000
"""Firms placed at a time."""


class FirmSchema(dy.Schema):
    """Firms that may be ranked. Nothing here may come from a company introduction.

    `staff`, `capital_10k`, `industry`, `sector` and `business` are as the table states them today;
    only founding and listing are dated.
    """

    firm_id = dy.String(primary_key=True)
    name = dy.String()
    home = dy.String(nullable=True, regex=CITY_CODE_PATTERN)
    founded_year = dy.Int64(nullable=True, min=1800, max=2100)
    listed_year = dy.Int64(nullable=True, min=1984, max=2100)
    staff = dy.Float64(nullable=True, min=0.0)
    capital_10k = dy.Float64(nullable=True, min=0.0)
    industry = dy.String(nullable=True)
    sector = dy.String(nullable=True)
    business = dy.String(nullable=True)
    group = dy.String()


FIRMS = Checked("候选企业", FirmSchema, Firms)


@dataclass(frozen=True)
class Further:
    """A column from elsewhere, one number a firm, and the year in which it was known."""

    year: int
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Universe:
    """Firms and what they make.

    Attributes:
        firms: By firm id.
        segments: `firm_id, segment_id`, each pair once: what the product's own placement says.
        cities: All prefecture-level places, by code.
        refused: `row, name, reason` of rows that gave no firm.
        further: Columns from elsewhere by name.
        codes: Firm id → the code others know the firm by: of its shares, else its credit code.
        placed: How a text places firms: `firm_id, segment_id, role, confidence`, each pair once;
            empty where nothing was placed or the roster says it.
    """

    firms: Firms
    segments: pl.DataFrame
    cities: Cities
    refused: pl.DataFrame
    further: tuple[tuple[str, Further], ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    placed: pl.DataFrame = field(default_factory=lambda: no_placements())

    def only(self, chosen: pl.Expr) -> Universe:
        """Return the universe of some firms.

        Raises:
            ModelError: Columns from elsewhere hang on the firms as they are.
        """
        if self.further:
            raise ModelError("带有外来列的候选总体不能再取子集。")
        firms = FIRMS.check(self.firms.filter(chosen))
        kept, placed = (
            table.join(firms.select("firm_id"), on="firm_id", how="semi")
            for table in (self.segments, self.placed)
        )
        return Universe(firms, kept, self.cities, self.refused, codes=self.codes, placed=placed)


def universe_of_table(rows: pl.DataFrame, cities: Cities, *, place: bool = True) -> Universe:
    """Return the universe a table of firms makes.

    Args:
        rows: From `sources.firm_columns.read_firm_table`: `row, name`; where known `firm_id,
            province, city, founded, listed, staff, capital, business, products, industry, sector`,
            and `code` where the firm is known by another one than its id.
        cities: All prefecture-level places.
        place: Whether to place the firms on segments by their business and products.

    Raises:
        InputError: The table has no firm.
    """
    lacking = ("firm_id", "code", "founded", "listed", "staff", "capital", "business", "products",
               "industry", "sector")  # fmt: skip
    rows = rows.with_columns(pl.lit(None, pl.String).alias(c) for c in lacking
                             if c not in rows.columns)  # fmt: skip
    staff = pl.col("staff").str.replace_all(",", "").cast(pl.Float64, strict=False)
    texts = pl.concat_str("business", "products", separator="；", ignore_nulls=True)
    frame = rows.with_columns(
        firm_id=pl.coalesce("firm_id", "name"),
        home=city_codes(rows, cities),
        founded_year=_years(rows["founded"]),
        listed_year=_years(rows["listed"]),
        staff=pl.when(staff >= 0).then(staff),
        capital_10k=by_value(rows["capital"], _capital, pl.Float64()),
        sector=pl.coalesce("sector", "industry"),
        text=pl.when(texts != "").then(texts),
    ).with_columns(group=pl.col("firm_id"))
    again = ~pl.col("firm_id").is_first_distinct()
    reason = (
        pl.when(pl.col("firm_id").is_null() | pl.col("name").is_null())
        .then(pl.lit("没有企业代码或名称"))
        .when(again)
        .then(pl.lit("企业重复出现"))
    )
    frame = frame.with_columns(reason=reason)
    refused = frame.filter(pl.col("reason").is_not_null()).select("row", "name", "reason")
    kept = frame.filter(pl.col("reason").is_null()).sort("firm_id")
    if kept.is_empty():
        raise InputError("表中没有一家可排序的企业。", todo="检查企业代码和名称两列。")
    placed = _placed(kept) if place else no_placements()
    segments = placed.select("firm_id", "segment_id")
    firms = kept.with_columns(business=pl.col("text"))
    codes = dict(kept.select("firm_id", pl.coalesce("code", "firm_id")).iter_rows())
    return Universe(FIRMS.check(firms), segments, cities, refused, codes=codes, placed=placed)


def universe_of_workspace(workspace: Workspace, cities: Cities) -> Universe:
    """Return the universe of a workspace's companies.

    Raises:
        InputError: The workspace holds no company.
    """
    scan = workspace.scan("companies")
    if scan is None:
        raise InputError("工作区里没有企业。", todo="先用 chainmap import companies 导入。")
    rows = scan.select(
        "name",
        "city_code",
        "industry",
        "sector",
        firm_id="company_id",
        code=pl.coalesce("stock_code", "uscc"),
        founded=pl.col("founded").cast(pl.String),
        staff=pl.col("insured_staff").cast(pl.String),
        capital=pl.when(pl.col("capital_currency").fill_null("CNY") == "CNY")
        .then(pl.concat_str(pl.col("capital_10k").cast(pl.String), pl.lit("万元"))),
        business=pl.coalesce("main_business", "scope"),
        products="main_products",
    ).collect()  # fmt: skip
    rows = rows.with_columns(row=pl.int_range(2, rows.height + 2, dtype=pl.Int64))
    return universe_of_table(rows, cities)


def universe_of_roster(
    companies: Companies, placements: Placements, library: ChainLibrary, cities: Cities
) -> Universe:
    """Return the universe of the roster's heads of groups, with what they make.

    A site of a group is no firm of its own: its head is ranked, its sites are labels.
    """
    heads = companies.filter(pl.col("parent_id").is_null())
    counted = counted_placements(placements, library)
    segments = counted.select(firm_id="company_id", segment_id="segment_id").unique()
    main = placements.filter(pl.col("rank") == 0).select("company_id", "segment_id")
    frame = heads.join(main, on="company_id", how="left", maintain_order="left").select(
        "founded_year",
        "listed_year",
        firm_id="company_id",
        name="full_name",
        home="city_code",
        staff=pl.lit(None, pl.Float64),
        capital_10k=pl.lit(None, pl.Float64),
        industry="segment_id",
        sector=pl.col("segment_id").str.split("-").list.first(),
        business=pl.col("products").list.join("、"),
        group="group_id",
    )
    firms = FIRMS.check(frame.sort("firm_id"))
    kept = segments.join(firms.select("firm_id"), on="firm_id", how="semi")
    return Universe(firms, kept.sort("firm_id", "segment_id"), cities, no_refused())


def no_segments() -> pl.DataFrame:
    """Return an empty table of segments."""
    return pl.DataFrame(schema={"firm_id": pl.String, "segment_id": pl.String})


def no_placements() -> pl.DataFrame:
    """Return an empty table of how texts place firms."""
    texts = {"firm_id": pl.String, "segment_id": pl.String, "role": pl.String}
    return pl.DataFrame(schema={**texts, "confidence": pl.Float64})


def no_refused() -> pl.DataFrame:
    """Return an empty table of refused rows."""
    return pl.DataFrame(schema={"row": pl.Int64, "name": pl.String, "reason": pl.String})


def _placed(firms: pl.DataFrame) -> pl.DataFrame:
    texts = firms.select(
        "name", "business", "products", company="firm_id", scope=pl.lit("")
    )  # fmt: skip
    library = load_library()
    parts: Sequence[pl.DataFrame] = [
        counted_placements(segment_placements(place_companies(texts.slice(start, BATCH))), library)
        for start in range(0, texts.height, BATCH)
    ]
    pairs = pl.concat(parts).select("segment_id", "role", "confidence", firm_id="company_id")
    return pairs.select(no_placements().columns).sort("firm_id", "segment_id")


def _years(column: pl.Series) -> pl.Series:
    return by_value(column, _year, pl.Int64())


def _year(text: str) -> int | None:
    if len(text) == 4 and text.isdigit():
        return int(text) if 1800 <= int(text) <= 2100 else None
    day = read_date(text.removesuffix(".0"))
    return day.year if day else None


def _capital(text: str) -> float | None:
    return read_amount(text, "万").value_10k
