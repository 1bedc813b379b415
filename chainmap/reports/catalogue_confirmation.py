"""The list to confirm (导入确认): what became of every row of somebody's catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from chainmap.catalogue.imported import CONFIRM_COLUMNS, CONFIRM_SHEET, DECISIONS
from chainmap.catalogue.match import STATE_ZH, RowMatch
from chainmap.chains.library import ChainLibrary
from chainmap.reports.rows import Rows

_WIDTHS = (10, 6, 16, 11, 26, 8, 24, 6, 26, 26, 8, 24)
_ROW_HEIGHT = 50
"""Points; three lines, enough for every column at its width."""
_HEADER = 2
_OPEN = "#FFF2CC"


def confirmation_rows(matches: Sequence[RowMatch], library: ChainLibrary) -> Rows:
    """Return one row a match under `CONFIRM_COLUMNS`; what is sure is decided already."""
    return [
        {
            "工作表": match.sheet,
            "行号": match.row,
            "名称": match.name,
            "产业链": match.chain,
            "引进方向": match.direction,
            "状态": STATE_ZH[match.state],
            "建议环节": _segment(match.segment, library),
            "把握": round(match.confidence, 2),
            "理由": match.why,
            "其他候选": "\n".join(_segment(c, library) for c in match.candidates[1:]),
            "决定": "采纳" if match.state == "matched" else "",
            "改为环节": "",
        }
        for match in matches
    ]


def write_confirmation(matches: Sequence[RowMatch], library: ChainLibrary, file: Path) -> None:
    """Write the list to confirm, with drop-downs; rows that wait for a decision are coloured."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(file), options) as book:
        book.set_properties({"author": "chainmap", "created": dt.datetime(2000, 1, 1)})
        song = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"}
        cell = {**song, "border": 1, "text_wrap": True}
        plain = book.add_format(cell)
        waiting = book.add_format({**cell, "bg_color": _OPEN})
        head = book.add_format({**cell, "font_name": "黑体", "bg_color": "#D9E2F3"})
        sheet = book.add_worksheet(CONFIRM_SHEET)
        title = book.add_format({**song, "font_name": "黑体", "font_size": 16})
        sheet.write_string(0, 0, "招商目录导入确认", title)
        note = (
            "黄底行须决定：采纳建议、改为另一环节、或不收；“改为环节”可选候选，也可填环节名或编号。"
        )
        sheet.write_string(1, 0, note, book.add_format(song))
        for at, (name, width) in enumerate(zip(CONFIRM_COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(_HEADER, at, name, head)
        rows = confirmation_rows(matches, library)
        for line, (row, match) in enumerate(zip(rows, matches, strict=True), start=_HEADER + 1):
            sheet.set_row(line, _ROW_HEIGHT)
            style = waiting if match.state in ("to_confirm", "unmatched") else plain
            for at, value in enumerate(row.values()):
                if value == "":
                    sheet.write_blank(line, at, None, style)
                elif isinstance(value, str):
                    sheet.write_string(line, at, value, style)
                else:
                    sheet.write_number(line, at, value, style)
            if match.state != "rejected":
                choices = {"validate": "list", "source": list(DECISIONS)}
                sheet.data_validation(line, 10, line, 10, choices)
                named = [_segment(candidate, library) for candidate in match.candidates]
                if named and len(",".join(named)) < 250:  # Excel's limit for a list in a cell
                    others = {"validate": "list", "source": named, "error_type": "warning"}
                    sheet.data_validation(line, 11, line, 11, others)
        sheet.autofilter(_HEADER, 0, _HEADER + max(1, len(rows)), len(CONFIRM_COLUMNS) - 1)
        sheet.freeze_panes(_HEADER + 1, 3)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER)


def _segment(segment_id: str | None, library: ChainLibrary) -> str:
    return f"{library.segments[segment_id].name}｜{segment_id}" if segment_id else ""
