import openpyxl
import pytest

from chainmap.errors import InputError
from chainmap.reports.catalogue_workbook import write_catalogue
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.foreign_catalogue import read_foreign_catalogue
from tests.catalogue.making import catalogue


def book(tmp_path, rows, title="目录"):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    file = tmp_path / "别处.xlsx"
    made.save(file)
    return file


def test_the_header_is_found_under_titles_and_chains_are_filled_down(tmp_path):
    rows = [["某市重点招商目录"], [], ["序号", "产业链", "重点环节", "招商 重点", "备注"],
            [1, "集成电路", "光刻胶", "KrF、ArF", ""],
            [2, None, "硅片", "12英寸", "急"], ["合计", None, "2项", None, None]]  # fmt: skip
    found = read_foreign_catalogue(book(tmp_path, rows))
    assert [(r.number, r.cells["chain"], r.cells["name"]) for r in found.rows] == [
        (4, "集成电路", "光刻胶"), (5, "集成电路", "硅片"), (6, "集成电路", "2项"),
    ]  # fmt: skip
    assert found.rows[1].cells["direction"] == "12英寸" and found.rows[1].cells["note"] == "急"
    assert [row.total for row in found.rows] == [False, False, True]


def test_a_workbook_without_a_catalogue_is_refused(tmp_path):
    with pytest.raises(InputError, match="没有认出招商目录"):
        read_foreign_catalogue(book(tmp_path, [["甲", "乙"], ["1", "2"]]))


def test_our_own_export_is_read_once_and_not_again_from_its_annexes(tmp_path):
    file, made = tmp_path / "甲市.xlsx", catalogue()
    write_catalogue(made, load_fair_competition(), file)
    found = read_foreign_catalogue(file)
    assert [(row.sheet, row.cells["name"]) for row in found.rows] == [
        ("招商目录", item.name) for item in made.items
    ]
    assert any("测算理由" in told for told in found.passed_over)
