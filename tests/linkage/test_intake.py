import csv
import datetime as dt
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from chainmap.linkage.intake import Progress, Request, import_companies
from chainmap.linkage.partitions import run_in_processes
from chainmap.sources.intake import lists
from chainmap.sources.workspace import Workspace
from tests.made_up import TODAY, code, held, run, write_csv
from tests.shared_data import SHARED_DATA, needs_shared

HEADER = [
    "企业名称",
    "统一社会信用代码",
    "法定代表人",
    "注册资本",
    "成立日期",
    "注册地址",
    "联系电话",
]


def row(number, name=None, **cells):
    plain = {
        "企业名称": name or f"绍兴第{number}轴承有限公司", "统一社会信用代码": code(number),
        "法定代表人": "王小二", "注册资本": f"{number}万元", "成立日期": "2001-02-03",
        "注册地址": "绍兴市越城区迪荡街道1号", "联系电话": "13800138000",
    }  # fmt: skip
    return [str((plain | cells)[column]) for column in HEADER]


def tally(entry):
    return entry.rows, entry.accepted, entry.repaired, entry.merged, entry.rejected


def bytes_of(folder):
    return {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_every_row_is_accepted_repaired_merged_or_rejected(tmp_path):
    rows = [
        HEADER, row(1), row(2, 统一社会信用代码=code(2).lower()), row(1),
        row(3, 统一社会信用代码="9.1E+17"), row(4, 企业名称=""),
        ["合计 5 家"] + [""] * 6, HEADER, row(5)[:4],
    ]  # fmt: skip
    report = run(tmp_path / "ws", write_csv(tmp_path / "a.csv", rows))
    assert tally(report.lists[0]) == (8, 1, 2, 1, 4)
    assert report.n_companies == 3


def test_no_personal_data_is_stored_anywhere_not_even_of_broken_rows(tmp_path):
    short = row(7)
    del short[1]
    rows = [HEADER, row(1), row(2, 统一社会信用代码="91330602MA0000000X"), short, [*row(8), "多"]]
    folder = tmp_path / "ws"
    report = run(folder, write_csv(tmp_path / "a.csv", rows))
    assert report.lists[0].personal_dropped == ["法定代表人", "联系电话"]
    assert report.lists[0].rejected == 3
    for file in folder.rglob("*"):
        if file.is_file():
            text = file.read_bytes()
            if file.suffix == ".parquet":
                text = str(pl.read_parquet(file).rows()).encode()
            assert "王小二".encode() not in text and b"13800138000" not in text, file


def test_importing_a_list_again_changes_no_byte(tmp_path):
    folder = tmp_path / "ws"
    first = write_csv(tmp_path / "a.csv", [HEADER, *(row(n) for n in range(50)), row(1)])
    second = write_csv(tmp_path / "b.csv", [HEADER, *(row(n, 注册资本="9万元") for n in range(9))])
    run(folder, first)
    run(folder, second)
    before = bytes_of(folder)
    for file in (first, second, first):
        report = run(folder, file)
        assert (report.added, report.updated) == (0, 0)
    assert bytes_of(folder) == before


def test_a_newer_list_updates_and_the_older_state_is_kept(tmp_path):
    folder = tmp_path / "ws"
    old = write_csv(tmp_path / "名单_2023-01-01.csv", [HEADER, row(1), row(2)])
    new = write_csv(
        tmp_path / "名单_2024-01-01.csv", [HEADER, row(1, 注册资本="800万元", 成立日期="-")]
    )
    run(folder, old)
    report = run(folder, new)
    assert (report.added, report.updated) == (0, 1)
    now = held(folder).filter(pl.col("uscc") == code(1)).row(0, named=True)
    assert now["capital_10k"] == 800 and now["founded"] == dt.date(2001, 2, 3)
    assert held(folder, "history")["capital_10k"].to_list() == [1, 800]


def test_the_order_of_imports_does_not_matter(tmp_path):
    files = [
        write_csv(
            tmp_path / f"名单_202{n}-01-01.csv", [HEADER, row(1, 注册资本=f"{n}万元"), row(n + 5)]
        )
        for n in (1, 2, 3)
    ]
    for name, order in (("a", files), ("b", files[::-1])):
        for file in order:
            run(tmp_path / name, file)
    values = ["uscc", "capital_10k", "as_of", "n_versions"]
    assert held(tmp_path / "a").select(values).equals(held(tmp_path / "b").select(values))


def test_a_company_without_a_code_joins_the_one_of_its_name_and_place(tmp_path):
    folder = tmp_path / "ws"
    loose = row(1, name="绍兴镜湖轴承有限责任公司", 统一社会信用代码="-", 注册资本="-")
    run(folder, write_csv(tmp_path / "a.csv", [HEADER, loose]))
    assert held(folder)["company_id"][0].startswith("n-")
    coded = row(1, name="绍兴镜湖轴承有限公司")
    elsewhere = row(2, name="绍兴镜湖轴承有限公司", 统一社会信用代码="-", 注册地址="杭州市西湖区")
    run(folder, write_csv(tmp_path / "b.csv", [HEADER, coded, elsewhere]))
    found = held(folder)
    assert found.height == 2
    assert found.filter(pl.col("uscc") == code(1))["n_versions"].to_list() == [2]


@pytest.mark.parametrize("sign", ["=", "＝", "\u200b＋"])
def test_rejects_open_in_excel_without_running_anything(tmp_path, sign):
    bad = row(1, name=f"{sign}1+2有限公司", 统一社会信用代码="913306021234567890")
    folder = tmp_path / "ws"
    report = run(folder, write_csv(tmp_path / "a.csv", [HEADER, bad]))
    data = (folder / report.lists[0].rejects).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    cells = next(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert cells["行号"] == "2" and "校验位" in cells["拒收原因"]
    assert cells["企业名称"].startswith(f"'{sign}") and cells["统一社会信用代码"].startswith("'91")


def test_a_trial_run_touches_nothing(tmp_path):
    folder, scratch = tmp_path / "ws", tmp_path / "scratch"
    file = write_csv(tmp_path / "a.csv", [HEADER, row(1)])
    request, quiet = Request([file], TODAY), Progress(lambda name, rows: None)
    report = import_companies(Workspace(folder, scratch), request, quiet)
    assert report.added == 1 and not folder.exists()


def test_partitions_however_small_and_processes_give_the_same_tables(tmp_path, monkeypatch):
    rows = [row(n) for n in range(300)]
    rows[40][5] = '"绍兴市\r\n越城区"'
    file = write_csv(tmp_path / "a.csv", [HEADER, *rows])
    run(tmp_path / "whole", file)
    monkeypatch.setattr(lists, "BLOCK_BYTES", 2000)
    parts = list(lists.partitions(_only_list(file, tmp_path)))
    assert len(parts) > 5
    run(tmp_path / "parts", file)
    request, quiet = Request([file], TODAY), Progress(lambda name, rows: None)
    import_companies(Workspace(tmp_path / "processes"), request, quiet, run_in_processes(2))
    whole = held(tmp_path / "whole")
    assert whole.equals(held(tmp_path / "parts")) and whole.equals(held(tmp_path / "processes"))


def _only_list(file, tmp_path):
    from chainmap.sources.intake.opening import Wanted, open_lists

    return open_lists([file], Wanted(None, None, TODAY, tmp_path))[0][0].of


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_killed_run_leaves_the_last_good_workspace(tmp_path):
    folder = tmp_path / "ws"
    run(folder, write_csv(tmp_path / "a.csv", [HEADER, row(1)]))
    before = (folder / "manifest.json").read_bytes()
    big = write_csv(tmp_path / "b.csv", [HEADER, *(row(n) for n in range(60_000))])
    script = (
        "import sys; from pathlib import Path; from tests.made_up import run;"
        "run(*map(Path, sys.argv[1:]))"
    )
    root = Path(__file__).parents[2]
    started = subprocess.Popen([sys.executable, "-c", script, folder, big], cwd=root)
    deadline = time.monotonic() + 60
    while not list(folder.glob(".staging/*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    started.kill()
    started.wait()
    assert (folder / "manifest.json").read_bytes() == before
    assert held(folder)["uscc"].to_list() == [code(1)]
    run(folder, big)
    assert held(folder).height == 60_000 and not (folder / ".staging").exists()


def test_a_city_that_is_none_is_told_with_or_without_a_province(tmp_path):
    header = ["企业名称", "统一社会信用代码", "所属城市", "主要产品"]
    coded, plain = code(1), "-"
    cities = [(plain, "火星市"), (plain, "绍心市"), (coded, "绍心市"), (plain, "绍興"),
              (plain, "紹興市"), (plain, "浙江省"), (plain, "绍兴县")]  # fmt: skip
    rows = [[f"某{n}有限公司", uscc, city, "光刻胶"] for n, (uscc, city) in enumerate(cities)]
    folder = tmp_path / "ws"
    report = run(folder, write_csv(tmp_path / "a.csv", [header, *rows]))
    assert tally(report.lists[0]) == (7, 4, 3, 0, 0)
    assert ("place", "“…”不在区划表中", 3) in report.repair_rules
    assert held(folder)["city_code"].to_list() == [None, None, *["330600"] * 3, None, "330600"]
    assert held(folder)["province_code"][5] == "330000"


@needs_shared
def test_real_lists_with_their_dirt_are_accounted_for_row_by_row(tmp_path):
    raw = SHARED_DATA / "registrations" / "raw"
    files = [raw / f"浙江_{year}.csv" for year in (1992, 2002)]
    report = run(tmp_path / "ws", *files)
    lines = [file.read_bytes().count(b"\n") - 1 for file in files]
    assert [entry.rows for entry in report.lists] == lines
    assert [entry.rejected for entry in report.lists] == [1, 82]
    assert all("还原" in reason or "无法确定" in reason for _, _, reason in report.rejects)
