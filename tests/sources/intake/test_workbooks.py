import os
import random
from pathlib import Path

import pytest

from chainmap.errors import InputError
from chainmap.sources.intake.workbooks import read_sheet, visible_sheets

OLD = Path(__file__).parent / "made_up_list.xls"


def damaged(tmp_path):
    """Return a workbook whose sector table points past its end: the reader's Rust panics on it."""
    dice, data = random.Random(53), bytearray(OLD.read_bytes())
    for _ in range(30):
        data[dice.randrange(512, len(data))] = dice.randrange(256)
    file = tmp_path / "坏.xls"
    file.write_bytes(data)
    return file


def test_a_damaged_old_workbook_is_refused_in_chinese_and_without_a_trace(tmp_path, capfd):
    with pytest.raises(InputError, match=r"坏\.xls 不是可以读的 Excel 文件"):
        visible_sheets(damaged(tmp_path), "坏.xls")
    assert capfd.readouterr().err == ""


def test_what_others_write_to_stderr_is_not_lost(tmp_path, capfd, monkeypatch):
    import fastexcel

    reader = fastexcel.read_excel

    def talkative(path):
        os.write(2, "别人说的话\n".encode())
        return reader(path)

    monkeypatch.setattr(fastexcel, "read_excel", talkative)
    sheet, shown = visible_sheets(OLD, OLD.name)[0]
    assert shown and read_sheet(OLD, sheet).height
    assert "别人说的话" in capfd.readouterr().err
