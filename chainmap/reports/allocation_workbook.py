"""An allocation as an Excel file: 总表, 各市, 冲突, 说明."""

from __future__ import annotations

import datetime as dt
from math import ceil
from pathlib import Path
from typing import Any

from chainmap.concepts.allocation_records import Allocation
from chainmap.reports.allocation_rows import (
    city_rows,
    conflict_rows,
    lock_rows,
    near_rows,
    summary_lines,
    total_rows,
)
from chainmap.reports.cell_numbers import column_format, share_of
from chainmap.reports.rows import Rows

_FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
_WIDTHS = {
    "企业": 34, "目标环节": 24, "产业链": 18, "邻市同缺口": 30, "同时推给": 12, "单独排名": 14,
    "为什么": 76, "想要的城市（单独排名）": 34, "归": 14, "让出方补入": 16, "项目": 30, "内容": 100,
    "产业链参与度（最高为 1）": 12, "首报首谈": 10, "平均契合度损失": 14, "平均得分下降": 12,
}  # fmt: skip
_OTHER_WIDTH = 10
_WIDEST_A4 = 150
"""Characters of columns that still read on A4 turned sideways; wider sheets go on A3."""
_LINE_HEIGHT = 15
"""Points; rows are given their height, because WPS and LibreOffice do not fit wrapped text."""
_METHOD = {
    "契合度": "得分除以该市单独排序所列企业的平均得分；0 为该市居中的候选，1 为单独排序的平均。",
    "分配": "在每市家数、每环节家数、每企业城市数限额内，使各市契合度与加分之和最大（精确解）。",
    "加分": "只给在本市单独名单内的企业：本市规划点名该环节加 {plan:g}；产业链参与度为各市最高加"
    " {chain:g}，其余按比例。加分只决定冲突时归谁，不改变本市想要谁。",
    "让出的理由": "按一次交换计算：让出方得到该企业（替下末位）所增，不大于所归城市让出"
    "（改推下一家）所减，均含加分。",
    "邻市同缺口": "相距 150 公里以内、名单都在找同一环节的城市，宜先通气。",
    "首报首谈": "截止日之前只推给首报城市；过期的列出而不计。",
    "飞地": "两地共享的企业合计一次，不算重合。",
}


def write_allocation(record: Allocation, file: Path) -> None:
    """Write an allocation as a workbook; the same allocation gives the same bytes."""
    from xlsxwriter import Workbook

    scope = f"错位分配：{record.chain or '六条产业链'}"
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(file), options) as book:
        made = dt.datetime(*record.edition.timetuple()[:3])
        book.set_properties({"author": "chainmap", "created": made})
        _sheet(book, "总表", [scope, *summary_lines(record)], total_rows(record))
        _sheet(book, "各市", [scope], city_rows(record))
        _sheet(book, "冲突", [f"{scope}，一行一个让出的城市"], conflict_rows(record))
        _sheet(book, "说明", [scope], _explained(record))


def _explained(record: Allocation) -> Rows:
    """Return the method, near gaps, locks and plans, one a row."""
    numbers = {"plan": record.plan_bonus, "chain": record.chain_bonus}
    method = {name: text.format(**numbers) for name, text in _METHOD.items()}
    near = [
        (
            f"邻市同缺口：{row['环节']}",
            f"{row['城市']} {row['家数']} 家，{row['邻市']} {row['邻市家数']} 家，"
            f"相距 {row['相距（公里）']} 公里",
        )
        for row in near_rows(record)
    ]
    locks = [
        (
            f"首报首谈：{row['企业']}",
            f"{row['首报城市']}，至 {row['截止']}：{row['结果']}。{row['说明']}",
        )
        for row in lock_rows(record)
    ]
    plans = [
        (f"{city}仍有效的本市规划", "；".join(titles))
        for city, titles in record.plans_in_force.items()
    ]
    whole = [*method.items(), *locks, *plans, *near]
    return [{"项目": name, "内容": text} for name, text in whole]


def _sheet(book: Any, title: str, notes: list[str], rows: Rows) -> None:
    note = book.add_format({**_FONT, "font_color": "#5A6472"})
    sheet = book.add_worksheet(title)
    sheet.write_string(0, 0, title, book.add_format({**_FONT, "bold": True, "font_size": 16}))
    for line, said in enumerate(notes, start=1):
        sheet.write_string(line, 0, said, note)
    top = len(notes) + 1
    if not rows:
        sheet.write_string(top, 0, "没有符合条件的条目。", note)
        return
    _cells(book, sheet, top, rows)
    sheet.autofilter(top, 0, top + len(rows), len(rows[0]) - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    wide = sum(_WIDTHS.get(name, _OTHER_WIDTH) for name in rows[0])
    sheet.set_paper(8 if wide > _WIDEST_A4 else 9)  # A3 or A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _cells(book: Any, sheet: Any, top: int, rows: Rows) -> None:
    """Write the headings in line `top`, and the rows below it."""
    edge = {"border": 1, "border_color": "#C9CED6"}
    colours = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "align": "center"}
    head = book.add_format({**_FONT, **edge, **colours, "text_wrap": True})
    text = book.add_format({**_FONT, **edge, "text_wrap": True})
    middle = {**_FONT, **edge, "align": "center"}
    columns = list(rows[0])
    shown = {name: column_format(row[name] for row in rows) for name in columns}
    numbers = {one: book.add_format({**middle, "num_format": one}) for one in {*shown.values()}}
    share = book.add_format({**middle, "num_format": "0.0%"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column, _OTHER_WIDTH))
        sheet.write_string(top, at, column, head)
    sheet.set_row(top, 2 * _LINE_HEIGHT)
    for line, row in enumerate(rows, start=top + 1):
        sheet.set_row(line, _LINE_HEIGHT * max(_lines(name, row[name]) for name in columns))
        for at, (name, value) in enumerate(row.items()):
            part = share_of(value) if isinstance(value, str) else None
            if part is not None:
                sheet.write_number(line, at, part.value, share)
            elif isinstance(value, str):
                sheet.write_string(line, at, value, text)
            else:
                sheet.write_number(line, at, value, numbers[shown[name]])


def _lines(column: str, value: str | int | float) -> int:
    """Return how many lines a cell takes; a Chinese character is two columns wide."""
    text = str(value)
    wide = sum(1 if char.isascii() else 2 for char in text)
    return max(1, ceil(1.08 * wide / _WIDTHS.get(column, _OTHER_WIDTH)))
