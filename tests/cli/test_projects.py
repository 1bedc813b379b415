import json

import openpyxl
import pytest

from tests.cli.running import run_command
from tests.project_lists import row, write_list


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


@pytest.fixture
def workspace(run, tmp_path):
    file = write_list(
        tmp_path / "清单2026-03-31.csv",
        [row("甲项目", 主要产品="人形机器人"), row("乙项目", 意向城市="宁波"), row("")],
    )
    folder = tmp_path / "ws"
    assert run("import", "projects", str(file), "-w", str(folder))[0] == 0
    return folder


def test_an_import_says_what_became_of_every_row(run, tmp_path):
    rows = [row("甲项目"), row("甲项目"), row("乙项目", 项目阶段="说不清"), row("")]
    file, rejects = write_list(tmp_path / "a.csv", rows), tmp_path / "拒收.csv"
    asked = ("import", "projects", str(file), "-w", str(tmp_path / "ws"))
    code, out, _ = run(*asked, "--rejects", str(rejects))
    assert code == 0
    assert "读入 4 行 = 采用 1 + 修复后采用 1 + 合并 1 + 拒收 1" in out
    assert "第 5 行：缺少项目名称" in out and "共 2 个项目，新增 2，更新 0" in out
    assert "缺少项目名称" in rejects.read_text("utf-8-sig")
    code, out, _ = run(*asked)
    assert "新增 0，更新 0" in out


def test_a_dry_run_leaves_no_workspace(run, tmp_path):
    file = write_list(tmp_path / "a.csv", [row("甲项目")])
    code, out, _ = run("import", "projects", str(file), "-w", str(tmp_path / "ws"), "--dry-run")
    assert code == 0 and "工作区未改动" in out and not (tmp_path / "ws").exists()


def test_an_unknown_layout_prints_a_mapping_that_then_works(run, tmp_path):
    file = write_list(tmp_path / "a.csv", [["甲项目", "谐波减速器"]], ["标的", "做什么"])
    asked = ("import", "projects", str(file), "-w", str(tmp_path / "ws"))
    code, out, _ = run(*asked)
    assert code == 2 and "header_row: 1" in out
    mapping = tmp_path / "mapping.yml"
    mapping.write_text('columns:\n  name: "标的"\n  product: "做什么"\n', "utf-8")
    code, out, _ = run(*asked, "--mapping", str(mapping))
    assert code == 0 and "共 1 个项目" in out
    mapping.write_text('columns:\n  capital: "标的"\n', "utf-8")
    assert run(*asked, "--mapping", str(mapping))[0] != 0


def test_projects_are_ranked_with_their_parts(run, workspace, tmp_path):
    asked = ("projects", "rank", "绍兴", "-w", str(workspace))
    code, out, said = run(*asked, "-f", "json")
    found = json.loads(out)
    assert code == 0 and found["n_projects"] == 2 == sum(found["counts"].values())
    assert found["counts"]["elsewhere"] == 1 and not found["basis"]["may_act"]
    code, out, said = run(*asked)
    assert code == 0 and "共 2 个项目" in said and "意向他市" in out
    code, out, said = run(*asked, "-f", "csv")
    assert code == 0 and "未列入：乙项目" in said
    book = tmp_path / "a.xlsx"
    assert run(*asked, "-f", "xlsx", "-o", str(book))[0] == 0
    assert "待补资料" in openpyxl.load_workbook(book).sheetnames


def test_propositions_are_made_from_the_catalogue(run, workspace, tmp_path):
    asked = ("projects", "propose", "绍兴", "--chain", "机器人", "--top", "2", "--sponsors", "2")
    code, out, _ = run(*asked, "-w", str(workspace), "-f", "json")
    found = json.loads(out)["propositions"]
    assert code == 0 and len(found) == 2 and all(len(one["sponsors"]) <= 2 for one in found)
    code, out, said = run(*asked, "-w", str(workspace))
    assert code == 0 and "项目建议" in out and "2 项建议" in said
    book = tmp_path / "a.xlsx"
    assert run(*asked, "-w", str(workspace), "-f", "xlsx", "-o", str(book))[0] == 0


def test_history_shows_what_was_said_before(run, workspace, tmp_path):
    file = write_list(tmp_path / "清单2026-06-30.csv", [row("乙项目", 意向城市="绍兴")])
    assert run("import", "projects", str(file), "-w", str(workspace))[0] == 0
    code, out, _ = run("projects", "history", "乙项目", "-w", str(workspace), "-f", "csv")
    assert code == 0 and "2026-06-30,乙项目,意向地,宁波,绍兴" in out


def test_an_empty_workspace_says_what_to_do(run, tmp_path):
    code, _, said = run("projects", "rank", "绍兴", "-w", str(tmp_path))
    assert code == 2 and "import projects" in said


def test_the_template_is_written_and_is_excel(run, tmp_path):
    assert run("template", "projects", "-o", str(tmp_path / "a.xlsx"))[0] == 0
    assert run("template", "projects", "-o", str(tmp_path / "a.csv"))[0] == 2
