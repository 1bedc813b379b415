"""Exports as people have them, from the file to the workspace: every row accounted for."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.scope_table import open_scope_lists, read_scope_rows
from tests.exports import EXPORTS, NOTES, QCC, cells, write_workbook
from tests.made_up import code, held, run

HERE = Path(__file__).parent


def sums(report):
    for entry in report.lists:
        assert entry.rows == entry.accepted + entry.repaired + entry.merged + entry.rejected
    return [sum(getattr(entry, kind) for entry in report.lists)
            for kind in ("rows", "accepted", "repaired", "merged", "rejected")]  # fmt: skip


def numbered(headings, count=8):
    return [cells(headings, n) for n in range(1, count + 1)]


@pytest.mark.parametrize("export", EXPORTS)
def test_every_export_is_known_and_simply_works(tmp_path, export):
    headings, titles = EXPORTS[export]
    file = write_workbook(tmp_path / "a.xlsx", headings, titles, numbered(headings), NOTES)
    report = run(tmp_path / "ws", file)
    assert report.lists[0].export == export
    assert sums(report) == [10, 8, 0, 0, 2]
    assert report.reject_reasons == [("表尾的合计或说明行，不是企业", 2)]
    assert (report.lists[0].as_of == "2024-05-01") == bool(titles)
    stored = held(tmp_path / "ws")
    assert set(stored["city_code"]) == {"330600"}
    assert stored["founded"].min() == dt.date(2001, 2, 5)
    assert "法定代表人" in "".join(report.lists[0].personal_dropped)
    (rows,) = read_scope_rows(open_scope_lists([file], tmp_path).lists)
    assert rows.companies["company"].to_list() == [code(n) for n in range(1, 9)]
    assert rows.refused.height == 2


def test_numbers_dates_and_widths_as_spreadsheets_spoil_them(tmp_path):
    headings = ["序号", *QCC, "", "注册资本"]
    rows = [[str(n), *cells(QCC, n), "", "9"] for n in range(1, 7)]
    at = {heading: headings.index(heading) for heading in headings}
    rows[0][at["成立日期"]] = 36926
    rows[1][at["统一社会信用代码"]] = 913306021234567890
    rows[2][at["统一社会信用代码"]] = code(3).translate({c: c + 0xFEE0 for c in range(48, 91)})
    rows[3][at["注册资本"]] = 500.5
    rows[4][at["登记状态"]] = "说不清"
    rows[4][at["参保人数"]] = "三十五"
    rows[5][at["参保人数"]] = "1,200人"
    report = run(tmp_path / "ws", write_workbook(tmp_path / "a.xlsx", headings, [], rows))
    assert sums(report)[0] == 6
    ((reason, n),) = report.reject_reasons
    assert "只留 15 位" in reason and "设为文本后重新导出" in reason and n == 1
    stored = {row["uscc"]: row for row in held(tmp_path / "ws").iter_rows(named=True)}
    assert stored[code(1)]["founded"] == dt.date(2001, 2, 4)
    assert stored[code(3)]["capital_10k"] == 500 and code(3) in stored
    assert stored[code(4)]["capital_10k"] is None
    rules = {field: rule for field, rule, _ in report.repair_rules}
    assert "没有写明单位" in rules["capital"] and "不在已知写法中" in rules["status"]
    assert "不是整数" in rules["insured_staff"]
    assert stored[code(6)]["insured_staff"] == 1200


def test_a_workbook_of_several_sheets(tmp_path):
    def more(book, sheet):
        second = book.add_worksheet("续表")
        for line, row in enumerate(cells(QCC, n) for n in range(9, 12)):
            for column, cell in enumerate(row):
                second.write_string(line, column, str(cell))
        book.add_worksheet("说明").write_string(0, 0, "本表由企查查导出")
        book.add_worksheet("旧").hide()
        book.add_worksheet("空")

    file = write_workbook(tmp_path / "a.xlsx", QCC, ["企查查"], numbered(QCC), more=more)
    report = run(tmp_path / "ws", file)
    assert [entry.rows for entry in report.lists] == [8, 3]
    assert held(tmp_path / "ws").height == 11
    assert any("说明" in line and "1 行未读" in line for line in report.passed_over)
    assert any("旧" in line and "隐藏" in line for line in report.passed_over)


def test_headings_on_two_lines_and_pages_that_repeat_them(tmp_path):
    above = ["序号", "单位名称", "统一社会信用代码", "注册地", "", "主要业务活动", "", "联系方式"]
    below = ["", "", "", "省", "市", "主要业务活动1", "主要业务活动2", ""]
    rows = [
        [
            str(n),
            f"绍兴第{n}阀门厂",
            code(n),
            "浙江",
            "绍兴",
            "减速机制造",
            "齿轮制造",
            "13800138000",
        ]
        for n in range(1, 4)
    ]
    rows[2:2] = [["第二页"], above, below]
    rows.append(["填表人：王小二", "", "", "", "", "", "审核人：李四", ""])
    lines = [below, *rows]
    report = run(tmp_path / "ws", write_workbook(tmp_path / "a.xlsx", above, ["名录"], lines))
    assert sums(report) == [7, 3, 0, 0, 4]
    assert held(tmp_path / "ws")["main_business"].to_list() == ["减速机制造；齿轮制造"] * 3
    assert set(held(tmp_path / "ws")["city_code"]) == {"330600"}
    for file in (tmp_path / "ws" / "rejects").iterdir():
        assert "王小二" not in file.read_text("utf-8-sig")


def test_an_xls_is_read_like_any_other(tmp_path):
    report = run(tmp_path / "ws", HERE / "made_up_list.xls")
    assert sums(report) == [4, 3, 0, 0, 1]
    assert held(tmp_path / "ws")["founded"].to_list() == [dt.date(2001, n, 5) for n in (2, 3, 4)]


def test_a_workbook_with_a_password_says_so(tmp_path):
    locked = tmp_path / "名单.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    locked.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + name + bytes(1000))
    with pytest.raises(InputError, match=r"名单\.xlsx 的文件有密码.*另存"):
        run(tmp_path / "ws", locked)
    torn = tmp_path / "名单.xls"
    torn.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    with pytest.raises(InputError, match="没有下载完整"):
        run(tmp_path / "ws", torn)


def test_a_list_of_names_only_keeps_every_name(tmp_path):
    frame = pl.DataFrame(
        {"企业名称": ["老街烧烤", "绍兴甲厂"], "联系人": ["-", "-"], "地区": ["", ""]}
    )
    frame.write_excel(tmp_path / "a.xlsx")
    assert sums(run(tmp_path / "ws", tmp_path / "a.xlsx")) == [2, 2, 0, 0, 0]
