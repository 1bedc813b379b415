import csv
import io
import json

import openpyxl
import pytest

from chainmap.sources.register import load_goals
from tests.cli.running import run_command
from tests.shared_data import SHARED_POLICIES, needs_shared

PLAN = """绍兴市低空经济发展行动计划(2026—2028年)
一、发展目标
到2028年,全市低空经济产值达到200亿元以上,培育链主企业5家。
二、重点领域
专栏1 重点方向
整机:重点发展工业级无人机、通用飞机,鼓励发展高精密减速器。
"""


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    return str(file)


def test_the_timeline_shows_rounds_and_says_what_is_over(run):
    code, out, err = run("policy", "timeline", "--as-of", "2026-11-21")
    assert code == 0 and "机器人" in out and "退出" in out
    assert "已到期" in err and "不等于取消" in err


def test_the_timeline_of_one_field_as_json(run):
    code, out, _ = run("policy", "timeline", "--domain", "AI", "--format", "json")
    answer = json.loads(out)
    assert code == 0 and [field["name"] for field in answer["fields"]] == ["人工智能"]
    assert answer["rounds"][0]["plans"][0]["dated"]


def test_an_unknown_field_is_exit_3(run):
    code, _, err = run("policy", "timeline", "--domain", "炼丹术")
    assert code == 3 and "领域" in err


def test_goals_of_a_city_as_csv_hold_its_own_first(run):
    code, out, _ = run("policy", "goals", "--city", "绍兴", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and rows[0]["地区"].startswith("本市")
    assert rows[-1]["地区"].startswith(("全省", "省内")) and rows[0]["原文位置"]
    # a goal of a province's plan for some of its counties is not one for all of it
    upland = [row["地区"] for row in rows if row["指标"].startswith("山区26县")]
    assert upland and set(upland) == {"省内部分地区"}
    assert not any("杭州" in row["指标"] for row in rows)


def test_a_users_file_adds_its_goals(run, plan):
    before = len(load_goals())
    code, out, _ = run("policy", "goals", "--file", plan, "--format", "json")
    goals = json.loads(out)["goals"]
    assert code == 0 and len(goals) == before + 2
    assert [(g["value"], g["unit"], g["in_force"]) for g in goals[-2:]] == [
        (200.0, "亿元", True), (5.0, "家", True),
    ]  # fmt: skip


def test_goals_as_a_workbook(run, tmp_path):
    out = tmp_path / "goals.xlsx"
    code, _, _ = run("policy", "goals", "--format", "xlsx", "--out", str(out))
    sheet = openpyxl.load_workbook(out).active
    assert code == 0 and "规划目标台账" in sheet["A1"].value
    assert sheet.max_row == 4 + len(load_goals())


def test_trace_without_documents_gives_places_only(run):
    code, out, _ = run("policy", "trace", "谐波减速器", "--format", "json")
    answer = json.loads(out)
    assert code == 0 and answer["segment_id"] == "rb-harmonic-reducer"
    assert {p["text"] for p in answer["passages"]} == {"absent"}
    assert all(p["sentence"] is None for p in answer["passages"])


def test_trace_reads_a_document_the_taxonomy_does_not_hold(run, plan):
    code, out, _ = run("policy", "trace", "工业级无人机", "--documents", plan, "-f", "json")
    found = [p for p in json.loads(out)["passages"] if p["kind"] == "extracted"]
    assert code == 0 and [p["surface"] for p in found] == ["工业级无人机"]
    assert "【工业级无人机】" in found[0]["sentence"]


def test_trace_reports_a_changed_file(run, tmp_path):
    from chainmap.chains.library import load_library

    name = load_library().documents["sx2018"].file
    (tmp_path / name).write_text(PLAN, encoding="utf-8")
    code, _, err = run("policy", "trace", "紫外光刻胶", "--documents", str(tmp_path))
    assert code == 0 and f"{name} 的内容与收录时不一致" in err


def test_trace_of_a_missing_folder_is_a_document_error(run):
    code, _, err = run("policy", "trace", "紫外光刻胶", "--documents", "nowhere")
    assert code == 4 and "没有找到" in err


def test_register_writes_two_files_of_facts(run, plan, tmp_path):
    code, _, err = run("policy", "register", plan, "--out", str(tmp_path))
    goals = list(csv.DictReader(io.StringIO((tmp_path / "goals.csv").read_text("utf-8"))))
    assert code == 0 and "2 项目标" in err
    assert [(row["value"], row["unit"]) for row in goals] == [("200", "亿元"), ("5", "家")]
    assert (tmp_path / "positions.csv").read_text("utf-8").startswith("document,box,start,end")


def test_a_wrong_day_is_refused(run):
    code, _, err = run("policy", "goals", "--as-of", "去年")
    assert code == 2 and "YYYY-MM-DD" in err


@needs_shared
def test_sentences_stand_where_the_real_documents_are_at_hand(run):
    code, out, _ = run(
        "policy", "trace", "谐波减速器", "--documents", str(SHARED_POLICIES), "-f", "json"
    )
    passages = json.loads(out)["passages"]
    assert code == 0 and {p["text"] for p in passages} == {"at_hand"}
    assert all(p["surface"] and "【" in p["sentence"] for p in passages)


@needs_shared
def test_the_bundled_register_is_what_the_builder_makes(run, tmp_path):
    files = sorted(str(file) for file in SHARED_POLICIES.glob("*.txt"))
    code, _, _ = run("policy", "register", *files, "--out", str(tmp_path))
    from chainmap import resources

    assert code == 0
    for name in ("goals.csv", "positions.csv"):
        same = (tmp_path / name).read_bytes() == resources.read_bytes("data", "policies", name)
        assert same, f"{name}: make it again with `chainmap policy register FILE… -o data/policies`"
