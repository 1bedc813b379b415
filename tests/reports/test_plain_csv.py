import csv
import io

from chainmap.reports.plain_csv import csv_text


def test_text_is_inert_and_numbers_stay_numbers():
    rows = [{"企业": "=1+1", "得分": "-0.30", "说明": "＋甲,乙", "家数": -3, "比例": "+12.5%"}]
    text = csv_text(rows)
    assert text.startswith("企业,得分,说明,家数,比例\r\n") and text.endswith("\r\n")
    (read,) = csv.DictReader(io.StringIO(text))
    assert list(read.values()) == ["'=1+1", "-0.30", "'＋甲,乙", "-3", "+12.5%"]


def test_no_rows_make_no_table():
    assert csv_text([]) == ""


def test_pages_and_commands_write_the_same(monkeypatch):
    from chainmap.server.pages import files

    monkeypatch.setattr(files, "target_rows", lambda _: [{"企业": "@甲"}])
    assert files.targets_csv(None).decode("utf-8-sig") == csv_text([{"企业": "@甲"}])
