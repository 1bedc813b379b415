"""Excel files an official would forward: title, basis, filters, score bars, sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import Any

from chainmap.concepts.gap_records import GapList
from chainmap.concepts.records import Basis, CitationRecord, TargetList
from chainmap.reports.cell_numbers import column_format, share_of
from chainmap.reports.gap_explanation import gap_method
from chainmap.reports.rows import (
    FAMILY_LABELS,
    Rows,
    chance_rows,
    company_rows,
    completeness_rows,
    forwarded_gap_rows,
    forwarded_rows,
    gap_rows,
    part_rows,
    unjudged_rows,
)

_FONT = "微软雅黑"
_WIDTHS = {
    "序号": 6, "企业": 30, "所在城市": 10, "目标环节": 17, "缺口类型": 9, "得分": 9,
    "最强理由": 46, "出处": 36, "主要产品": 44, "股票代码": 12, "距离（公里）": 10,
    "企业信息来源": 46, "政策出处": 36, "权重构成": 60, "产业链": 16, "环节": 22, "位置": 7,
    "为什么": 54, "怎样会改变": 36, "名次": 14, "相对水平": 18, "受影响企业": 30,
    "最近已有城市": 24, "算式": 80, "完整度": 20, "对标位次": 20, "说明": 60,
    "名次区间": 11, "可能性": 13, "不利与待核实": 34, "证据": 56, "属该环节": 12,
    "会到外地布局": 14, "其中来本市": 12, "产业环节契合": 13,
}  # fmt: skip
_NOTE_WIDTHS = (40, 30, 30, 20, 22, 70)
_OTHER_WIDTH = 10
_LINE_HEIGHT = 15
"""Points; rows are given their height, because WPS and LibreOffice do not fit wrapped text."""
_WIDEST_A4 = 150
"""Characters of columns that still read on A4 turned sideways; wider sheets go on A3."""
_HEADER_ROW = 4
"""Title, date, basis and coverage stand above the table."""


def write_targets(targets: TargetList, file: Path) -> None:
    """Write a ranked target list as a workbook: 招商目标清单, 得分构成, 依据与来源.

    The same list gives the same bytes: dates come from the list, not from the clock.
    """
    basis = targets.basis
    with _Book(file, basis.edition) as book:
        title = f"{basis.city}{basis.chain or ''}招商目标企业清单"
        book.table("招商目标清单", title, basis, forwarded_rows(targets))
        book.table("企业信息", f"{title}：企业信息", basis, company_rows(targets))
        book.table("得分构成", f"{title}：得分构成（与居中候选之差）", basis, part_rows(targets))
        book.table("可能性", f"{title}：可能性", basis, chance_rows(targets))
        book.notes(
            basis,
            [c for target in targets.targets for c in target.citations],
            _method(targets),
        )


def write_gaps(gaps: GapList, file: Path) -> None:
    """Write a city's gaps as a workbook: 产业链缺口, 依据与来源; same gaps, same bytes."""
    basis = gaps.basis
    with _Book(file, basis.edition) as book:
        title = f"{basis.city}{basis.chain or '产业链'}缺口清单"
        book.table("产业链缺口", title, basis, forwarded_gap_rows(gaps))
        book.table("得分构成", f"{title}：得分构成", basis, gap_rows(gaps))
        book.table("产业链完整度", f"{basis.city}产业链完整度", basis, completeness_rows(gaps))
        if gaps.not_enough_data:
            unjudged = f"{basis.city}数据不足、未作判断的环节"
            book.table("数据不足环节", unjudged, basis, unjudged_rows(gaps))
        cited = [c for gap in gaps.gaps for c in gap.citations]
        book.notes(basis, cited, gap_method(gaps.weights))


