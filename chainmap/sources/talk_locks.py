"""Files of first-talk locks (首报首谈): company, city, last day."""

from __future__ import annotations

from pathlib import Path

from chainmap.concepts.allocation_records import TalkLock
from chainmap.errors import InputError
from chainmap.sources.intake.dates import read_date
from chainmap.sources.plain_table import read_plain_table

_HEADINGS = {
    "company": ("企业", "企业名称", "company"),
    "city": ("城市", "首报城市", "首报地", "city"),
    "until": ("截止日期", "有效期至", "截止", "until"),
}
"""Headings by field; other columns, such as contacts, are never read further."""
_LONGEST = 120


def read_lock_file(file: Path) -> list[TalkLock]:
    """Return the locks of a table as `read_plain_table` takes it, in the file's order.

    Empty rows are passed over.

    Raises:
        InputError: The file cannot be read, a column is missing, or a row is not complete.
    """
    rows = read_plain_table(file)
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
        if not all(0 < len(name) <= _LONGEST for name in given):
            raise InputError(
                f"{file.name} 第 {line} 行的企业或城市为空，或长过 {_LONGEST} 字。", todo="请补全。"
            )
        if day is None:
            raise InputError(
                f"{file.name} 第 {line} 行的截止日期“{row['until'] or ''}”不是一个日期。",
                todo="写作 YYYY-MM-DD。",
            )
        found.append(TalkLock(company=given[0], city=given[1], until=day))
    return found
