import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from chainmap.sources.intake import lists, merged_columns
from chainmap.sources.intake.layout import find_layout
from chainmap.sources.intake.merged_columns import merged_in, with_merged
from chainmap.sources.intake.workbooks import first_sheet
from chainmap.sources.merged_cells import Merged, merged_rows
from chainmap.sources.scope_table import open_scope_lists, read_scope_rows
from chainmap.sources.workspace import Workspace
from tests.made_up import code, held, run
from tests.project_lists import run as run_projects

HEADER = ["所属城市", "企业名称", "统一社会信用代码", "主要产品", "注册资本（万元）"]


def book(path, rows, *merged, at=(1, 1)):
    """A workbook of rows that begin at a row and column, cells merged as in `merged`."""
    made = openpyxl.Workbook()
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            made.active.cell(at[0] + down, at[1] + right, value)
    for cells in merged:
        made.active.merge_cells(cells)
    made.save(path)
    return path


def firm(number, city=None, product="光刻胶", capital=5):
    return [city, f"浙江第{number}材料有限公司", code(number), product, capital]


def tally(entry):
    return entry.rows, entry.accepted, entry.repaired, entry.merged, entry.rejected


def repairs(folder, report):
    """What was done to whole rows."""
    frame = pl.concat(pl.read_parquet(folder / name) for name in report.lists[0].repairs)
    return frame.filter(field="整行").sort("row").select("row", "rule").rows()


def test_every_row_of_merged_cells_has_their_text_and_says_so(tmp_path):
    rows = [HEADER, firm(1, "绍兴市"), firm(2), firm(3), firm(4, "温州市"), firm(5)]
    report = run(tmp_path / "ws", book(tmp_path / "a.xlsx", rows, "A2:A4", "A5:A6"))
    assert tally(report.lists[0]) == (5, 2, 3, 0, 0)
    assert held(tmp_path / "ws")["city_code"].to_list() == ["330600"] * 3 + ["330300"] * 2
    says = "所属城市取自合并单元格“{}”"
    assert repairs(tmp_path / "ws", report) == [
        (3, says.format("A2:A4")), (4, says.format("A2:A4")), (6, says.format("A5:A6"))
    ]  # fmt: skip
    assert ("整行", "所属城市取自合并单元格“…”", 3) in report.repair_rules


def test_partitions_see_merged_cells_that_begin_before_them(tmp_path, monkeypatch):
    rows = [HEADER, firm(1, "温州市"), *(firm(n) for n in range(2, 9))]
    monkeypatch.setattr(lists, "BLOCK_ROWS", 3)
    run(tmp_path / "ws", book(tmp_path / "a.xlsx", rows, "A2:A9"))
    assert held(tmp_path / "ws")["city_code"].to_list() == ["330300"] * 8


def test_an_empty_column_and_a_title_above_move_nothing(tmp_path):
    rows = [["企业名单"], HEADER, firm(1, "温州市"), firm(2), firm(3, "宁波市")]
    file = book(tmp_path / "a.xlsx", rows, "C3:G3", "C5:C6", at=(3, 3))
    run(tmp_path / "ws", file)
    assert held(tmp_path / "ws")["city_code"].to_list() == ["330300", "330300", "330200"]


def test_names_codes_and_amounts_are_of_the_first_row(tmp_path):
    nameless = [None, None, None, "光掩模", 7]
    codeless = ["绍兴市", "浙江第二材料有限公司", None, "特气", None]
    rows = [HEADER, firm(1, "绍兴市"), nameless, codeless]
    file = book(tmp_path / "a.xlsx", rows, "A2:A3", "B2:B3", "C2:C4", "E3:E4")
    report = run(tmp_path / "ws", file)
    assert tally(report.lists[0]) == (3, 1, 1, 0, 1)
    assert "企业名称在合并单元格“B2:B3”中，只算作其首行的" in report.rejects[0][2]
    assert repairs(tmp_path / "ws", report)[0][1] == (
        "统一社会信用代码在合并单元格“C2:C4”中，只算作其首行的；"
        "注册资本（万元）在合并单元格“E3:E4”中，只算作其首行的"
    )
    assert held(tmp_path / "ws")["capital_10k"].to_list() == [5, None]


def test_notes_titles_and_headings_are_given_to_no_row(tmp_path):
    rows = [
        HEADER, [None] * 5, firm(1), firm(2), ["二、其他", None, None, None, None],
        [None] * 5, firm(3), ["注：以上数据来自局内", None, None, None, None], [None] * 5,
    ]  # fmt: skip
    merged = ("A1:A3", "B1:B2", "A5:E6", "A8:E9")
    report = run(tmp_path / "ws", book(tmp_path / "a.xlsx", rows, *merged))
    assert tally(report.lists[0]) == (5, 3, 0, 0, 2)
    assert repairs(tmp_path / "ws", report) == []


