"""A catalogue as the Excel file offices pass round, laid out to be printed and read back."""

from __future__ import annotations

import datetime as dt
from math import ceil
from pathlib import Path
from typing import Any

from chainmap.catalogue.fairness import needs_review, review_basis
from chainmap.concepts.admission import FairCompetition, Metric
from chainmap.concepts.catalogue import Catalogue, Priority
from chainmap.concepts.catalogue_layout import (
    BINDING,
    ITEM_COLUMNS,
    ITEM_SHEET,
    NOTE_SHEET,
    PASSAGE_SHEET,
    REASON_SHEET,
    REFERENCE,
    TERM_COLUMNS,
    TERM_SHEET,
    UNDECIDED,
    VERSION_FIELD,
    Column,
)
from chainmap.reports.catalogue_rows import (
    item_rows,
    passage_rows,
    priority_words,
    reason_rows,
    term_rows,
)
from chainmap.reports.rows import Rows

_LINE_HEIGHT = 15
_TOP = 2
"""Title and notes stand above every table's header."""
_CENTRED = {
    "产业链", "序号", "缺口类型", "优先级", "实施期限", "审查标记", "状态", "来源",
    "指标", "数值", "单位", "适用地", "地区代码", "起始日期", "性质", "文件日期",
}  # fmt: skip
_REASONS = (
    Column("序号", 6, False), Column("环节", 22, False), Column("优先级", 8, False),
    Column("理由", 70, False), Column("规划布局地点", 26, False), Column("来源", 8, False),
)  # fmt: skip
_PASSAGES = (
    Column("政策文件", 58, False), Column("专栏或条目", 26, False), Column("点名词语", 40, False),
    Column("状态", 18, False), Column("出处编号", 24, False),
)  # fmt: skip


def write_catalogue(catalogue: Catalogue, rule: FairCompetition, file: Path) -> None:
    """Write a catalogue as a workbook: 招商目录, 准入条件, 政策依据, 测算理由, 版本说明.

    The same catalogue gives the same bytes; `chainmap catalogue edit` reads the file back.
    """
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(file), options) as book:
        day = catalogue.groundwork.edition if catalogue.groundwork else dt.date(2000, 1, 1)
        created = dt.datetime(*day.timetuple()[:3])
        book.set_properties({"author": "chainmap", "created": created})
        pages = _Pages(book)
        _items(pages, catalogue, rule)
        note = (
            "数值为“未知”的，向“询问对象”核实后填写并写明文件；新增条件接着编序号，条件编号留空。"
        )
        terms = pages.table(TERM_SHEET, f"{catalogue.city}招商目录准入条件", note, TERM_COLUMNS)
        terms.rows(term_rows(catalogue))
        terms.choose("指标", [metric.zh for metric in Metric])
        terms.choose("性质", [BINDING, REFERENCE])
        terms.print_columns(len(TERM_COLUMNS) - 1)
        note = "目录各条所引政策的出处；已到期的规划仅供背景，不计入得分。"
        pages.table(PASSAGE_SHEET, f"{catalogue.city}招商目录政策依据", note, _PASSAGES).rows(
            passage_rows(catalogue)
        )
        note = (
            "由公开名录和规划测算，数量均指名录内数量，供研判参考。缺口得分由需求、可行和政策权重"
            "相乘而来，只用来排先后；算式见 chainmap gaps 城市 --explain 环节。"
        )
        if catalogue.groundwork:
            note += priority_words()
        pages.table(REASON_SHEET, f"{catalogue.city}招商目录测算理由", note, _REASONS).rows(
            reason_rows(catalogue)
        )
        _notes(pages, catalogue, rule)


def _items(pages: _Pages, catalogue: Catalogue, rule: FairCompetition) -> None:
    state = "" if catalogue.sanction else "（草案）"
    title = f"{catalogue.city}{catalogue.year}年产业链招商目录{state}"
    note = (
        f"版本：{catalogue.label}。准入条件的编号见“{TERM_SHEET}”表；灰底列由程序生成，请勿改动。"
    )
    rows = item_rows(catalogue, rule)
    table = pages.table(ITEM_SHEET, title, note, ITEM_COLUMNS)
    table.rows(rows, marked=[needs_review(item) for item in catalogue.items])
    table.merge_runs("产业链", [str(row["产业链"]) for row in rows])
    table.choose("优先级", [*(priority.zh for priority in Priority), UNDECIDED])
    table.freeze(3)
    table.print_columns(len(ITEM_COLUMNS) - 1)


def _notes(pages: _Pages, catalogue: Catalogue, rule: FairCompetition) -> None:
    ground = catalogue.groundwork
    facts = [
        (VERSION_FIELD, catalogue.version_name),
        ("状态", "已审定" if catalogue.sanction else "草案，未经审定，不得作为对外承诺"),
        ("内容 SHA-256", catalogue.content_sha256),
        ("上一版本", catalogue.based_on or "无"),
        ("在期规划", "、".join(f"《{title}》" for title in catalogue.plans) or "无"),
    ]
    if catalogue.sanction:
        facts.append(("审定", f"{catalogue.sanction.by}，{catalogue.sanction.date.isoformat()}"))
    if ground:
        facts += [
            ("名录日期", ground.edition.isoformat()),
            ("政策时点", ground.as_of.isoformat()),
            ("拟定方法", f"每条产业链至多 {ground.per_chain} 条，取自本市 {ground.n_gaps} 项缺口"),
            ("环节分类 SHA-256", ground.chains_sha256),
            ("企业名录 SHA-256", ground.companies_sha256),
            ("政策出处 SHA-256", ground.policy_sha256),
            ("拟定和准入规则 SHA-256", ground.rules_sha256),
        ]
    facts.append(("激励内容", f"本产品不代拟。填写后条目标记“{rule.mark}”。{review_basis(rule)}"))
    facts.append(("改后交回", f"chainmap catalogue edit {catalogue.city} 本文件.xlsx"))
    columns = (Column("项目", 20, False), Column("内容", 100, False))
    table = pages.table(NOTE_SHEET, "版本说明", "本表供程序辨认版本，请勿删除。", columns)
    table.rows([{"项目": name, "内容": text} for name, text in facts])


