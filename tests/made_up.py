"""Companies that do not exist, for tests: credit codes with right check digits, small lists."""

import datetime as dt

from chainmap.linkage.intake import Progress, Request, import_companies
from chainmap.sources.intake.credit_code import check_digit
from chainmap.sources.workspace import Workspace

TODAY = dt.date(2026, 1, 1)


def code(number, division="330602"):
    """The made-up credit code of a number."""
    body = f"91{division}MA{number:07d}"
    return body + check_digit(body)


def write_csv(path, rows, encoding="utf-8"):
    """Rows of text as a CSV file, nothing quoted."""
    path.write_bytes("".join(",".join(row) + "\r\n" for row in rows).encode(encoding))
    return path


def run(folder, *files, **wanted):
    """The report of importing files into a workspace folder."""
    request = Request(list(files), TODAY, **wanted)
    return import_companies(Workspace(folder), request, Progress(lambda name, rows: None))


def held(folder, table="companies"):
    """A table of a workspace, by name."""
    return Workspace(folder).scan(table).collect().sort("name", "as_of")


def register(folder):
    """A workspace of seven companies: makers, a trader, a branch, one closed, one in no city."""
    header = [
        "企业名称",
        "统一社会信用代码",
        "经营范围",
        "住所",
        "登记状态",
        "成立日期",
        "注册资本",
    ]
    beijing, shaoxing = "北京市海淀区中关村1号", "浙江省绍兴市越城区迪荡街道1号"
    made = "减速机、齿轮的制造"
    rows = [
        ["绍兴甲减速机有限公司", code(1), made, shaoxing, "存续", "2001-02-03", "500万元"],
        ["绍兴甲减速机有限公司柯桥分公司", code(2), made, shaoxing, "存续", "2002-02-03", "-"],
        ["绍兴乙传动有限公司", code(3), "减速机的研发", shaoxing, "存续", "2003-02-03", "80万元"],
        ["绍兴丙商贸有限公司", code(4), "减速机销售", shaoxing, "存续", "2003-02-03", "10万元"],
        ["绍兴丁减速机有限公司", code(5), made, shaoxing, "注销", "1999-02-03", "10万元"],
        ["北京戊减速机有限公司", code(6, "110108"), made, beijing, "存续", "2004-02-03", "9万美元"],
        ["己减速机有限公司", "-", made, "-", "存续", "-", "-"],
    ]  # fmt: skip
    run(folder / "ws", write_csv(folder / "名单_2024-01-01.csv", [header, *rows]))
    return folder / "ws"
