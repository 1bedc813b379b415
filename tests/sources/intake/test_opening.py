import datetime as dt
import zipfile

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.intake.opening import Wanted, open_lists
from tests.made_up import TODAY, code, write_csv

ROWS = [["企业名称", "统一社会信用代码", "注册地址"], ["绍兴甲厂", code(1), "绍兴市"]]


@pytest.fixture
def wanted(tmp_path):
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return Wanted(None, None, TODAY, folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_every_encoding(tmp_path, wanted, encoding):
    found, _ = open_lists([write_csv(tmp_path / "a.csv", ROWS, encoding)], wanted)
    assert found[0].of.layout.fields == ("name", "uscc", "address")


def test_a_note_in_an_archive_does_not_keep_the_lists_beside_it_out(tmp_path, wanted):
    write_csv(tmp_path / "名单.csv", ROWS)
    notes = {"说明.txt": "本名单由某平台导出，仅供内部使用。\n"}
    for name, lists in (("有.zip", ["名单.csv"]), ("无.zip", [])):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for note, text in notes.items():
                archive.writestr(note, text)
            for one in lists:
                archive.write(tmp_path / one, one)
    found, passed_over = open_lists([tmp_path / "有.zip"], wanted)
    assert len(found) == 1 and passed_over == ["有.zip/说明.txt：没有认出列名，未读。"]
    with pytest.raises(UnknownLayoutError):
        open_lists([tmp_path / "无.zip"], wanted)


def test_workbooks_parquet_and_archives(tmp_path, wanted):
    frame = pl.DataFrame(ROWS[1:], schema=ROWS[0], orient="row")
    frame.write_excel(tmp_path / "b.xlsx")
    frame.write_parquet(tmp_path / "c.parquet")
    write_csv(tmp_path / "名单_2024-05-01.csv", ROWS, "gb18030")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        for name in ("b.xlsx", "c.parquet", "名单_2024-05-01.csv"):
            archive.write(tmp_path / name, name)
        archive.writestr("readme.md", "x")
    found, passed_over = open_lists([tmp_path / "d.zip"], wanted)
    assert [one.of.form for one in found] == ["sheet", "parquet", "delimited"]
    assert found[2].of.as_of == dt.date(2024, 5, 1) and found[2].as_of_from == "文件名"
    assert len(passed_over) == 1 and "readme.md" in passed_over[0]


def test_the_day_of_a_list_is_told_titled_named_or_today(tmp_path, wanted):
    titled = write_csv(tmp_path / "a.csv", [["导出时间：2023年4月5日", "", ""], *ROWS])
    plain = write_csv(tmp_path / "b.csv", ROWS)
    days = [one.of.as_of for one in open_lists([titled, plain], wanted)[0]]
    assert days == [dt.date(2023, 4, 5), TODAY]
    told = wanted._replace(as_of=dt.date(2020, 1, 1))
    assert open_lists([titled], told)[0][0].of.as_of == dt.date(2020, 1, 1)


def test_bombs_and_absurd_sizes_are_refused(tmp_path, wanted):
    for name in ("bomb.zip", "bomb.xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", bytes(80 << 20))
        with pytest.raises(InputError, match="大得不合理"):
            open_lists([tmp_path / name], wanted)
    wide = write_csv(tmp_path / "wide.csv", [["企业名称", *map(str, range(2000))]])
    with pytest.raises(InputError, match="列"):
        open_lists([wide], wanted)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("b.xlsx", b"PK\x03\x04 broken"), ("c.csv", b"\0\1\2" * 50),
     ("d.zip", b"PK no archive"), ("e.parquet", b"PAR1 broken")],
)  # fmt: skip
def test_files_that_are_no_lists_end_in_words(tmp_path, wanted, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError):
        open_lists([tmp_path / name], wanted)
    with pytest.raises(InputError, match="没有文件"):
        open_lists([tmp_path / "none.csv"], wanted)
