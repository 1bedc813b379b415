import datetime as dt

import polars as pl
import pytest

from chainmap.catalogue.projects import load_projects, project_history, projects_sha256
from chainmap.catalogue.projects_import import TABLES
from chainmap.errors import InputError, UnknownNameError
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.workspace import Workspace
from tests.project_lists import HEADER, row, run, tally, write_list


def bytes_of(folder):
    return {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_every_row_is_accepted_repaired_merged_or_rejected(tmp_path):
    rows = [
        row("甲项目"), row("乙项目", 项目阶段="说不清"), row("甲项目", 意向城市=""), row(""),
        ["合计", "", "", "", "3", "", ""], HEADER, ["多", "一", "格", "的", "行", "在", "这", "里"],
    ]  # fmt: skip
    report = run(tmp_path / "ws", write_list(tmp_path / "a.csv", rows))
    assert tally(report.lists[0]) == (7, 1, 1, 1, 4)
    assert report.n_projects == 2 and report.added == 2


def test_rejects_are_kept_with_row_number_values_and_reason(tmp_path):
    rows = [row("甲项目"), row("", 主要产品="=1+1")]
    report = run(tmp_path / "ws", write_list(tmp_path / "a.csv", rows))
    text = (tmp_path / "ws" / report.lists[0].rejects).read_text("utf-8-sig")
    assert text.splitlines()[0].startswith("行号,拒收原因,项目名称")
    assert "3,缺少项目名称," in text and "'=1+1" in text


def test_no_personal_data_is_stored_anywhere(tmp_path):
    header = [*HEADER, "联系人", "联系电话", "招商专员"]
    rows = [[*row("甲项目", 主要产品="轴承 13800138000"), "王小二", "13800138000", "李小三"],
            [*row(""), "王小二", "13800138000", "李小三"]]  # fmt: skip
    report = run(tmp_path / "ws", write_list(tmp_path / "a.csv", rows, header))
    assert report.lists[0].personal_dropped == ["联系人", "联系电话", "招商专员"]
    frames = [pl.read_parquet(f).write_csv() for f in (tmp_path / "ws").rglob("*.parquet")]
    texts = [f.read_text("utf-8") for f in (tmp_path / "ws").rglob("*.csv")]
    kept = "".join([*frames, *texts, (tmp_path / "ws/manifest.json").read_text("utf-8")])
    assert not any(p in kept for p in ("王小二", "13800138000", "李小三"))


def test_an_import_twice_changes_nothing(tmp_path):
    file = write_list(tmp_path / "a.csv", [row("甲项目"), row("乙项目")])
    run(tmp_path / "ws", file)
    before = bytes_of(tmp_path / "ws")
    report = run(tmp_path / "ws", file)
    assert (report.added, report.updated) == (0, 0)
    assert bytes_of(tmp_path / "ws") == before


def test_a_newer_list_updates_and_the_old_value_is_history(tmp_path):
    old = write_list(tmp_path / "清单2026-01-31.csv", [row("甲项目"), row("乙项目")])
    new = write_list(tmp_path / "清单2026-06-30.csv", [row("甲项目", 项目阶段="开工")])
    run(tmp_path / "ws", new)
    report = run(tmp_path / "ws", old)
    assert (report.added, report.updated) == (1, 0)
    stages = {p.name: p.stage for p in load_projects(tmp_path / "ws")}
    assert stages == {"甲项目": "开工", "乙项目": "签约"}
    changes = project_history(tmp_path / "ws", "甲项目")
    assert changes.select("field", "before", "after").rows() == [("stage", "签约", "开工")]
    assert changes["as_of"].item() == dt.date(2026, 6, 30)
    with pytest.raises(UnknownNameError, match="丙项目"):
        project_history(tmp_path / "ws", "丙项目")


def test_a_trial_run_changes_nothing(tmp_path):
    file = write_list(tmp_path / "a.csv", [row("甲项目")])
    report = run(tmp_path / "ws", file, scratch=tmp_path / "scratch")
    assert report.n_projects == 1 and not (tmp_path / "ws").exists()


def test_snapshots_nobody_names_are_removed(tmp_path):
    for number in range(4):
        run(tmp_path / "ws", write_list(tmp_path / f"{number}.csv", [row(f"第{number}个")]))
    for table in TABLES:
        assert len(list((tmp_path / "ws" / table).iterdir())) <= 2
    assert len(load_projects(tmp_path / "ws")) == 4


def test_companies_of_the_workspace_are_left_alone(tmp_path):
    workspace = Workspace(tmp_path / "ws")
    workspace.staging()
    name = workspace.store(pl.DataFrame({"company_id": ["a"]}), "companies")
    before = workspace.manifest()
    workspace.commit(before.model_copy(update={"tables": {"companies": [name]}}), before)
    workspace.clear_staging()
    run(tmp_path / "ws", write_list(tmp_path / "a.csv", [row("甲项目")]))
    assert workspace.scan("companies").collect().height == 1


def test_units_of_the_title_row_count_in_a_workbook(tmp_path):
    import xlsxwriter

    file = tmp_path / "清单.xlsx"
    header = ["项目名称", "总投资", "用地"]
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("在谈")
        for at, cells in enumerate(
            (["某市项目清单（单位：亿元、亩）"], header, ["甲项目", "5", "60"])
        ):
            sheet.write_row(at, 0, cells)
    run(tmp_path / "ws", file)
    found = load_projects(tmp_path / "ws")[0]
    assert (found.investment_10k, found.land_mu) == (50_000, 60)


def test_a_list_without_project_names_is_not_read(tmp_path):
    file = write_list(tmp_path / "a.csv", [["甲", "乙"]], ["企业名称", "地址"])
    with pytest.raises(UnknownLayoutError, match="项目名称") as refused:
        run(tmp_path / "ws", file)
    assert "investment:" in refused.value.mapping and "capital_unit" not in refused.value.mapping


def test_a_workspace_without_projects_says_what_to_do(tmp_path):
    assert load_projects(tmp_path) == [] and projects_sha256(tmp_path) is None
    with pytest.raises(InputError, match="import projects"):
        project_history(tmp_path, None)
