"""Made-up exports as the products and offices that people use write them: headings and dirt."""

import datetime as dt

from tests.made_up import code


def headings(text):
    """Headings parted by blanks."""
    return text.split()


QCC = headings("""
    企业名称 登记状态 法定代表人 注册资本 实缴资本 成立日期 核准日期 营业期限 所属省份 所属城市
    所属区县 统一社会信用代码 纳税人识别号 注册号 组织机构代码 参保人数 企业（机构）类型
    国标行业门类 国标行业大类 国标行业中类 国标行业小类 企业规模 曾用名 英文名 官网 通信地址
    注册地址 经营范围 有效手机号 更多电话 邮箱 更多邮箱 登记机关 纳税人资质 最新年报年份
""")
TYC = headings("""
    公司名称 经营状态 法定代表人 注册资本 实缴资本 成立日期 核准日期 营业期限 所属省份 所属城市
    所属区县 公司类型 所属行业 曾用名 英文名 统一社会信用代码 纳税人识别号 注册号 组织机构代码
    参保人数 联系电话 更多电话 邮箱 更多邮箱 网址 企业地址 最新年报地址 经营范围
""")
AQC = headings("""
    企业名称 开业状态 法定代表人 注册资本 实缴资本 成立日期 核准日期 营业期限 所属省份 所属城市
    所属区县 统一社会信用代码 纳税人识别号 工商注册号 组织机构代码 登记机关 企业类型 所属行业
    曾用名 注册地址 经营范围 电话 邮箱
""")
QXB = headings("""
    序号 企业名称 企业状态 法定代表人 注册资本 发照日期 省份 城市 区县 统一社会信用代码 注册号
    组织机构代码 企业类型 行业门类 行业大类 电话 更多电话 邮箱 企业地址 经营范围
""")
GSXT = headings("""
    统一社会信用代码 企业名称 类型 法定代表人 注册资本 成立日期 营业期限自 营业期限至 登记机关
    核准日期 登记状态 住所 经营范围
""")
STATISTICS = headings("""
    序号 统一社会信用代码 组织机构代码 单位详细名称 法定代表人（单位负责人） 行政区划代码
    详细地址 联系电话 行业代码 主要业务活动1 主要业务活动2 登记注册统计类别 从业人员期末人数
    开业（成立）时间
""")
EXPORTS = {
    "企查查": (QCC, ["企查查-企业名录  导出时间：2024-05-01", "本数据仅供参考，不构成任何建议"]),
    "天眼查": (TYC, ["天眼查 企业搜索结果导出（2024年5月1日）"]),
    "爱企查": (AQC, []),
    "启信宝": (QXB, ["启信宝企业查询", "", "数据来源：启信宝  查询时间：2024/05/01 10:20:30"]),
    "国家企业信用信息公示系统": (GSXT, []),
    "统计部门名录": (STATISTICS, ["规模以上工业法人单位名录", "2024年5月1日   单位：千元"]),
}
NOTES = ["以上数据由系统自动生成，仅供参考。", "免责声明：请以登记机关公示为准"]


def company(number):
    """A company's cells by what their heading says; about every kind of writing a cell has."""
    day = dt.date(2001, 1 + number % 12, 5)
    return {
        "name": f"绍兴第{number}传动机械有限公司", "code": code(number), "person": "王小二",
        "capital": [f"{number}.5万元人民币", f"{number},000万(元)", "-", "５００万元"][number % 4],
        "founded": day, "address": f"浙江省绍兴市越城区迪荡街道{number}号",
        "scope": "一般项目：减速机、齿轮的制造；货物进出口（依法须经批准的项目除外）",
        "status": ["存续（在营、开业、在册）", "在业", "开业", "注销"][number % 4],
    }  # fmt: skip


_MEANING = {
    "name": "企业名称 公司名称 单位详细名称",
    "code": "统一社会信用代码 纳税人识别号",
    "person": "法定代表人 法定代表人（单位负责人）",
    "capital": "注册资本",
    "founded": "成立日期 发照日期 开业（成立）时间",
    "address": "注册地址 企业地址 住所 详细地址 通信地址",
    "scope": "经营范围",
    "status": "登记状态 经营状态 开业状态 企业状态",
}
_FIXED = {
    "浙江省": "所属省份 省份",
    "绍兴市": "所属城市 城市",
    "越城区": "所属区县 区县",
    "13800138000": "有效手机号 电话",
    "0575-88888888": "联系电话",
    "wang@example.com": "邮箱",
    "有限责任公司(自然人投资或控股)": "企业（机构）类型 公司类型 企业类型 类型",
    "减速机制造": "主要业务活动1",
    "3453": "行业代码",
    "120": "从业人员期末人数",
}


def cells(columns, number):
    """A company's cells under these headings; `-` where it says nothing."""
    of = company(number)
    said = {heading: of[key] for key, names in _MEANING.items() for heading in names.split()}
    said |= {heading: cell for cell, names in _FIXED.items() for heading in names.split()}
    said["序号"] = str(number)
    return [said.get(heading, "-") for heading in columns]


def write_workbook(path, columns, titles, rows, notes=(), more=None):
    """Write an .xlsx with merged titles, notes at the bottom, and what `more(book, sheet)` adds."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("企业名录")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy/m/d"})
        for line, title in enumerate(titles):
            sheet.merge_range(line, 0, line, len(columns) - 1, title, bold)
        lines = [columns, *rows, *([note] for note in notes)]
        for line, row in enumerate(lines, len(titles)):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(line, column, cell, day)
                elif isinstance(cell, (int, float)):
                    sheet.write_number(line, column, cell)
                else:
                    sheet.write_string(line, column, cell)
        if more is not None:
            more(book, sheet)
    return path
