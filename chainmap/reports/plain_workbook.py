"""Plain Excel files: sheets of rows under a title and notes, fit to print."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, NamedTuple

from chainmap.reports.rows import Rows

_FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
_WIDEST = 60
_NARROWEST = 8
_NOT_IN_NAMES = re.compile(r"[：:/\\\[\]*?]|^'|'$")
"""What Excel refuses in a sheet's name, and the wide colon, which reads badly there."""
_UNDATED = dt.datetime(2000, 1, 1)
"""What the file says of its making: these lists carry their dates inside, and the same rows must
give the same bytes."""


class Sheet(NamedTuple):
    """One sheet: its title (also its name), lines of notes, and rows under a header."""

    title: str
    notes: list[str]
    rows: Rows


def write_rows(file: Path, title: str, notes: list[str], rows: Rows) -> None:
    """Write rows as a workbook of one sheet; same rows, same bytes."""
    write_sheets(file, [Sheet(title, notes, rows)])


def write_sheets(file: Path, sheets: list[Sheet]) -> None:
    """Write sheets as a workbook; text stays text, headers are frozen and filtered."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(file), options) as book:
        book.set_properties({"author": "chainmap", "created": _UNDATED})
        for sheet in sheets:
            _add(book, sheet)


def _add(book: Any, content: Sheet) -> None:
    edge = {"border": 1, "border_color": "#BFBFBF"}
    head = book.add_format({**_FONT, **edge, "bold": True, "bg_color": "#DDEBF7"})
    cell = book.add_format({**_FONT, **edge, "text_wrap": True})
    plain = book.add_format(_FONT)
    sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", content.title[:31]))
    heading = book.add_format({**_FONT, "font_size": 14, "bold": True})
    sheet.write_string(0, 0, content.title, heading)
    for line, note in enumerate(content.notes, start=1):
        sheet.write_string(line, 0, note, plain)
    top, rows = len(content.notes) + 1, content.rows
    columns = list(rows[0]) if rows else ["结果"]
    for at, column in enumerate(columns):
        longest = max([len(column), *(len(str(row.get(column, ""))) for row in rows)])
        sheet.set_column(at, at, min(_WIDEST, max(_NARROWEST, 2 * longest)))
        sheet.write_string(top, at, column, head)
    for line, row in enumerate(rows, start=top + 1):
        for at, value in enumerate(row.values()):
            if isinstance(value, str):
                sheet.write_string(line, at, value, cell)
            else:
                sheet.write_number(line, at, value, cell)
    if not rows:
        sheet.write_string(top + 1, 0, "没有符合条件的条目。", cell)
    sheet.autofilter(top, 0, top + max(1, len(rows)), len(columns) - 1)
    sheet.freeze_panes(top + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
