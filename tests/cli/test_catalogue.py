import json

import openpyxl
import pytest

from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    return run_command(monkeypatch, capsys)


def test_from_draft_to_approved_version(run, tmp_path):
    file = tmp_path / "绍兴.xlsx"
    assert run("catalogue", "export", "绍兴", "-o", str(file))[0] == 0
    book = openpyxl.load_workbook(file)
    book["招商目录"]["M4"].value = "重点跟进"
    book["招商目录"]["K5"].value = "按规定执行"
    book.save(file)
    code, _, said = run("catalogue", "edit", "绍兴", str(file))
    assert code == 0 and "改动 2" in said and "须公平竞争审查" in said
    _, listed, _ = run("catalogue", "list", "绍兴", "-f", "json")
    draft = json.loads(listed)[-1]
    assert draft["状态"] == "草案" and draft["在用"] == ""
    approve = ("catalogue", "approve", "绍兴", draft["版本"], "--by", "产业处", "--date")
    code, _, said = run(*approve, "2999-01-01")
    assert code == 2 and "还没有到" in said
    approved = run(*approve, "2024-12-02")
    assert approved[0] == 0 and "330600-2026-v1" in approved[2]
    _, shown, _ = run("catalogue", "show", "绍兴", "-f", "json")
    assert json.loads(shown)["status"] == "approved"
    _, compared, _ = run("catalogue", "diff", draft["上一版本"], "330600-2026-v1", "-f", "json")
    assert {c["field"] for c in json.loads(compared)["changes"]} == {"备注", "激励内容"}


def test_what_is_written_stands_in_the_audit_log(run, tmp_path):
    file = tmp_path / "a.yml"
    run("catalogue", "export", "宁波", "-o", str(file))
    file.write_text(file.read_text("utf-8").replace('note: ""', "note: 重点", 1), "utf-8")
    run("catalogue", "edit", "宁波", str(file))
    draft = json.loads(run("catalogue", "list", "宁波", "-f", "json")[1])[-1]["版本"]
    by = ("--by", "产业处", "--date", "2024-12-02")
    assert run("catalogue", "approve", "宁波", draft, *by)[0] == 0
    assert run("catalogue", "approve", "宁波", draft, *by)[0] != 0  # the same content again
    shown = json.loads(run("audit", "list", "-f", "json")[1])
    assert [(one["action"], one["object"]) for one in shown] == [
        ("catalogue.edit", draft), ("catalogue.approve", "330200-2026-v1"),
    ]  # fmt: skip
    assert run("audit", "verify")[0] == 0


def test_an_unedited_file_makes_no_version(run, tmp_path):
    for name in ("a.xlsx", "a.yml"):
        run("catalogue", "export", "宁波", "-o", str(tmp_path / name))
        code, _, said = run("catalogue", "edit", "宁波", str(tmp_path / name))
        assert code == 0 and "没有改动" in said
    assert not (tmp_path / "ws").exists()


def test_an_edited_yaml_becomes_a_draft(run, tmp_path):
    file = tmp_path / "a.yml"
    run("catalogue", "export", "宁波", "-o", str(file))
    file.write_text(file.read_text("utf-8").replace('note: ""', "note: 重点", 1), "utf-8")
    code, _, said = run("catalogue", "edit", "宁波", str(file))
    assert code == 0 and "改动 1" in said


def test_a_file_of_another_city_is_refused(run, tmp_path):
    run("catalogue", "export", "宁波", "-o", str(tmp_path / "a.xlsx"))
    code, _, said = run("catalogue", "edit", "绍兴", str(tmp_path / "a.xlsx"))
    assert code == 2 and "不是绍兴市的" in said


@pytest.mark.parametrize("name", ["a.docx", "a.json", "a.yml", "a.xlsx"])
def test_every_export_is_the_same_twice(run, tmp_path, name):
    first, second = tmp_path / name, tmp_path / f"b{name}"
    for file in (first, second):
        assert run("catalogue", "export", "湖州", "-o", str(file))[0] == 0
    assert first.read_bytes() == second.read_bytes()
    code, _, said = run("catalogue", "export", "湖州", "-o", str(tmp_path / "a.pdf"))
    assert code == 2 and ".xlsx" in said


def test_an_import_accounts_for_every_row_and_waits_for_decisions(run, tmp_path):
    book = openpyxl.Workbook()
    for row in (["产业链", "环节", "引进方向"], ["集成电路", "光刻胶", "引进光刻胶项目"],
                ["集成电路", "高端光刻胶", "ArF以上"], ["", "海水养殖", "网箱"]):  # fmt: skip
        book.active.append(row)
    file, confirm = tmp_path / "旧目录.xlsx", tmp_path / "旧目录-导入确认.xlsx"
    book.save(file)
    code, _, said = run("catalogue", "import", str(file), "绍兴")
    assert code == 0 and "读入 3 行 = 已匹配 1 + 待确认 1 + 未匹配 1 + 拒收 0" in said
    assert "1 个条目" in said and confirm.is_file()
    made = openpyxl.load_workbook(confirm)
    sheet = made["导入确认"]
    assert sheet["K4"].value == "采纳" and sheet["K5"].value is None
    assert len(sheet.data_validations.dataValidation) >= 4
    sheet["K5"].value, sheet["K6"].value = "采纳", "不收"
    made.save(confirm)
    code, _, said = run("catalogue", "import", str(file), "绍兴", "--confirmed", str(confirm))
    assert code == 0 and "仍待决定 0 行" in said and "2 个条目" in said


def test_a_draft_can_be_built_into_a_file(run, tmp_path):
    file = tmp_path / "a.yml"
    code, _, said = run("catalogue", "build", "舟山", "--per-chain", "2", "-o", str(file))
    assert code == 0 and "草案" in said and file.is_file()
