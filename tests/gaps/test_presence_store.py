import datetime as dt

from chainmap.chains.library import load_library
from chainmap.gaps.presence_partitions import Counting
from chainmap.gaps.presence_store import coverage, stored_presence, workspace_presence
from chainmap.sources.workspace import Workspace
from tests.made_up import code, register, run, write_csv


def never(function, partitions):
    raise AssertionError("counted again")


def test_presence_is_counted_once_an_import(tmp_path):
    workspace = Workspace(register(tmp_path))
    assert stored_presence(workspace) is None
    counts = workspace_presence(workspace, load_library())
    assert [file.parent.name for file in workspace.files("presence")] == ["presence"]
    assert workspace_presence(workspace, load_library(), never).equals(counts, null_equal=True)
    assert stored_presence(workspace).equals(counts, null_equal=True)


def test_another_import_or_another_day_makes_it_void(tmp_path):
    folder = register(tmp_path)
    workspace, counting = Workspace(folder), Counting(dt.date(2000, 1, 1))
    first = workspace_presence(workspace, load_library())
    assert stored_presence(workspace, counting) is None
    assert workspace_presence(workspace, load_library(), counting=counting).is_empty()
    header = ["企业名称", "统一社会信用代码", "经营范围", "住所"]
    new = ["绍兴新减速机有限公司", code(99), "减速机制造", "浙江省绍兴市越城区"]
    run(folder, write_csv(tmp_path / "new.csv", [header, new]))
    assert stored_presence(workspace, counting) is None
    assert "presence" not in workspace.manifest().made_from
    again = workspace_presence(workspace, load_library())
    assert again["n_companies"].sum() == first["n_companies"].sum() + 1
    assert len(list((folder / "presence").iterdir())) == 1


def test_importing_the_same_list_keeps_it(tmp_path):
    folder = register(tmp_path)
    workspace_presence(Workspace(folder), load_library())
    register(tmp_path)
    assert stored_presence(Workspace(folder)) is not None


def test_coverage_says_who_is_not_looked_at(tmp_path):
    workspace = Workspace(register(tmp_path))
    assert coverage(workspace, Counting(dt.date(2000, 1, 1))) == {
        "companies": 7, "closed": 1, "later": 5, "nowhere": 1
    }  # fmt: skip
    empty = Workspace(tmp_path / "none")
    assert coverage(empty, Counting())["companies"] == 0
