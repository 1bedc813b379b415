"""The bundled roster (企业名录): companies and the segments they are known for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import polars as pl

from chainmap.concepts.identifiers import (
    CHAIN_PREFIXES,
    CITY_CODE_PATTERN,
    COMPANY_ID_PATTERN,
    STOCK_CODE_PATTERN,
)
from chainmap.errors import CurationError
from chainmap.sources.csv_table import RowFault, read_csv
from chainmap.sources.places import load_cities
from chainmap.tables import COMPANIES, Companies

_COLUMNS = (
    "id", "full_name", "short_name", "stock_code", "city_code", "founded_year", "listed_year",
    "products", "segments", "kinds", "source", "parent", "note",
)  # fmt: skip
_NEEDED = ("id", "full_name", "short_name", "city_code", "products", "segments", "source")
_PATTERNS = {
    "id": (COMPANY_ID_PATTERN, "小写字母、数字，用连字符相连"),
    "stock_code": (
        STOCK_CODE_PATTERN,
        "加交易所后缀，如 688981.SH、002371.SZ、00981.HK",
    ),
    "city_code": (CITY_CODE_PATTERN, "六位地级行政区划代码，如 330600"),
}
_FIRST_YEAR = {"founded_year": 1800, "listed_year": 1984}
_LAST_YEAR = 2100


@cache
def read_roster() -> pl.DataFrame:
    """Return the roster as written: all text, one row a company, with `file` and `line`.

    Raises:
        ResourceError: A bundled file is missing or was changed.
        CurationError: A file is no UTF-8 CSV, a column is missing, a cell is empty or malformed,
            a city does not exist, or an id or full name stands twice; names file, line and field.
    """
    roster = pl.concat([_read(chain_id) for chain_id in CHAIN_PREFIXES.values()])
    fault = next(_row_faults(roster), None)
    if fault is not None:
        raise fault.error()
    return roster


def roster_faults() -> tuple[pl.DataFrame, list[RowFault]]:
    """Return the rows that can be read, as `read_roster`, and every defect of the roster.

    Raises:
        ResourceError: A bundled file is missing or was changed.
    """
    frames, faults = [_empty()], []
    for chain_id in CHAIN_PREFIXES.values():
        try:
            frames.append(_read(chain_id))
        except CurationError as error:
            message = error.message.partition("：")[2]
            faults.append(RowFault(error.file, error.line, error.field, message, error.todo))
    roster = pl.concat(frames)
    return roster, [*faults, *_row_faults(roster)]


def load_companies() -> Companies:
    """Return the roster's companies, by id.

    Raises:
        CurationError: As `read_roster`.
    """
    roster = read_roster().with_columns(
        pl.col("id").alias("company_id"),
        pl.col("founded_year", "listed_year").cast(pl.Int64, strict=True),
        pl.col("products").str.split("、").list.filter(pl.element() != ""),
        pl.col("kinds").fill_null("").str.split(";").list.filter(pl.element() != ""),
        pl.col("note").fill_null(""),
        pl.col("parent").alias("parent_id"),
    )
    parents = dict(roster.select("id", "parent").iter_rows())
    group = pl.Series("group_id", [_top(company, parents) for company in roster["id"]])
    roster = roster.with_columns(group)
    return COMPANIES.check(roster.sort("company_id"))


def _top(company: str, parents: Mapping[str, str | None]) -> str:
    """Return the company at the head of a group: parents followed until there is none."""
    seen = {company}
    while (parent := parents.get(company)) and parent not in seen:
        seen.add(parent)
        company = parent
    return company


def _read(chain_id: str) -> pl.DataFrame:
    frame = read_csv("data", "companies", f"{chain_id}.csv")
    file = f"data/companies/{chain_id}.csv"
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise CurationError(
            f"缺少列 {'、'.join(missing)}", file=file, line=1, todo="按 data/README.md 补齐表头。"
        )
    return frame.select(*_COLUMNS, pl.lit(file).alias("file"), "line")


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys((*_COLUMNS, "file"), pl.String), "line": pl.Int64})


def _row_faults(roster: pl.DataFrame) -> Iterator[RowFault]:
    """Yield every defect of the rows, in file and line order."""
    cities = set(load_cities()["city_code"])
    known = set(roster["id"])
    seen: dict[tuple[str, str], str] = {}
    for row in roster.iter_rows(named=True):
        for column, message, todo in _cell_faults(row, cities):
            yield RowFault(row["file"], row["line"], column, message, todo)
        if row["parent"] and (row["parent"] not in known or row["parent"] == row["id"]):
            message, todo = (
                f"没有企业 {row['parent']} 可作母公司",
                "改为名录中另一家企业的 id，或留空。",
            )
            yield RowFault(row["file"], row["line"], "parent", message, todo)
        for column in ("id", "full_name"):
            key = (column, row[column])
            if row[column] and key in seen:
                message = f"{row[column]} 出现两次（另见 {seen[key]}）"
                todo = "一家企业只写一次，归入主业所在产业链的文件。"
                yield RowFault(row["file"], row["line"], column, message, todo)
            seen.setdefault(key, f"{row['file']}:{row['line']}")


def _cell_faults(row: dict[str, str | None], cities: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield column, message and what to do for every bad cell of one row."""
    for column in _NEEDED:
        if not (row[column] or "").strip(" 、;"):
            yield column, "不能为空", "补上这一格；拿不准的企业不写入名录。"
    for column, (pattern, how) in _PATTERNS.items():
        found = row[column]
        if found and not re.fullmatch(pattern, found):
            yield column, f"“{found}”不符合格式", f"写法：{how}。"
        elif found and column == "city_code" and found not in cities:
            todo = "改为 data/cities/cities.csv 中的代码；直辖市用 110000 等。"
            yield column, f"没有行政区划代码为 {found} 的城市", todo
    for column, first in _FIRST_YEAR.items():
        found = row[column]
        if found and not (re.fullmatch(r"\d{4}", found) and first <= int(found) <= _LAST_YEAR):
            todo = f"写四位年份（{first} 至 {_LAST_YEAR}），不确定则留空。"
            yield column, f"“{found}”不是年份", todo