@pytest.mark.parametrize("hidden", ["温州市", None])
def test_what_a_covered_cell_says_itself_stays(hidden):
    sheet = pl.DataFrame({"0": ["城市", "绍兴市", hidden], "1": ["企业名称", "甲厂", "乙厂"]})
    records = sheet.rename({"0": "c0", "1": "c1"})[1:].with_columns(
        row=pl.Series([2, 3]), notes=pl.lit(None, pl.String)
    )
    filled = with_merged(
        records, sheet, find_layout(sheet.rows(), "表", None), [Merged(1, 2, 0, 0)]
    )
    assert filled["c0"].to_list() == ["绍兴市", hidden or "绍兴市"]
    assert filled["notes"].is_not_null().to_list() == [False, hidden is None]


def test_absurd_ranges_cost_no_more_than_the_sheet(tmp_path):
    rows = [HEADER, firm(1, "绍兴市"), *(firm(n) for n in range(2, 20))]
    plain, file = book(tmp_path / "a.xlsx", rows, "A2:A3"), tmp_path / "b.xlsx"
    over = [f"A{n}:A{1_000_000 + n}" for n in range(2, 5000)]
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ("A1:XFD1048576", *over))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            text = old.read(member).decode()
            new.writestr(member, text.replace('<mergeCell ref="A2:A3"/>', cells))
    report = run(tmp_path / "ws", file)
    assert tally(report.lists[0]) == (19, 1, 18, 0, 0)


def test_an_old_workbook_is_read_alike(tmp_path):
    run(tmp_path / "ws", Path(__file__).parent / "merged_list.xls")
    found = held(tmp_path / "ws").filter(name="温州乙医疗器械有限公司")
    assert found["city_code"].to_list() == ["330600"]  # what the sheet says, not the code


def test_projects_have_the_text_of_merged_cells_and_amounts_once(tmp_path):
    header = ["项目名称", "落地城市", "产业环节", "投资方", "总投资（万元）"]
    rows = [
        header, ["甲项目", "绍兴市", "光刻胶", "甲公司", 50000],
        ["乙项目", None, "电子特种气体", "乙公司", None], ["丙项目", None, "光掩模", "丙公司", 200],
    ]  # fmt: skip
    report = run_projects(tmp_path / "ws", book(tmp_path / "a.xlsx", rows, "B2:B4", "E2:E3"))
    assert tally(report.lists[0]) == (3, 1, 2, 0, 0)
    found = Workspace(tmp_path / "ws").scan("projects").collect().sort("name")
    assert found["city_code"].to_list() == ["330600"] * 3
    assert sorted(found["investment_10k"].drop_nulls()) == [200, 50000]


def test_placement_reads_the_text_of_merged_cells(tmp_path):
    rows = [HEADER, firm(1, "绍兴市"), firm(2, product=None)]
    listed = open_scope_lists([book(tmp_path / "a.xlsx", rows, "D2:D3")], tmp_path)
    assert next(read_scope_rows(listed.lists)).companies["products"].to_list() == ["光刻胶"] * 2


def test_a_plain_table_counts_merged_cells_for_all_their_rows(tmp_path):
    rows = [["企业", "城市", None, "空"], ["甲厂", "绍兴", 3], [None] * 3, [None, "温州"], ["乙厂"]]
    plain = first_sheet(book(tmp_path / "a.xlsx", rows, at=(3, 2)))
    filled = first_sheet(book(tmp_path / "b.xlsx", rows, "B4:B6", "C6:C7", at=(3, 2)))
    assert plain.columns == filled.columns
    assert filled.select("企业", "城市").rows() == [
        ("甲厂", "绍兴"), ("甲厂", "温州"), ("乙厂", "温州")
    ]  # fmt: skip


def test_a_book_is_looked_through_once_for_all_sheets_and_again_when_written_anew(
    tmp_path, monkeypatch
):
    file, looked = tmp_path / "a.xlsx", []
    monkeypatch.setattr(
        merged_columns, "merged_rows", lambda path: looked.append(path) or merged_rows(path)
    )
    book(file, [HEADER, firm(1, "绍兴市"), firm(2)], "A2:A3")
    assert [merged_in(file, sheet) for sheet in ("Sheet", "别的")] == [[Merged(1, 2, 0, 0)], ()]
    assert len(looked) == 1 and first_sheet(file)["所属城市"].to_list() == ["绍兴市"] * 2
    book(file, [HEADER, firm(1, "温州市"), firm(2), firm(3)], "A2:A4")
    assert first_sheet(file)["所属城市"].to_list() == ["温州市"] * 3 and len(looked) == 2
