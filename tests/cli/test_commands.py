import csv
import io
import json
import sys

import pytest

from chainmap.cli import main


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command; returns exit code, stdout, stderr."""

    def call(*argv):
        monkeypatch.setattr(sys, "argv", ["chainmap", *argv])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return call


def test_a_file_takes_the_form_its_name_says(run, tmp_path):
    code, _, said = run("gaps", "绍兴", "--chain", "集成电路", "-o", str(tmp_path / "缺口.xlsx"))
    assert code == 0 and "已写入" in said
    assert (tmp_path / "缺口.xlsx").read_bytes().startswith(b"PK")
    run("gaps", "绍兴", "--chain", "集成电路", "-o", str(tmp_path / "缺口.csv"))
    assert (tmp_path / "缺口.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_targets_as_a_table_name_company_gap_and_reasons(run):
    code, out, _ = run("targets", "绍兴", "--chain", "集成电路", "--top", "5")
    assert code == 0
    assert "绍兴市 × 集成电路" in out and "①" in out and "②" in out


def test_targets_as_json_hold_their_basis(run):
    code, out, _ = run("targets", "330600", "--chain", "integrated-circuits", "-f", "json")
    answer = json.loads(out)
    assert code == 0 and len(answer["targets"]) == 20
    assert answer["basis"]["city"] == "绍兴市" and answer["basis"]["may_act"] is False
    first = answer["targets"][0]
    assert first["home_city_code"] != "330600"
    assert sum(first["parts"].values()) == pytest.approx(first["score"], abs=1e-6)
    assert first["citations"][0]["sha256"] and len(first["reasons"]) >= 2


def test_the_same_question_gives_the_same_bytes(run):
    ask = ("targets", "宁波", "--chain", "新材料", "-f", "json")
    assert run(*ask)[1] == run(*ask)[1]


def test_a_csv_file_opens_in_wps(run, tmp_path):
    file = tmp_path / "gaps.csv"
    code, out, err = run("gaps", "Jiaxing", "--top", "7", "-f", "csv", "-o", str(file))
    assert (code, out) == (0, "") and str(file) in err
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 7 and rows[0]["缺口类型"] in ("建链", "补链", "强链", "延链")


def test_one_segment_can_be_asked_for(run):
    code, out, _ = run("targets", "绍兴", "--segment", "ic-ald", "-f", "json", "--top", "50")
    assert code == 0
    answer = json.loads(out)
    assert {t["segment_id"] for t in answer["targets"]} == {"ic-ald"} and not answer["per_segment"]


def test_weights_change_the_order_and_are_on_record(run):
    near = run("targets", "绍兴", "--weight", "affinity=3", "-f", "json")[1]
    assert json.loads(near)["weights"]["affinity"] == 3.0 and json.loads(near)["custom"]
    distances = [t["distance_km"] for t in json.loads(near)["targets"]]
    assert max(distances) < 300


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("targets", "绍新"), 3, "绍兴市"),
        (("targets", "绍兴", "--chain", "集成电器"), 3, "集成电路"),
        (("targets", "绍兴", "--segment", "光刻较"), 3, "光刻"),
        (("gaps", "绍兴", "--as-of", "昨天"), 2, "YYYY-MM-DD"),
        (("targets", "绍兴", "--weight", "size=1"), 2, "segment_fit"),
        (("targets", "绍兴", "-f", "xlsx"), 2, "--out"),
        (("targets", "绍兴", "--scores", "a.csv"), 2, "--universe"),
        (("targets", "绍兴", "--universe", "a.csv", "--weight", "need=2"), 2, "不起作用"),
        (("place", "a.csv", "-o", "b.csv", "--as-of", "2024-12-31"), 2, "不起作用"),
        (("place", "-w", "none", "--name-column", "名称"), 2, "列名是固定的"),
        (("evaluate", "placement", "--companies", "a.csv", "-f", "foo"), 2, "foo"),
        (("evaluate", "placement", "--companies", "a.csv", "--split", "foo"), 2, "foo"),
        (("targets", "绍兴", "-f", "json", "-o", "/no/such/folder/x.json"), 2, "无法写入"),
        (("targets", "绍兴", "-f", "xlsx", "-o", "/no/such/folder/x.xlsx"), 2, "无法写入"),
        (("targets", "绍兴", "--weight", "nearness=nan"), 2, "应写作"),
        (("targets", "绍兴", "--chain", ""), 3, "产业链"),
        (("extract", "no-such-file.txt"), 4, "no-such-file.txt"),
    ],
)
def test_wrong_input_ends_with_its_code_and_says_what_to_do(run, argv, code, said):
    found, out, err = run(*argv)
    assert (found, out) == (code, "")
    assert said in err and "Traceback" not in err


def test_chains_are_listed_and_shown(run):
    listed = json.loads(run("chains", "-f", "json")[1])
    assert len(listed) == 6 and sum(c["n_segments"] for c in listed) >= 280
    shown = json.loads(run("chains", "量子信息", "-f", "json")[1])
    assert shown["id"] == "quantum" and len(shown["segments"]) >= 25


def test_review_is_clean_and_doctor_finds_nothing_wrong(run, monkeypatch, tmp_path):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    assert run("review")[0] == 0
    code, _, err = run("doctor")
    assert code == 0 and "异常" not in err


def test_a_segment_that_is_no_gap_says_why_the_list_is_empty(run):
    code, out, err = run("targets", "苏州", "--segment", "光刻设备")
    assert code == 0 and "没有符合条件的条目" in out
    assert "不是苏州市的缺口" in err


def test_a_city_without_data_says_so(run):
    code, out, _ = run("gaps", "三沙", "-f", "json")
    assert code == 0 and json.loads(out)["basis"]["enough_data"] is False
    assert "不足以判断" in run("gaps", "三沙")[2]


def test_a_terminal_that_cannot_show_chinese_gets_escapes(tmp_path):
    import os
    import subprocess

    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "chainmap", "chains"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0 and "\\u" in done.stdout


def test_a_wrong_setting_is_named(run, monkeypatch):
    monkeypatch.setenv("CHAINMAP_PORT", "abc")
    code, _, err = run("doctor")
    assert code == 8 and "CHAINMAP_PORT" in err


def test_help_keeps_its_whole_text_in_a_narrow_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, said, _ = run("targets", "--help")
    assert "…" not in said and "外地企业全部" in said
    _, said, _ = run("--help")
    assert "从不自动" in said and "自动…" not in said


def test_an_error_says_what_is_so_in_chinese(run, tmp_path):
    _, _, said = run("gaps", "绍兴", "--as-of", "2026-02-30")
    assert said.strip() == "错误：没有“2026-02-30”这一天。请核对月份和日子。"
    _, _, said = run("chains", "-o", str(tmp_path / "nowhere" / "a.csv"))
    assert "没有这个文件或文件夹" in said and "No such" not in said
    _, _, said = run("extract", str(tmp_path))
    assert "是文件夹" in said


def test_what_is_extracted_takes_the_form_its_file_name_says(run, tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text("江州市规划\n到2025年,产值达到100亿元。重点发展光刻胶、靶材。", "utf-8")
    code, _, said = run("extract", str(plan), "-o", str(tmp_path / "a.xlsx"))
    assert code == 0 and "只列术语" not in said
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    _, _, said = run("extract", str(plan), "-o", str(tmp_path / "a.csv"))
    assert "目标 1 项" in said
    assert "ic-target" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert json.loads(run("extract", str(plan))[1])["goals"][0]["value"] == 100


@pytest.mark.parametrize("content", [b"", "甲,乙\n1,2\n".encode("gbk"), b"a: ["])
def test_labels_that_are_no_table_end_in_an_error_in_chinese(run, tmp_path, content):
    labels = tmp_path / "labels.csv"
    labels.write_bytes(content)
    for argv in (
        ("evaluate", "placement", "--companies", str(labels), "--golden", str(labels)),
        ("evaluate", "resolution", "--golden", str(labels), "-w", str(tmp_path)),
        ("evaluate", "coverage", "--data", str(labels)),
    ):
        code, _, said = run(*argv)
        assert code in (0, 2) and "Traceback" not in said
