"""The Excel template for a list of projects, one a row, with drop-downs and a page of help."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from chainmap.sources.project_columns import project_columns

LIST_SHEET = "项目清单"
COLUMNS: tuple[tuple[str, str, int, str], ...] = (
    ("name", "项目名称", 34, "必填。"),
    (
        "code",
        "项目代码",
        26,
        "投资项目统一代码或自编编号，文本格式；有它，改名后仍认得是同一项目。",
    ),
    ("sponsor", "投资方", 34, "企业全称；个人投资的留空，不填姓名。"),
    ("city", "意向城市", 12, "如 绍兴市；没有意向城市的留空，各市都可对接。"),
    ("county", "区县", 12, "如 柯桥区。"),
    ("address", "建设地点", 24, "园区或地址。"),
    ("chain", "产业链", 16, "如 集成电路。"),
    ("segment", "产业链环节", 20, "环节名称，如 谐波减速器；不清楚就只填产品。"),
    ("product", "主要产品", 34, "用顿号分开，主要的在前，如 谐波减速器、伺服电机。"),
    ("content", "建设内容", 44, "建什么、多大规模。"),
    ("process", "主要工艺", 24, "用顿号分开，如 光刻胶合成、电镀；用于核对受限行业。"),
    ("industry_code", "国民经济行业代码", 14, "GB/T 4754—2017 四位小类代码，文本格式。"),
    ("investment", "总投资（万元）", 14, "外币的写明币种，如 3000万美元，不折算。"),
    (
        "fixed_investment",
        "固定资产投资（万元）",
        16,
        "厂房、设备和地价，不含流动资金；算投资强度用。",
    ),
    ("land", "用地（亩）", 10, "拟用土地面积；租用厂房的留空。"),
    ("output", "达产年产值（万元）", 14, "达产后一年的产值。"),
    ("tax", "达产年税收（万元）", 14, "达产后一年的税收。"),
    ("energy", "年综合能耗（吨标准煤）", 16, "达产后一年的综合能源消费量。"),
    ("emissions", "主要污染物", 24, "种类和年排放量，如 VOCs 1.2吨、COD 3吨。"),
    ("stage", "项目阶段", 10, "策划、签约、开工、投产。"),
    ("signed", "签约日期", 12, "2026-03-01 或 2026年3月。"),
    ("started", "开工日期", 12, "计划或实际。"),
    ("completed", "投产日期", 12, "计划或实际。"),
    ("guidance_class", "产业结构调整指导目录类别", 14, "对照现行目录自报。"),
    ("market_access", "市场准入负面清单类别", 14, "对照现行清单自报。"),
    ("foreign", "外商投资", 10, "投资方含境外投资者的填“是”。"),
    ("foreign_access", "外商投资负面清单类别", 14, "外商投资项目填。"),
    ("standards_met", "符合强制性标准", 12, "产品是否符合适用的强制性标准。"),
    ("eia_approval", "环评批复", 10, "环境影响评价文件的审批。"),
    ("discharge_permit", "排污许可证", 10, "排污许可证。"),
    ("zoning_fit", "符合生态环境分区管控", 12, "地块所在生态环境管控单元的准入要求。"),
    ("energy_review", "节能审查意见", 10, "节能审查意见。"),
    ("source", "来源", 24, "项目信息从哪里来，如 文号、网页、平台编号。"),
    ("updated", "数据日期", 12, "这一行是哪一天的情况；留空用清单日期。"),
)
"""Field, heading, width, help; every heading is one that the import recognises."""

_NOTES = (
    "不要填写联系人、电话、邮箱、招商人员等个人信息：导入时这些列一律丢弃，不入库。",
    "列可以删减、换序；除项目名称外都可以留空，不知道的不要猜。",
    "数字写明单位最稳妥，如 1.2亿元、8公顷；单元格没写单位时按列名括号中的单位。",
    "填好后运行 chainmap import projects 文件名.xlsx；先加 --dry-run 可以只核对不入库。",
    "同一项目再次导入时，以日期较新的清单为准，旧值留在历史中。",
)
_LAST_ROW = 5000


def write_project_list_template(path: Path) -> None:
    """Write the template: an empty list with text columns and choices, and a page of help."""
    import xlsxwriter

    values = project_columns().values
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        book.set_properties({"author": "chainmap", "created": dt.datetime(2000, 1, 1)})
        song = {"font_name": "仿宋", "font_size": 12, "valign": "vcenter"}
        head = book.add_format(
            {**song, "font_name": "黑体", "bg_color": "#D9E2F3", "border": 1, "text_wrap": True}
        )
        text = book.add_format({**song, "num_format": "@"})
        wrap = book.add_format({**song, "text_wrap": True, "border": 1})
        sheet = book.add_worksheet(LIST_SHEET)
        sheet.set_row(0, 36)
        for at, (field, heading, width, _) in enumerate(COLUMNS):
            sheet.set_column(at, at, width, text)
            sheet.write_string(0, at, heading, head)
            if field in values:
                choice = {"validate": "list", "source": list(values[field]),
                          "error_type": "warning"}  # fmt: skip
                sheet.data_validation(1, at, _LAST_ROW, at, choice)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3: a list of projects is wide
        sheet.fit_to_pages(3, 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        page = book.add_worksheet("填写说明")
        page.set_column(0, 0, 28)
        page.set_column(1, 1, 80)
        page.write_row(0, 0, ["列", "怎么填"], head)
        for line, (_, heading, _, help_text) in enumerate(COLUMNS, start=1):
            page.write_row(line, 0, [heading, help_text], wrap)
        for line, note in enumerate(_NOTES, start=len(COLUMNS) + 1):
            page.write_row(line, 0, ["注意", note], wrap)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
