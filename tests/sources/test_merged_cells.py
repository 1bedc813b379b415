import zipfile
from pathlib import Path

import openpyxl
import pytest

from chainmap.errors import InputError
from chainmap.sources import merged_cells
from chainmap.sources.merged_cells import Merged, merged_rows

OLD = Path(__file__).parent / "intake" / "merged_list.xls"


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "甲 & 乙"
    made.active.merge_cells("A1:C1")  # in one row: nothing to give to others
    made.active.merge_cells("B4:D6")
    second = made.create_sheet("二")
    second["A1"] = "空"
    third = made.create_sheet("三")
    third.merge_cells("AB2:AB3")
    file = tmp_path / "a.xlsx"
    made.save(file)
    return file


def test_cells_merged_over_rows_are_told_by_sheet(book):
    assert merged_rows(book) == {
        "甲 & 乙": [Merged(3, 5, 1, 3)],
        "二": [],
        "三": [Merged(1, 2, 27, 27)],
    }


def test_what_is_no_archive_has_none(tmp_path):
    file = tmp_path / "a.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    assert merged_rows(file) == {}


def test_an_old_workbook_tells_them_too(tmp_path):
    assert merged_rows(OLD) == {"说明": [], "企业名单": [Merged(2, 3, 2, 2)], "隐藏": []}
    data = OLD.read_bytes()
    for cut in range(
        0, len(data), 97
    ):  # a file cut short anywhere ends in no answer, not in a fault
        file = tmp_path / "a.xls"
        file.write_bytes(data[:cut])
        assert merged_rows(file) in ({}, merged_rows(OLD))


def test_an_address_is_written_as_a_spreadsheet_does():
    assert [Merged(0, 3, c, 701).address for c in (0, 26, 701)] == ["A1:ZZ4", "AA1:ZZ4", "ZZ1:ZZ4"]


@pytest.mark.parametrize("piece", [1, 7, 64])
def test_elements_across_two_pieces_count_once(book, monkeypatch, piece):
    whole = merged_rows(book)
    monkeypatch.setattr(merged_cells, "_PIECE", piece)
    assert merged_rows(book) == whole


def test_more_than_any_list_has_is_refused(book, monkeypatch):
    monkeypatch.setattr(merged_cells, "MOST_MERGED", 1)
    with pytest.raises(InputError, match=r"甲 & 乙］的合并单元格多于 1 处.*取消合并"):
        merged_rows(book)


def test_a_book_without_sheets_to_be_found_has_none(tmp_path):
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert merged_rows(file) == {}
