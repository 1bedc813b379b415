"""Our own Excel template for company lists, with a page of help."""

from __future__ import annotations

from pathlib import Path

COLUMNS = (
    ("企业名称", 34, "必填。登记的全称，如 某某科技（绍兴）有限公司。"),
    ("统一社会信用代码", 24, "18 位，文本格式。有它才能与其他名单对上；没有时按名称加所在地识别。"),
    ("登记状态", 10, "存续、在业、注销、吊销、迁出、停业、清算。"),
    ("企业类型", 22, "照登记写，如 有限责任公司（自然人投资或控股）、个体工商户。"),
    ("成立日期", 12, "2020-01-31、2020/1/31、2020年1月31日 都可以。"),
    ("注册资本", 16, "写明单位和币种，如 500万元、300万美元、1.2亿元；不写币种为人民币。"),
    ("所属省份", 10, "浙江 或 浙江省。"),
    ("所属城市", 10, "绍兴 或 绍兴市；县级市写在区县一列。"),
    ("所属区县", 10, "柯桥区；已撤并的旧名（如 绍兴县）会按现名归属。"),
    ("注册地址", 40, "可只填地址，省市县由地址识别。"),
    ("经营范围", 50, "照登记写。环节归位主要看这一列。"),
    ("主营业务", 30, "实际在做的业务；比经营范围更可信。"),
    ("主要产品", 30, "用顿号分开，主要的在前。"),
    ("国民经济行业代码", 12, "四位小类代码，文本格式，如 3973（不要丢掉开头的 0）。"),
    ("曾用名", 26, "多个用分号分开。"),
    ("股票代码", 12, "上市企业填，如 688001.SH。"),
    ("参保人数", 10, "整数。"),
)


def write_company_template(path: Path) -> None:
    """Write the template: an empty list with text columns, choices, and a page of help."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        text = book.add_format({"num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("企业名单")
        for i, (name, width, _) in enumerate(COLUMNS):
            sheet.set_column(i, i, width, text)
            sheet.write_string(0, i, name, head)
        sheet.freeze_panes(1, 2)
        states = ["存续", "在业", "注销", "吊销", "迁出", "停业", "清算"]
        choice = {"validate": "list", "source": states, "error_type": "warning"}
        sheet.data_validation(1, 2, 20000, 2, choice)
        length = {
            "validate": "length", "criteria": "==", "value": 18, "error_type": "warning",
            "error_title": "信用代码", "error_message": "统一社会信用代码应为 18 位。",
        }  # fmt: skip
        sheet.data_validation(1, 1, 20000, 1, length)
        page = book.add_worksheet("填写说明")
        page.set_column(0, 0, 20, wrap)
        page.set_column(1, 1, 80, wrap)
        page.write_row(0, 0, ["列", "怎么填"], head)
        for i, (name, _, help_text) in enumerate(COLUMNS, start=1):
            page.write_row(i, 0, [name, help_text])
        for i, line in enumerate(_NOTES, start=len(COLUMNS) + 2):
            page.write_string(i, 0, "注意" if i == len(COLUMNS) + 2 else "")
            page.write_string(i, 1, line)


_NOTES = (
    "不要填写法定代表人、联系人、电话、邮箱等个人信息：导入时这些列一律丢弃，不入库。",
    "列可以删减、换序，多出的列不影响；企业名称必填。",
    "填好后运行 chainmap import companies 文件名.xlsx；先加 --dry-run 可以只核对不入库。",
    "拒收的行连同行号和原因写在单独的 CSV 里，改好后把那几行再导入即可。",
    "同一企业再次导入时，以日期较新的名单为准，旧值留在历史中。",
)
