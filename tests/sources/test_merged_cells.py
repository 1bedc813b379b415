import openpyxl
import pytest

from chainmap.sources.merged_cells import Merged, merged_rows


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
        "甲 & 乙": [Merged(3, 5, 1)],
        "二": [],
        "三": [Merged(1, 2, 27)],
    }


def test_what_is_no_archive_has_none(tmp_path):
    file = tmp_path / "a.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    assert merged_rows(file) == {}