class _Book:
    """A workbook under construction, its fonts and formats made once."""

    def __init__(self, file: Path, day: dt.date) -> None:
        from xlsxwriter import Workbook

        options = {"strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = Workbook(str(file), options)
        self._book.set_properties(
            {"title": file.stem, "author": "chainmap", "created": dt.datetime(*day.timetuple()[:3])}
        )
        font = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
        edge = {"border": 1, "border_color": "#C9CED6"}
        self._title = self._book.add_format({**font, "bold": True, "font_size": 16})
        self._note = self._book.add_format({**font, "font_color": "#5A6472"})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "align": "center"}
        self._head = self._book.add_format({**font, **edge, **head, "text_wrap": True})
        self._text = self._book.add_format({**font, **edge, "text_wrap": True, "num_format": "@"})
        middle = {**font, **edge, "align": "center"}
        self._middle = middle
        self._numbers: dict[str, Any] = {}

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def _number(self, shown: str) -> Any:
        """Return the format of numbers shown in one way, made once."""
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({**self._middle, "num_format": shown})
        return self._numbers[shown]

    def table(self, name: str, title: str, basis: Basis, rows: Rows) -> None:
        """Add a sheet: title block, frozen filtered header, rows, bars on the score."""
        sheet = self._sheet(name, title, basis)
        if not rows:
            sheet.write(_HEADER_ROW, 0, "没有符合条件的条目。", self._note)
            return
        columns = list(rows[0])
        # A gap score is a share; a target's score counts natural logarithms.
        score = "0.000" if "需求" in columns or "名次" in columns else "0.00"
        shown = {name: column_format(row[name] for row in rows) for name in columns}
        shown["得分"] = score
        if sum(_WIDTHS.get(name, _OTHER_WIDTH) for name in columns) > _WIDEST_A4:
            sheet.set_paper(8)  # A3
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(column, _OTHER_WIDTH))
            sheet.write_string(_HEADER_ROW, at, column, self._head)
        # The filter's arrow takes a character and a half of a heading's room.
        heads = ((name, _WIDTHS.get(name, _OTHER_WIDTH) - 2) for name in columns)
        sheet.set_row(_HEADER_ROW, max(24, _row_height(heads)))
        for line, row in enumerate(rows, start=_HEADER_ROW + 1):
            for at, (column, value) in enumerate(row.items()):
                share = share_of(value) if isinstance(value, str) else None
                if share is not None:
                    sheet.write_number(line, at, share.value, self._number(share.shown))
                elif isinstance(value, str):
                    sheet.write_string(line, at, value, self._text)
                else:
                    sheet.write_number(line, at, value, self._number(shown[column]))
            widths = (_WIDTHS.get(column, _OTHER_WIDTH) for column in columns)
            sheet.set_row(line, _row_height(zip(row.values(), widths, strict=True)))
        last = _HEADER_ROW + len(rows)
        sheet.autofilter(_HEADER_ROW, 0, last, len(columns) - 1)
        sheet.freeze_panes(_HEADER_ROW + 1, 2)
        sheet.repeat_rows(_HEADER_ROW)
        if "得分" in columns:
            at = columns.index("得分")
            bar = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num",
                   "min_value": 0}  # fmt: skip
            sheet.conditional_format(_HEADER_ROW + 1, at, last, at, bar)

    def notes(self, basis: Basis, citations: list[CitationRecord], method: str) -> None:
        """Add the sheet of sources: method, versions, policy passages with offsets and hash."""
        sheet = self._sheet("依据与来源", "依据与来源", basis)
        for at, width in enumerate(_NOTE_WIDTHS):
            sheet.set_column(at, at, width)
        line = _HEADER_ROW
        facts = [
            ("方法", method),
            ("政策期限", f"驱动得分的在期规划：{'、'.join(basis.plans_in_force) or '无'}"),
            ("版本", f"程序 {basis.code_version}；名录 {basis.edition}；"
                     f"分类 {basis.taxonomy_sha256[:12]}；数据 {basis.data_sha256[:12]}"),
        ]  # fmt: skip
        for name, text in facts:
            sheet.write_string(line, 0, name, self._text)
            sheet.merge_range(line, 1, line, 5, text, self._text)
            sheet.set_row(line, 34)
            line += 1
        passages = {
            citation.id: (
                f"《{citation.title}》", citation.box, "、".join(citation.names),
                "在期" if citation.in_force else "已到期，仅供背景",
                f"第{citation.start}–{citation.end}字", citation.sha256,
            )
            for citation in citations
        }  # fmt: skip
        heads = ("政策文件", "专栏或条目", "点名词语", "状态", "原文位置", "原文件 SHA-256")
        for at, head in enumerate(heads):
            sheet.write_string(line + 1, at, head, self._head)
        for row, passage in enumerate(passages.values(), start=line + 2):
            for at, value in enumerate(passage):
                sheet.write_string(row, at, value, self._text)
            sheet.set_row(row, _row_height(zip(passage, _NOTE_WIDTHS, strict=True)))

    def _sheet(self, name: str, title: str, basis: Basis) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, title, self._title)
        plans = "、".join(f"《{plan}》" for plan in basis.plans_in_force) or "无在期规划"
        sheet.write_string(
            1, 0, f"数据日期：{basis.edition}　　政策时点：{basis.as_of}", self._note
        )
        sheet.write_string(
            2, 0, f"依据：{plans}；得分由公式算出，供研判参考，不代表落地概率。", self._note
        )
        sheet.write_string(3, 0, f"说明：{basis.coverage}", self._note)
        return sheet


def _row_height(cells: Iterable[tuple[str | int | float, int]]) -> float:
    """Return the height in points that shows every (value, column width) whole."""
    lines = 1
    for value, width in cells:
        needed = sum(
            max(1, ceil(sum(2 if ord(char) > 0x2E80 else 1 for char in line) / (width - 1)))
            for line in str(value).split("\n")
        )
        lines = max(lines, needed)
    return lines * _LINE_HEIGHT + 4


def _method(targets: TargetList) -> str:
    changed = "、".join(
        f"{label}×{targets.weights[name]:g}"
        for name, label in FAMILY_LABELS.items()
        if targets.weights[name] != 1.0
    )
    limit = (
        f"同一环节最多列 {targets.per_segment} 家" if targets.per_segment else "不限同一环节家数"
    )
    return (
        f"得分为七类证据之和，以本市居中候选为 0，取自然对数：每高 0.7 约翻一倍（目标排序模型 "
        f"{targets.model}）；{f'权重已调整：{changed}' if targets.custom else '各类权重均为 1'}；"
        f"{limit}；名次区间为 90%；可能性是企业来本市做该环节的校准概率；本市企业不列入。"
    )
