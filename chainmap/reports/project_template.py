"""The Excel template for a project's facts, with drop-downs and help."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

from chainmap.catalogue.admission import FIELD_ZH
from chainmap.concepts.admission import Project
from chainmap.sources.project_file import SHEET

HELP = {
    "name": "必填。",
    "city": "如 绍兴、宁波市；不填时地方规则答“未知”。",
    "segment": "环节名称或编号，如 谐波减速器、rb-harmonic-reducer；与行业代码至少填一项。",
    "industry_code": "GB/T 4754—2017 四位小类代码，文本格式，如 3985。",
    "investment": "含厂房、设备和地价的固定资产投资，不含流动资金。",
    "land": "拟用土地面积；租用厂房的不填。",
    "output": "达产后一年的产值。",
    "tax": "达产后一年的税收。",
    "energy": "达产后一年的综合能源消费量，等价值还是当量值按当地要求。",
    "guidance_class": "对照《产业结构调整指导目录（2024年本）》自报。",
    "market_access": "对照《市场准入负面清单（2025年版）》自报。",
    "foreign_access": "外商投资项目填。",
    "standards_met": "产品是否符合适用的强制性标准。",
    "eia_approval": "环境影响评价文件的审批。",
    "discharge_permit": "排污许可证。",
    "zoning_fit": "地块所在生态环境管控单元的准入要求。",
    "energy_review": "节能审查意见。",
    "foreign": "投资方含境外投资者的填“是”。",
    "keywords": "主要产品和生产工艺，用顿号分开，如 光刻胶、树脂合成。",
}


def write_project_template(path: Path) -> None:
    """Write the template: one field a row, choices as drop-downs, help beside them."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        book.set_properties({"author": "chainmap", "created": dt.datetime(2000, 1, 1)})
        song = {"font_name": "仿宋", "font_size": 12, "valign": "vcenter", "border": 1}
        head = book.add_format({**song, "font_name": "黑体", "bg_color": "#D9E2F3"})
        label = book.add_format({**song, "bg_color": "#F2F2F2"})
        cell = book.add_format({**song, "num_format": "@", "text_wrap": True})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 40)
        sheet.set_column(2, 2, 70)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for at, text in enumerate(("项目字段", "填写", "怎么填（不知道就留空）")):
            sheet.write_string(0, at, text, head)
        for line, (field, zh) in enumerate(FIELD_ZH.items(), start=1):
            sheet.set_row(line, 26)
            sheet.write_string(line, 0, zh, label)
            sheet.write_string(line, 1, "", cell)
            sheet.write_string(line, 2, HELP[field], label)
            choices = _choices(field)
            if choices:
                sheet.data_validation(line, 1, line, 1, {"validate": "list", "source": choices})
        sheet.freeze_panes(1, 1)


def _choices(field: str) -> list[str]:
    """Return the values a field may take; empty where it takes any."""
    annotation = Project.model_fields[field].annotation
    for part in (annotation, *get_args(annotation)):
        values = get_args(part)
        if values and all(isinstance(value, str) for value in values):
            return list(values)
    return []
