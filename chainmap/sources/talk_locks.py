"""Files of first-talk locks (首报首谈): company, city, last day."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chainmap.concepts.allocation_records import TalkLock
from chainmap.errors import InputError
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.decode import main_encoding
from chainmap.sources.intake.workbooks import first_sheet

_HEADINGS = {
    "company": ("企业", "企业名称", "company"),
    "city": ("城市", "首报城市", "首报地", "city"),
    "until": ("截止日期", "有效期至", "截止", "until"),
}
"""Headings by field; other columns, such as contacts, are never read further."""
_LONGEST = 120


def read_lock_file(file: Path) -> list[TalkLock]:
    """Return the locks of a CSV (UTF-8, or GBK as Excel saves it) or a workbook's first sheet.

    They come in the file's order; empty rows are passed over.

    Raises:
        InputError: The file cannot be read, a column is missing, or a row is not complete.
    """
    rows = _rows(file)
    chosen = {}
    for field, names in _HEADINGS.items():
        column = next((c for c in rows.columns if c.strip().casefold() in names), None)
        if column is None:
            raise InputError(
                f"{file.name} 缺少列“{names[0]}”。", todo="需要三列：企业、城市、截止日期。"
            )
        chosen[field] = column
    found = []
    for line, row in enumerate(rows.select(**chosen).iter_rows(named=True), start=2):
        day = read_date(row["until"] or "")
        given = [(row[field] or "").strip() for field in ("company", "city")]
        if not any([*given, (row["until"] or "").strip()]):
            continue  # an empty row, as sheets end with
        if day is None or not all(0 < len(name) <= _LONGEST for name in given):
            raise InputError(
                f"{file.name} 第 {line} 行不完整：{row}。", todo="截止日期写作 YYYY-MM-DD。"
            )
        found.append(TalkLock(company=given[0], city=given[1], until=day))
    return found


def _rows(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise InputError(f"没有文件 {file}。", todo="检查路径。")
    try:
        if file.suffix.lower() in (".xlsx", ".xls", ".et"):
            frame = first_sheet(file)
        else:
            data = file.read_bytes()
            text = data.decode(main_encoding(data), "replace")
            frame = pl.read_csv(text.encode(), infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = (str(error).splitlines() or [""])[0]
        raise InputError(f"无法读取 {file}：{reason}。", todo="用 CSV 或 Excel。") from error
    return frame.with_columns(pl.all().cast(pl.String))
