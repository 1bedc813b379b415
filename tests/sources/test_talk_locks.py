"""Files of first-talk locks."""

import datetime as dt

import pytest

from chainmap.errors import InputError
from chainmap.sources.talk_locks import read_lock_file


def test_three_columns_are_read_and_the_others_are_not(tmp_path):
    file = tmp_path / "locks.csv"
    file.write_text("企业,城市,截止日期,备注\n甲公司,绍兴,2026年12月31日,略\n", "utf-8-sig")
    (only,) = read_lock_file(file)
    assert only.model_dump() == {
        "company": "甲公司", "city": "绍兴", "until": dt.date(2026, 12, 31),
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_sheet_saved_by_excel_is_read_and_its_empty_rows_are_not(tmp_path, encoding):
    file = tmp_path / "locks.csv"
    text = "企业,城市,截止日期\n甲公司,绍兴,2026/12/31\n,,\n乙公司,宁波,2026-12-31\n,,\n"
    file.write_text(text, encoding)
    assert [one.company for one in read_lock_file(file)] == ["甲公司", "乙公司"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("企业,城市\n甲,绍兴\n", "截止日期"),
        ("企业,城市,截止日期\n甲,绍兴,明年\n", "第 2 行"),
        ("企业,城市,截止日期\n,绍兴,2026-12-31\n", "第 2 行"),
    ],
)
def test_what_is_missing_is_named(tmp_path, text, wrong):
    file = tmp_path / "locks.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=wrong):
        read_lock_file(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="没有文件"):
        read_lock_file(tmp_path / "none.csv")


def test_a_day_that_is_none_is_shown_as_it_was_written(tmp_path):
    file = tmp_path / "locks.csv"
    file.write_text("企业,城市,截止日期\n甲,绍兴,2026-02-30\n", "utf-8")
    with pytest.raises(InputError, match="截止日期“2026-02-30”不是一个日期") as caught:
        read_lock_file(file)
    assert "{" not in str(caught.value)
