"""A report as an Excel file: what it says, its tables one a sheet, its pictures, its sources."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

from chainmap.reports.cell_numbers import number_of
from chainmap.reports.document import (
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Table,
    cell_text,
    plain,
    refs_text,
)
from chainmap.reports.panorama_files import picture_png

_CHARS = 134
"""Characters a sheet's columns share: the width of A4 sideways at full size."""
_TEXT_CHARS = 100
"""Characters of a line of text: more is hard to follow."""
_LEADING = 15.5
_TOP = 2
_FORBIDDEN = "[]:*?/\\"
_LONGEST_NAME = 31
_PIXELS = 1400
_CAPTION = re.compile(r"^图\d+　")


def write_document_workbook(document: Document, file: Path) -> None:
    """Write a report as a workbook; the same report gives the same bytes."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(file), options) as book:
        made = dt.datetime(*document.day.timetuple()[:3])
        book.set_properties({"title": document.title, "author": "chainmap", "created": made})
        sheets = _Sheets(book, document)
        sheets.words()
        for block in document.blocks:
            if isinstance(block, Table):
                sheets.table(block)
        sheets.pictures([b for b in document.blocks if isinstance(b, Picture)])
        sheets.sources()


class _Sheets:
    """A workbook under construction, its formats made once."""

    def __init__(self, book: Any, document: Document) -> None:
        self._book, self._document = book, document
        self._names: set[str] = set()
        font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
        hei = {**font, "font_name": "黑体"}
        edge = {"border": 1, "border_color": "#8793A0"}
        self._title = book.add_format({**hei, "font_size": 16, "align": "center"})
        self._note = book.add_format({**font, "font_color": "#51606E", "align": "center"})
        self._part = book.add_format({**hei, "font_size": 12, "bottom": 1})
        self._text = book.add_format({**font, "text_wrap": True, "valign": "top"})
        self._head = book.add_format(
            {**hei, **edge, "align": "center", "text_wrap": True, "bg_color": "#E4EBF2"}
        )
        cell = {**font, **edge, "text_wrap": True, "num_format": "@"}
        # An indent keeps a number from touching the words of the next column.
        sides: dict[str, dict[str, Any]]
        sides = {"left": {"align": "left", "indent": 1}, "centre": {"align": "center"},
                 "right": {"align": "right", "indent": 1}}  # fmt: skip
        self._cells = {align: book.add_format({**cell, **side}) for align, side in sides.items()}
        self._right = {**cell, **sides["right"]}
        self._shown: dict[str, Any] = {}

    def _numbers(self, shown: str) -> Any:
        """Return the format of numbers shown in one way, made once."""
        if shown not in self._shown:
            self._shown[shown] = self._book.add_format({**self._right, "num_format": shown})
        return self._shown[shown]

    def words(self) -> None:
        """Write the first sheet: title, abstract and text."""
        sheet = self._sheet("摘要", (_TEXT_CHARS,))
        line = _TOP
        for text, style in self._said():
            sheet.write_string(line, 0, text, style)
            sheet.set_row(line, 24 if style is self._part else _height([(text, _TEXT_CHARS)]))
            line += 1

    def table(self, table: Table) -> None:
        """Write a table on its own sheet: frozen header that repeats in print, filters."""
        if table.sortable is not None:
            table = replace(table.sortable, title=table.title, sheet=table.sheet, refs=table.refs)
        total = sum(column.width for column in table.columns)
        widths = tuple(max(8, round(_CHARS * c.width / total)) for c in table.columns)
        title = table.title + refs_text(table.refs)
        sheet = self._sheet(table.sheet or table.title, widths, title)
        top = _TOP
        if table.head:
            for at, column in enumerate(table.columns):
                sheet.write_string(top, at, column.name + refs_text(column.refs), self._head)
            heads = [
                (c.name + refs_text(c.refs), w - 1)
                for c, w in zip(table.columns, widths, strict=True)
            ]
            sheet.set_row(top, _height(heads) + 4)
            sheet.freeze_panes(top + 1, 0)
            sheet.repeat_rows(top)
            top += 1
        for line, row in enumerate(table.rows, start=top):
            texts = [cell_text(cell) for cell in row]
            for at, (text, column) in enumerate(zip(texts, table.columns, strict=True)):
                number = number_of(text) if column.align == "right" else None
                if number is None:
                    sheet.write_string(line, at, text, self._cells[column.align])
                else:
                    sheet.write_number(line, at, number.value, self._numbers(number.shown))
            sheet.set_row(line, _height(list(zip(texts, widths, strict=True))))
        if table.head and table.rows:
            sheet.autofilter(top - 1, 0, top - 1 + len(table.rows), len(table.columns) - 1)

    def pictures(self, pictures: list[Picture]) -> None:
        """Put each picture on its own sheet."""
        for number, picture in enumerate(pictures, start=1):
            named = _CAPTION.sub("", picture.title)
            sheet = self._sheet(f"图{number} {named}", (_CHARS,), picture.title)
            png = picture_png(picture.svg, _PIXELS)
            scale = 0.62 if picture.wide else 0.5
            sheet.insert_image(
                _TOP, 0, f"{number}.png",
                {"image_data": io.BytesIO(png), "x_scale": scale, "y_scale": scale,
                 "description": picture.alt, "x_offset": 6, "y_offset": 6},
            )  # fmt: skip
            sheet.fit_to_pages(1, 1)

    def sources(self) -> None:
        """Write what the small numbers mean."""
        if not self._document.sources:
            return
        widths = (7, 8, 55, 48)
        sheet = self._sheet("资料来源", widths, "资料来源")
        for at, head in enumerate(("编号", "类别", "来源", "位置与版本")):
            sheet.write_string(_TOP, at, head, self._head)
        sheet.repeat_rows(_TOP)
        sheet.freeze_panes(_TOP + 1, 0)
        for line, source in enumerate(self._document.sources, start=_TOP + 1):
            texts = (f"[{source.number}]", source.kind, source.text, source.detail)
            for at, text in enumerate(texts):
                style = self._cells["centre" if at < 2 else "left"]
                sheet.write_string(line, at, text, style)
            sheet.set_row(line, _height(list(zip(texts, widths, strict=True))))

    def _said(self) -> list[tuple[str, Any]]:
        document = self._document
        lines = [("摘要", self._part)] + [(plain(line), self._text) for line in document.abstract]
        for block in document.body:
            if isinstance(block, Heading):
                lines.append((block.text, self._part))
            elif isinstance(block, Paragraph):
                lines.append((plain(block.line), self._text))
            elif isinstance(block, Items):
                lines += [
                    (f"{n}. {plain(one)}", self._text) for n, one in enumerate(block.lines, 1)
                ]
            elif isinstance(block, Table):
                lines.append(
                    (f"（见工作表“{self._name(block.sheet or block.title)}”）", self._text)
                )
        return lines

    def _sheet(self, name: str, widths: tuple[int, ...], title: str = "") -> Any:
        sheet = self._book.add_worksheet(self._unique(name))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        texts = (title or self._document.title, self._document.subtitle)
        for line, (text, style) in enumerate(zip(texts, (self._title, self._note), strict=True)):
            if len(widths) > 1:
                sheet.merge_range(line, 0, line, len(widths) - 1, text, style)
            else:
                sheet.write_string(line, 0, text, style)
        sheet.set_row(0, 30)
        return sheet

    def _unique(self, wanted: str) -> str:
        name, number = self._name(wanted), 2
        while name in self._names:
            name = f"{self._name(wanted)[: _LONGEST_NAME - 2]} {number}"
            number += 1
        self._names.add(name)
        return name

    def _name(self, wanted: str) -> str:
        return "".join(" " if c in _FORBIDDEN else c for c in wanted)[:_LONGEST_NAME].strip()


def _height(cells: list[tuple[str, int]]) -> float:
    """Return the height in points that shows every (text, column width) whole."""
    lines = 1
    for text, width in cells:
        room = max(1, width - 3)  # the indent takes some two characters
        wide = (sum(2 if ord(c) > 0x2E80 else 1 for c in part) for part in text.split("\n"))
        lines = max(lines, sum(max(1, ceil(w * 1.06 / room)) for w in wide))
    return min(400.0, lines * _LEADING + 6)
