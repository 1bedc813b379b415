import openpyxl
import pytest

from tests.cli.running import run_command
from tests.made_up import code, write_csv


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


ROWS = [
    ["企业名称", "统一社会信用代码", "法定代表人", "注册资本"],
    ["绍兴甲轴承有限公司", code(1), "王小二", "5万元"],
    ["绍兴乙轴承有限公司", code(2)[:-1] + "*", "王小二", "5万元"],
]


def test_an_import_says_what_became_of_every_row(run, tmp_path):
    file, folder = write_csv(tmp_path / "a.csv", ROWS), str(tmp_path / "ws")
    rejects = tmp_path / "rejects.csv"
    argv = ("import", "companies", str(file), "-w", folder, "--rejects", str(rejects))
    exit_code, said, progress = run(*argv)
    assert exit_code == 0
    assert "读入 2 行 = 采用 1 + 修复后采用 0 + 合并 0 + 拒收 1" in said
    assert "个人信息不入库" in said and "法定代表人" in said and "王小二" not in said
    assert "行/秒" in progress
    assert "第 3 行" in said or ",统一社会信用代码" in rejects.read_text("utf-8-sig")


def test_a_trial_run_leaves_no_workspace(run, tmp_path):
    file, folder = write_csv(tmp_path / "a.csv", ROWS), tmp_path / "ws"
    exit_code, said, _ = run("import", "companies", str(file), "-w", str(folder), "--dry-run")
    assert exit_code == 0 and "工作区未改动" in said and not folder.exists()


def test_an_unknown_layout_prints_a_mapping_to_edit(run, tmp_path):
    file = write_csv(tmp_path / "a.csv", [["厂家", "哪里"], ["甲", "乙"]])
    exit_code, said, error = run("import", "companies", str(file), "-w", str(tmp_path / "ws"))
    assert exit_code == 2 and "--mapping" in error and "header_row: 1" in said
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(said.replace('name: ""', 'name: "厂家"', 1), "utf-8")
    argv = ("import", "companies", str(file), "-w", str(tmp_path / "ws"), "-m", str(mapping))
    assert run(*argv)[0] == 0


def test_the_template_explains_itself_and_comes_back_in(run, tmp_path):
    file = tmp_path / "模板.xlsx"
    assert run("template", "companies", "--out", str(file))[0] == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["企业名单", "填写说明"]
    sheet = book["企业名单"]
    sheet.cell(2, 1).value, sheet.cell(2, 2).value = "绍兴甲轴承有限公司", code(1)
    book.save(file)
    exit_code, said, _ = run("import", "companies", str(file), "-w", str(tmp_path / "ws"))
    assert exit_code == 0 and "采用 1" in said and "本产品模板" in said


def test_resolution_is_scored(run, tmp_path):
    exit_code, said, error = run("evaluate", "resolution", "-w", str(tmp_path / "ws"))
    assert exit_code == 0 and "分支机构" in said and "未计入" in error


def test_links_are_kept_in_the_workspace_until_its_companies_change(run, tmp_path):
    folder = str(tmp_path / "ws")
    rows = [ROWS[0], ROWS[1], ["绍兴甲轴承有限公司嵊州分公司", code(3), "-", "-"]]
    run("import", "companies", str(write_csv(tmp_path / "a.csv", rows)), "-w", folder)
    exit_code, said, error = run("resolve", "-w", folder, "-f", "csv")
    assert exit_code == 0 and "绍兴甲轴承有限公司嵊州分公司,分支机构" in said
    assert "没有合并" in error
    run("import", "companies", str(tmp_path / "a.csv"), "-w", folder)
    assert len(list((tmp_path / "ws" / "links").iterdir())) == 1
    assert run("resolve", "-w", str(tmp_path / "none"))[0] == 2


def test_a_folder_is_no_list_and_no_empty_line_is_shown(run, tmp_path):
    exit_code, _, error = run("import", "companies", str(tmp_path), "-w", str(tmp_path / "ws"))
    assert exit_code == 2
    assert error.startswith("错误：") and "是文件夹" in error
