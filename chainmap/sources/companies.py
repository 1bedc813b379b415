"""The bundled roster (企业名录): companies and the segments they are known for."""

from __future__ import annotations

from functools import cache

import polars as pl

from chainmap import resources
from chainmap.concepts.identifiers import CHAIN_PREFIXES
from chainmap.errors import CurationError
from chainmap.tables import COMPANIES, Companies

_COLUMNS = (
    "id", "full_name", "short_name", "stock_code", "city_code", "founded_year", "listed_year",
    "products", "segments", "kinds", "source", "note",
)  # fmt: skip


@cache
def read_roster() -> pl.DataFrame:
    """Return the roster as written: all text, one row a company, with `file` and `line`.

    Raises:
        ResourceError: A bundled file is missing or was changed.
        CurationError: A column is missing, or an id or full name stands twice.
    """
    roster = pl.concat([_read(f"{chain_id}.csv") for chain_id in CHAIN_PREFIXES.values()])
    for column in ("id", "full_name"):
        twice = roster.filter(pl.col(column).is_duplicated()).sort(column)
        if not twice.is_empty():
            row = twice.row(1, named=True)
            raise CurationError(
                f"{row[column]} 出现两次（另见 {twice['file'][0]}:{twice['line'][0]}）",
                file=row["file"], line=row["line"], field=column,
                todo="一家企业只写一次，归入主业所在产业链的文件。",
            )  # fmt: skip
    return roster


def load_companies() -> Companies:
    """Return the roster's companies, by id.

    Raises:
        CurationError: As `read_roster`.
        TableError: A code or a year is malformed.
    """
    roster = read_roster().with_columns(
        pl.col("id").alias("company_id"),
        pl.col("founded_year", "listed_year").cast(pl.Int64, strict=True),
        pl.col("products").str.split("、").list.filter(pl.element() != ""),
        pl.col("kinds").fill_null("").str.split(";").list.filter(pl.element() != ""),
        pl.col("note").fill_null(""),
    )
    return COMPANIES.check(roster.sort("company_id"))


def _read(name: str) -> pl.DataFrame:
    file = f"data/companies/{name}"
    frame = pl.read_csv(
        resources.read_bytes("data", "companies", name),
        infer_schema=False,
    )
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise CurationError(
            f"缺少列 {'、'.join(missing)}", file=file, line=1, todo="按 data/README.md 补齐表头。"
        )
    return frame.select(_COLUMNS).with_columns(
        file=pl.lit(file), line=pl.int_range(2, frame.height + 2)
    )
