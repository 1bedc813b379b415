import datetime as dt
import math
import os
import stat
import threading

import openpyxl
import pytest

from chainmap.cli.output import Format, emit, write_file
from chainmap.errors import InputError


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    out = tmp_path / "a.txt"
    out.write_text("before", "utf-8")

    def fails(file):
        file.write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match=r"无法写入.*磁盘已满"):
        write_file(out, fails)
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]
    assert out.read_text("utf-8") == "before"
    write_file(out, lambda file: file.write_text("after", "utf-8"))
    assert out.read_text("utf-8") == "after"


def test_a_pipe_or_device_takes_the_bytes_and_stays_what_it_is(tmp_path):
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, lambda file: file.write_bytes(b"rows"))
    reader.join(timeout=300)
    assert got == [b"rows"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match=r"无法写入.*这是一个文件夹"):
        write_file(tmp_path, lambda file: file.write_bytes(b"rows"))


def test_a_form_that_does_not_fit_the_name_is_refused(tmp_path):
    for form, name in ((Format.JSON, "a.xlsx"), (Format.CSV, "a.json"), (Format.JSON, "a.PDF")):
        with pytest.raises(InputError, match="不一致"):
            emit(form, tmp_path / name, record=[], rows=[{"甲": 1}], title="表")
    emit(Format.JSON, tmp_path / "a.geojson", record=[], rows=[{"甲": 1}], title="表")
    assert [file.name for file in tmp_path.iterdir()] == ["a.geojson"]


@pytest.mark.parametrize("name", ["a.pdf", "a.DOCX", "a.html"])
def test_a_table_of_text_is_not_called_a_document(tmp_path, name):
    out = tmp_path / name
    with pytest.raises(InputError, match="此处不能写成"):
        emit(Format.TABLE, out, record=[], rows=[{"甲": 1}], title="表")
    assert not out.exists()
    emit(Format.TABLE, tmp_path / "a.txt", record=[], rows=[{"甲": 1}], title="表")


def test_excel_needs_a_file():
    with pytest.raises(InputError, match="Excel 只能写入文件"):
        emit(Format.XLSX, None, record=[], rows=[], title="表", workbook=lambda file: None)


def test_rows_without_a_workbook_of_their_own_are_one_sheet(tmp_path):
    file = tmp_path / "a.xlsx"
    day = dt.date(2026, 11, 21)
    rows = [{"甲": "=1", "乙": 1.5, "丙": None, "丁": True, "戊": math.nan, "己": day}]
    emit(Format.XLSX, file, record=None, rows=rows, title="“表[1]”：a/b?" + "长" * 40)
    (sheet,) = openpyxl.load_workbook(file).worksheets
    assert [cell.value for cell in sheet[2]] == list(rows[0])
    assert [cell.value for cell in sheet[3]] == ["=1", 1.5, "", "True", "nan", "2026-11-21"]
    assert sheet["A3"].data_type == "s"
    emit(Format.XLSX, file, record=None, rows=[], title="空")
    assert openpyxl.load_workbook(file).active["A3"].value == "没有符合条件的条目。"


def test_signed_numbers_are_numbers_in_a_csv_and_formulas_are_not(capsys):
    texts = ["+14.92", "-0.50", "+3%", "+1+1", "-cmd", "=1", "@x", "+", "-", "+1e3", "＝1+1"]
    emit(Format.CSV, None, record=None, rows=[{"值": text} for text in texts], title="")
    shown = capsys.readouterr().out.split("\r\n")[1:-1]
    assert shown[:3] == texts[:3] and shown[3:] == ["'" + text for text in texts[3:]]
