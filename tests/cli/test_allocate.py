"""`chainmap allocate` on the bundled data."""

import json

import pytest
from openpyxl import load_workbook

from chainmap.concepts.allocation_records import AllocationQuestion
from chainmap.server.allocating import allocation_of, cities_of
from tests.cli.running import run_command

TWO = (
    "allocate",
    "--cities",
    "绍兴,宁波",
    "--chain",
    "集成电路",
    "--top",
    "8",
    "--max-cities",
    "1",
)


@pytest.fixture
def chainmap(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


def names_of(record, city):
    (found,) = [c for c in record["cities"] if c["city"] == city]
    return [target["company"] for target in found["targets"]]


def test_two_cities_share_nothing_when_one_city_is_the_limit(chainmap, tmp_path):
    code, out, _ = chainmap(*TWO, "--format", "json")
    record = json.loads(out)
    ours, theirs = names_of(record, "绍兴"), names_of(record, "宁波")
    assert code == 0
    assert len(ours) == len(theirs) == 8
    assert not set(ours) & set(theirs)
    yields = [c for one in record["conflicts"] for c in one["claims"] if not c["got"]]
    assert yields and all(c["reason"] and c["substitute"] for c in yields)

    contested = record["conflicts"][0]
    giver = next(c["city"] for c in contested["claims"] if not c["got"])
    locks = tmp_path / "locks.csv"
    other = names_of(record, giver)[0]
    locks.write_text(
        "企业,城市,截止日期\n"
        f"{contested['company']},{giver},2026-12-31\n{other},{giver},2026-01-31\n",
        "utf-8",
    )
    again = ("--locks", str(locks), "--as-of", "2026-11-21")
    code, out, _ = chainmap(*TWO, *again, "--format", "json")
    kept = json.loads(out)
    held = next(c for c in kept["cities"] if c["city"] == giver)
    assert contested["company_id"] in {
        t["company_id"] for t in held["targets"] if t["origin"] == "lock"
    }
    assert [lock["state"] for lock in kept["locks"]] == ["held", "expired"]

    file = tmp_path / "a.xlsx"
    code, _, said = chainmap(*TWO, *again, "--format", "xlsx", "--out", str(file))
    assert code == 0 and "平均重合度下降 100%" in said
    assert load_workbook(file).sheetnames == ["总表", "各市", "冲突", "说明"]


def test_linked_places_may_both_have_a_company(chainmap):
    code, out, _ = chainmap(*TWO, "--link", "绍兴:宁波", "--format", "json")
    record = json.loads(out)
    assert code == 0
    assert set(names_of(record, "绍兴")) & set(names_of(record, "宁波"))
    assert record["conflicts"] == []


@pytest.mark.parametrize(
    ("argv", "wrong"),
    [
        (("--top", "5"), "没有指明城市"),
        (("--cities", "绍兴"), "至少要两个城市"),
        (("--cities", "绍兴,宁波", "--link", "绍兴"), "甲地:乙地"),
        (("--cities", "绍兴,宁波", "--link", "绍兴:上海"), "都要在本次分配之内"),
        (("--cities", "绍兴,宁波", "--link", "绍兴:绍兴市"), "同一个城市"),
        (("--cities", "绍兴,宁波", "--max-cities", "99"), "max-cities"),
        (("--cities", "绍兴,宁波", "--per-segment", "201"), "per-segment"),
        (("--cities", "绍兴," + "长" * 121), "问得太多"),
        (("--province", "东海"), "没有找到省份"),
    ],
)
def test_what_is_wrong_is_said(chainmap, argv, wrong):
    code, _, said = chainmap("allocate", *argv)
    assert code != 0
    assert wrong in said


def test_a_province_may_be_called_in_full():
    called = (cities_of(AllocationQuestion(province=name)) for name in ("广西", "广西壮族自治区"))
    short, full = called
    assert short == full and len(short) > 10


def test_over_the_eleven_cities_overlap_halves_at_hardly_any_loss():
    record = allocation_of(AllocationQuestion(province="浙江", top=100, max_cities=2))
    assert len(record.cities) == 11
    assert record.summary.overlap_fall >= 0.5
    assert record.summary.fit_loss <= 0.05
    assert record.summary.after.most_cities == 2
