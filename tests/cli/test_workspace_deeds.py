"""What commands change in a workspace's tables is an entry of the audit log, or is not changed."""

import hashlib
import json

import pytest

from chainmap.cli import workspace_deeds
from chainmap.errors import LedgerError
from chainmap.sources.workspace import Workspace
from tests.cli.running import run_command
from tests.made_up import code, write_csv
from tests.project_lists import row, write_list

ROWS = [
    ["企业名称", "统一社会信用代码", "所在城市", "经营范围"],
    ["绍兴甲减速器有限公司", code(1), "绍兴市", "谐波减速器的生产、销售。"],
    ["绍兴甲减速器有限公司越城分公司", code(2), "绍兴市", "谐波减速器的销售。"],
    ["", code(3), "绍兴市", ""],
]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("CHAINMAP_DATABASE_URL", raising=False)
    return run_command(monkeypatch, capsys)


def entries(run):
    assert run("audit", "verify")[0] == 0
    return json.loads(run("audit", "list", "-f", "json")[1])


def test_every_command_that_changes_tables_is_audited_once(run, tmp_path):
    file = write_csv(tmp_path / "a.csv", ROWS)
    projects = write_list(tmp_path / "b.csv", [row("甲项目"), row("")])
    done = [
        ("import", "companies", str(file)),
        ("import", "projects", str(projects)),
        ("resolve",),
        ("place",),
    ]
    for command in done * 2:  # the second time changes nothing
        assert run(*command)[0] == 0
    found = entries(run)
    assert [(one["actor"], one["action"]) for one in found] == [
        ("cli", action) for action in ("import", "import", "resolve", "build-presence")
    ]
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    first, second, third, last = [json.loads(one["detail"]) for one in found]
    assert found[0]["object"] == sha256 and first["lists"] == [sha256]
    assert (first["rows"], first["rejected"], first["tables"]) == (3, 1, ["companies", "history"])
    assert (second["rows"], second["rejected"]) == (2, 1) and "projects" in second["tables"]
    assert (third, last) == ({"tables": ["links"]}, {"tables": ["presence"]})


def test_counts_that_a_question_leaves_in_the_workspace_are_audited(run, tmp_path):
    run("import", "companies", str(write_csv(tmp_path / "a.csv", ROWS)))
    for _ in range(2):
        assert run("gaps", "绍兴", "--top", "1", "-w", str(tmp_path / "ws"))[0] == 0
    assert [one["action"] for one in entries(run)] == ["import", "build-presence"]


def test_lists_of_one_import_are_one_entry(run, tmp_path):
    files = [write_csv(tmp_path / f"{n}.csv", ROWS[: n + 1]) for n in (1, 2)]
    assert run("import", "companies", *map(str, files))[0] == 0
    (one,) = entries(run)
    assert len(json.loads(one["detail"])["lists"]) == 2


def test_what_does_not_count_leaves_no_entry(run, tmp_path):
    assert run("import", "companies", str(write_csv(tmp_path / "x.csv", [["厂家"]])))[0] == 2
    assert run("resolve")[0] == 2 and run("place")[0] == 2
    file = str(write_csv(tmp_path / "a.csv", ROWS))
    assert run("import", "companies", file, "--dry-run")[0] == 0
    assert entries(run) == []


@pytest.mark.parametrize("reached", [0, 1])
def test_what_cannot_be_audited_does_not_count(run, monkeypatch, tmp_path, reached):
    original, asked = workspace_deeds.opened, []

    def opened(folder):
        asked.append(folder)
        if len(asked) > reached:
            raise LedgerError("数据库当前不可用。")
        return original(folder)

    monkeypatch.setattr(workspace_deeds, "opened", opened)
    exit_code, _, said = run("import", "companies", str(write_csv(tmp_path / "a.csv", ROWS)))
    assert exit_code == 9 and "数据库" in said
    assert Workspace(tmp_path / "ws").manifest().n_companies == 0
    assert list((tmp_path / "ws").glob("*.partial")) == []


def test_a_workspace_named_on_the_command_line_has_its_own_log(run, monkeypatch, tmp_path):
    file = str(write_csv(tmp_path / "a.csv", ROWS))
    assert run("import", "companies", file, "-w", str(tmp_path / "other"))[0] == 0
    assert entries(run) == []
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path / "other"))
    assert [one["action"] for one in entries(run)] == ["import"]
