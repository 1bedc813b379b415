import openpyxl

from chainmap.reports.plain_workbook import write_rows


def test_rows_stand_under_title_and_notes_and_text_stays_text(tmp_path):
    rows = [{"指标": "=1+1", "目标值": 5, "代码": "0111"}]
    write_rows(tmp_path / "a.xlsx", "目标：台账", ["说明一", "说明二"], rows)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [sheet.cell(line, 1).value for line in (1, 2, 3, 4)] == [
        "目标：台账", "说明一", "说明二", "指标",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == ["=1+1", 5, "0111"]
    assert sheet["A5"].data_type == "s"
    assert sheet.freeze_panes == "B5" and sheet.auto_filter.ref == "A4:C5"


def test_an_empty_list_says_so(tmp_path):
    write_rows(tmp_path / "a.xlsx", "空", [], [])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A3"].value == "没有符合条件的条目。"
