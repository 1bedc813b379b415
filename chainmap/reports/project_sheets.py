"""Sheets of rows with widths of their own, laid out to be read on screen and printed on A4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from chainmap.reports.rows import Rows
from chainmap.reports.text_width import text_width

_FONT = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"}
_LINE = 15.0
_TALLEST = 400.0
"""Excel allows no row above 409 points."""

_UNDATED = dt.datetime(2000, 1, 1)
"""What the file says of its making: the same rows must give the same bytes."""


class Page(NamedTuple):
    """One sheet: its name, title, notes above, rows, and width by heading.

    Only the headings in `widths` are written, in that order; a width counts ASCII characters, a
    Chinese one takes two.
    """

    name: str
    title: str
    notes: Sequence[str]
    rows: Rows
    widths: Mapping[str, float]


def write_pages(file: Path, pages: Sequence[Page]) -> None:
    """Write pages as a workbook: headers frozen, filtered and repeated, rows as high as needed."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(file), options) as book:
        book.set_properties({"author": "chainmap", "created": _UNDATED})
        for page in pages:
            _add(book, page)


def _add(book: Any, page: Page) -> None:
    edge = {"border": 1, "border_color": "#7F7F7F"}
    head = book.add_format(
        {**_FONT, **edge, "font_name": "黑体", "bg_color": "#D9E2F3", "align": "center",
         "text_wrap": True}
    )  # fmt: skip
    cell = book.add_format({**_FONT, **edge, "text_wrap": True})
    number = book.add_format({**_FONT, **edge, "align": "center"})
    title = book.add_format({**_FONT, "font_name": "黑体", "font_size": 16, "align": "center"})
    note = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
    sheet, last = book.add_worksheet(page.name), len(page.widths) - 1
    total = sum(page.widths.values())
    for at, width in enumerate(page.widths.values()):
        sheet.set_column(at, at, width)
    _across(sheet, (0, last), page.title, title)
    sheet.set_row(0, 28)
    for line, text in enumerate(page.notes, start=1):
        _across(sheet, (line, last), text, note)
        sheet.set_row(line, _height([(text, total)]))
    top = len(page.notes) + 1
    sheet.set_row(top, _height([(name, width) for name, width in page.widths.items()]) + 6)
    for at, name in enumerate(page.widths):
        sheet.write_string(top, at, name, head)
    for line, row in enumerate(page.rows, start=top + 1):
        for at, name in enumerate(page.widths):
            value = row[name]
            if isinstance(value, str):
                sheet.write_string(line, at, value, cell)
            else:
                sheet.write_number(line, at, value, number)
        cells = [(str(row[name]), width) for name, width in page.widths.items()]
        sheet.set_row(line, _height(cells) + 4)
    if not page.rows:
        _across(sheet, (top + 1, last), "没有符合条件的条目。", cell)
    else:
        sheet.autofilter(top, 0, top + len(page.rows), last)
    _printed(sheet, top)


def _printed(sheet: Any, top: int) -> None:
    sheet.freeze_panes(top + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _across(sheet: Any, place: tuple[int, int], text: str, form: Any) -> None:
    line, last = place
    if last:
        sheet.merge_range(line, 0, line, last, "", form)
    sheet.write_string(line, 0, text, form)


def _height(cells: Sequence[tuple[str, float]]) -> float:
    """Return the height that the longest of some cells needs, in points."""
    lines = max(
        sum(max(1, ceil(2 * text_width(part) / max(width - 1, 1))) for part in text.split("\n"))
        for text, width in cells
    )
    return min(_TALLEST, lines * _LINE)
