"""A small table under its first row, as people save one: every cell as text, nothing judged."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from chainmap.errors import InputError, reason_of
from chainmap.sources.intake.decode import main_encoding
from chainmap.sources.intake.other_files import refuse_other_files
from chainmap.sources.intake.workbooks import first_sheet

BOOKS = (".xlsx", ".xls", ".xlsm", ".et")
"""Endings of workbooks."""
_HEAD = 1 << 20
"""Bytes from which the encoding is told."""
_DELIMITERS = ",\t;"
_READABLE = "用 CSV、Excel 或 Parquet。"


def read_plain_table(file: Path) -> pl.DataFrame:
    """Return a table under its first row, all text, null where a cell is empty.

    Args:
        file: CSV (UTF-8, UTF-16 or GB18030; commas, tabs or semicolons), Parquet, or a workbook's
            first sheet.

    Raises:
        InputError: It is missing, empty, or no such table; names the line where there is one.
    """
    if file.is_dir():
        raise InputError(f"{file} 是文件夹，不是文件。", todo="请写出其中的文件。")
    if not file.is_file():
        raise InputError(f"没有文件 {file}。", todo="检查路径。")
    refuse_other_files(file, file.name)
    suffix = file.suffix.lower()
    if suffix in BOOKS:
        frame = first_sheet(file)
    elif suffix == ".parquet":
        frame = _parquet(file)
    else:
        frame = _text_table(file)
    return frame.with_columns(pl.all().cast(pl.String))


def read_columns(file: Path, needed: Sequence[str]) -> pl.DataFrame:
    """Return a table as `read_plain_table` does, which has the columns needed.

    Raises:
        InputError: As `read_plain_table`, or a column is missing.
    """
    table = read_plain_table(file)
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise InputError(
            f"{file.name} 缺少列：{'、'.join(missing)}。",
            todo=f"现有的列：{'、'.join(table.columns)[:200]}。",
        )
    return table


def headings_of(file: Path) -> list[str]:
    """Return the headings of a table as `read_plain_table` reads it; none where it cannot."""
    try:
        if file.suffix.lower() in BOOKS:
            return first_sheet(file).columns
        if file.suffix.lower() == ".parquet":
            return list(pl.read_parquet_schema(file))
        with file.open("rb") as opened:
            text = _decoded(opened.read(_HEAD))
        return next(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), [])
    except (pl.exceptions.PolarsError, InputError, OSError, ValueError, csv.Error):
        return []


def _parquet(file: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{file.name} 不是可以读的 Parquet 文件。", todo="请重新导出。") from error


def _text_table(file: Path) -> pl.DataFrame:
    try:
        text = _decoded(file.read_bytes())
    except OSError as error:
        raise InputError(f"无法读取 {file}：{reason_of(error)}。", todo=_READABLE) from error
    if not text.strip():
        raise InputError(f"{file.name} 是空文件。", todo="检查导出是否成功。")
    if "\0" in text:
        raise InputError(f"{file.name} 不是文本表格。", todo=_READABLE)
    delimiter = _delimiter(text)
    try:
        return pl.read_csv(text.encode(), separator=delimiter, infer_schema=False)
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise InputError(
            f"{file.name} 读不成表格：{_fault(text, delimiter)}。", todo="改正后重试。"
        ) from error


def _decoded(data: bytes) -> str:
    return data.decode(main_encoding(data[:_HEAD]), "replace").removeprefix("\ufeff")


def _delimiter(text: str) -> str:
    first = text.lstrip("\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _fault(text: str, delimiter: str) -> str:
    """Return in words what keeps a text from being a table."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        width = len(next(reader, []))
        for row in reader:
            if len(row) > width:
                return f"第 {reader.line_num} 行有 {len(row)} 格，列名只有 {width} 个"
    except csv.Error:
        return f"第 {reader.line_num} 行前后引号没有成对"
    return "引号没有成对，或不是表格"