class _Pages:
    """A workbook under construction and its formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        song = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"}
        hei = {**song, "font_name": "黑体"}
        edge = {"border": 1, "border_color": "#808080"}
        self.title = book.add_format({**hei, "font_size": 20, "align": "center"})
        self.note = book.add_format({**song, "text_wrap": True, "font_color": "#404040"})
        self.head = book.add_format(
            {**hei, **edge, "align": "center", "text_wrap": True, "bg_color": "#D9E2F3"}
        )
        cell = {**song, **edge, "text_wrap": True, "num_format": "@"}
        middle, grey = {"align": "center"}, {"bg_color": "#F2F2F2"}
        left = {"align": "left", "indent": 1}
        self.cells = {
            (centred, editable): book.add_format(
                {**cell, **(middle if centred else left), **({} if editable else grey)}
            )
            for centred in (True, False)
            for editable in (True, False)
        }
        self.mark = book.add_format({**cell, **middle, "font_color": "#C00000", "bold": True})

    def table(self, name: str, title: str, note: str, columns: tuple[Column, ...]) -> _Table:
        """Return a new sheet with its title, note and header, ready for rows."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_TOP)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        last = len(columns) - (
            2 if name in (ITEM_SHEET, TERM_SHEET) else 1
        )  # the id is not printed
        sheet.merge_range(0, 0, 0, last, title, self.title)
        sheet.set_row(0, 36)
        sheet.merge_range(1, 0, 1, last, note, self.note)
        width = sum(column.width for column in columns[: last + 1])
        sheet.set_row(1, _height([(note, width)]))
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(_TOP, at, column.name, self.head)
        sheet.set_row(_TOP, 30)
        return _Table(self, sheet, columns)


class _Table:
    """One sheet's rows."""

    def __init__(self, pages: _Pages, sheet: Any, columns: tuple[Column, ...]) -> None:
        self._pages, self._sheet, self._columns = pages, sheet, columns
        self._last = _TOP
        sheet.freeze_panes(_TOP + 1, 1)

    def rows(self, rows: Rows, marked: list[bool] | None = None) -> None:
        """Write the rows; every value is text or a whole number. A marked row's mark is red."""
        for line, row in enumerate(rows, start=_TOP + 1):
            for at, column in enumerate(self._columns):
                value = row[column.name]
                style = self._pages.cells[column.name in _CENTRED, column.editable]
                if marked and marked[line - _TOP - 1] and column.name == "审查标记":
                    style = self._pages.mark
                if value == "":
                    self._sheet.write_blank(line, at, None, style)
                elif isinstance(value, str):
                    self._sheet.write_string(line, at, value, style)
                else:
                    self._sheet.write_number(line, at, value, style)
            widths = [(str(row[column.name]), column.width) for column in self._columns]
            self._sheet.set_row(line, _height(widths))
        self._last = _TOP + len(rows)

    def merge_runs(self, name: str, values: list[str]) -> None:
        """Merge the cells of equal values that follow each other in a column."""
        at, start = self._at(name), 0
        style = self._pages.cells[True, False]
        for end in range(1, len(values) + 1):
            if end == len(values) or values[end] != values[start]:
                if end - start > 1:
                    top, bottom = _TOP + 1 + start, _TOP + end
                    self._sheet.merge_range(top, at, bottom, at, values[start], style)
                start = end

    def choose(self, name: str, values: list[str]) -> None:
        """Give a column a drop-down, with room for rows to come."""
        at = self._at(name)
        rule = {"validate": "list", "source": values, "error_type": "warning"}
        self._sheet.data_validation(_TOP + 1, at, self._last + 200, at, rule)

    def freeze(self, columns: int) -> None:
        """Keep the header and the first columns in sight."""
        self._sheet.freeze_panes(_TOP + 1, columns)

    def print_columns(self, count: int) -> None:
        """Print the first columns only."""
        self._sheet.print_area(0, 0, max(self._last, _TOP + 1), count - 1)

    def _at(self, name: str) -> int:
        return next(i for i, column in enumerate(self._columns) if column.name == name)


def _height(cells: list[tuple[str, int]]) -> float:
    """Return the height in points that shows every (text, column width) whole."""
    lines = 1
    for text, width in cells:
        room = max(1, width - 3)  # the indent takes some two characters
        wide = (sum(2 if ord(c) > 0x2E80 else 1 for c in part) for part in text.split("\n"))
        lines = max(lines, sum(max(1, ceil(w * 1.05 / room)) for w in wide))
    return min(400.0, lines * _LINE_HEIGHT + 6)
