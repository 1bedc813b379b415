"""The Excel template for a ledger of landed projects, with help."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

LANDING_SHEET = "落地台账"
COLUMNS = {
    "企业名称": "必填。投资方全称，与企业表中的写法一致。",
    "统一社会信用代码": "有就填，文本格式；上市公司可改填股票代码。",
    "注册城市": "投资方总部所在城市，如 深圳市。",
    "落地城市": "必填。项目所在的地级市，如 绍兴市。",
    "落地日期": "签约、开工或设立之日，如 2023-05-18；不知道就留空。",
    "项目名称": "",
    "出处": "文号、网页或台账编号，便于核对。",
}


def write_landing_template(path: Path) -> None:
    """Write the template: one project a row, text columns, help on a second sheet."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        book.set_properties({"author": "chainmap", "created": dt.datetime(2000, 1, 1)})
        song = {"font_name": "仿宋", "font_size": 12, "valign": "vcenter", "border": 1}
        head = book.add_format({**song, "font_name": "黑体", "bg_color": "#D9E2F3"})
        cell = book.add_format({**song, "num_format": "@"})
        text = book.add_format({**song, "text_wrap": True})
        sheet = book.add_worksheet(LANDING_SHEET)
        for at, heading in enumerate(COLUMNS):
            sheet.set_column(at, at, 24, cell)
            sheet.write_string(0, at, heading, head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 60)
        for line, (heading, help_text) in enumerate(COLUMNS.items()):
            notes.write_string(line, 0, heading, head)
            notes.write_string(line, 1, help_text or "可不填。", text)
