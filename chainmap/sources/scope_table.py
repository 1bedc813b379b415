"""Read a table of companies with their business scopes, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from chainmap.errors import InputError
from chainmap.nearest import nearest_names

COLUMNS: dict[str, tuple[str, ...]] = {
    "company": ("统一社会信用代码", "uscc", "credit_code", "company_id", "股票代码"),
    "name": ("企业名称", "公司名称", "名称", "name", "company_name"),
    "scope": ("经营范围", "scope", "business_scope"),
    "business": ("主营业务", "main_business", "business"),
    "products": ("主要产品", "主营产品", "main_products", "products"),
    "industry_code": ("行业代码", "国民经济行业代码", "industry_code"),
}
"""What a column may be called; options name it where it is called otherwise."""
NEEDED = ("name", "scope")
PARTITION_ROWS = 100_000
"""Rows of one partition: some 100 MB with everything the rules build over them."""


def read_scope_partitions(
    file: Path, named: dict[str, str] | None = None, rows: int = PARTITION_ROWS
) -> Iterator[pl.DataFrame]:
    """Yield the table's rows in order as `company, name, scope` and what else it has.

    Where a company has no key the row number, from 1, is its key.

    Args:
        file: CSV (UTF-8 with or without a byte-order mark, or GB18030) or Parquet.
        named: Column names given by the user, by the keys of `COLUMNS`.
        rows: Rows of one partition.

    Raises:
        InputError: The file cannot be read, or has no name or no scope column.
    """
    table = _scan(file)
    try:
        columns = table.collect_schema().names()
        chosen = _chosen(columns, named or {}, file)
        start = 1
        wanted = table.select(
            pl.col(column).cast(pl.String).alias(field) for field, column in chosen.items()
        )
        for batch in wanted.collect_batches(chunk_size=rows, maintain_order=True):
            number = pl.int_range(start, start + batch.height).cast(pl.String)
            given = pl.col("company") if "company" in chosen else pl.lit(None, pl.String)
            start += batch.height
            yield batch.with_columns(company=pl.coalesce(given, number))
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"无法读取 {file}：{reason}。", todo="检查文件是否完整。") from error


def count_rows(file: Path) -> int:
    """Return how many rows the table has.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        return int(_scan(file).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"无法读取 {file}：{reason}。", todo="检查文件是否完整。") from error


def _scan(file: Path) -> pl.LazyFrame:
    if not file.is_file():
        raise InputError(f"没有文件 {file}。", todo="检查路径。")
    if file.suffix.lower() == ".parquet":
        return pl.scan_parquet(file)
    if file.suffix.lower() not in (".csv", ".txt"):
        raise InputError(
            f"不认识 {file.name} 的格式。",
            todo="给出 CSV 或 Parquet；Excel 请先用 chainmap import companies 导入。",
        )
    with file.open("rb") as head:
        sample = head.read(1 << 20)
    try:
        sample[: len(sample) - 4 if len(sample) == 1 << 20 else None].decode("utf-8-sig")
        source: Path | bytes = file
    except UnicodeDecodeError as error:
        if error.start >= len(sample) - 8 and len(sample) == 1 << 20:
            source = file
        else:
            source = file.read_bytes().decode("gb18030", errors="replace").encode()
    return pl.scan_csv(source, infer_schema=False, truncate_ragged_lines=True)


def _chosen(columns: list[str], named: dict[str, str], file: Path) -> dict[str, str]:
    """Return field → column for the fields the table has."""
    chosen: dict[str, str] = {}
    for field, names in COLUMNS.items():
        if field in named:
            if named[field] not in columns:
                near = nearest_names(named[field], columns)
                raise InputError(
                    f"{file.name} 没有列“{named[field]}”。", todo=f"现有：{'、'.join(near)}。"
                )
            chosen[field] = named[field]
        else:
            found = next((name for name in names if name in columns), None)
            if found is not None:
                chosen[field] = found
    missing = [field for field in NEEDED if field not in chosen]
    if missing:
        words = {"name": "企业名称（--name-column）", "scope": "经营范围（--scope-column）"}
        raise InputError(
            f"{file.name} 中找不到{'、'.join(words[f] for f in missing)}。",
            todo=f"用选项指明列名；该文件的列：{'、'.join(columns[:20])}。",
        )
    return chosen
