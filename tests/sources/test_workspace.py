import os
import signal
import subprocess
import sys
import threading
import time

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources import workspace as workspace_module
from chainmap.sources.workspace import Manifest, Workspace

FRAME = pl.DataFrame({"a": [1, 2], "b": ["甲", "乙"]})


def test_equal_rows_make_equal_files(tmp_path):
    names = []
    for folder in ("one", "two"):
        workspace = Workspace(tmp_path / folder)
        workspace.staging()
        names.append(workspace.store(FRAME, "companies"))
    assert names[0] == names[1]
    first, second = (tmp_path / f / names[0] for f in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_nothing_counts_before_the_manifest_names_it(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.staging()
    name = workspace.store(FRAME, "companies")
    assert workspace.scan("companies") is None
    workspace.commit(Manifest(n_companies=2, tables={"companies": [name]}), Manifest())
    assert workspace.scan("companies").collect().equals(FRAME)


def test_files_nobody_names_are_removed_after_one_more_commit(tmp_path):
    workspace, states = Workspace(tmp_path), [Manifest()]
    for n in (1, 2, 3):
        workspace.staging()
        name = workspace.store(FRAME.head(n).vstack(FRAME), "companies")
        states.append(Manifest(n_companies=n, tables={"companies": [name]}))
        workspace.commit(states[-1], states[-2])
    left = {f"companies/{file.name}" for file in (tmp_path / "companies").iterdir()}
    assert left == {states[-1].tables["companies"][0], states[-2].tables["companies"][0]}


def test_another_import_meanwhile_is_noticed(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.staging()
    workspace.commit(Manifest(n_companies=1), Manifest())
    with pytest.raises(InputError, match="另一个程序"):
        workspace.commit(Manifest(n_companies=2), Manifest())
    assert workspace.manifest().n_companies == 1


def test_a_broken_manifest_is_said_to_be_one(tmp_path):
    (tmp_path / "manifest.json").write_text("{}x")
    with pytest.raises(InputError, match="不是可以辨认"):
        Workspace(tmp_path).manifest()


def test_who_writes_later_waits_and_sees_what_was_written(tmp_path):
    first, second, order = Workspace(tmp_path), Workspace(tmp_path), []

    def write(workspace, rows, hold):
        folder = workspace.staging()
        (folder / "mine").touch()
        before = workspace.manifest()
        time.sleep(hold)
        assert [one.name for one in folder.iterdir()] == ["mine"]
        name = workspace.store(FRAME.head(rows), "companies")
        tables = {"companies": [*before.tables.get("companies", []), name]}
        workspace.commit(before.model_copy(update={"tables": tables}), before)
        order.append(rows)
        workspace.clear_staging()

    threads = [
        threading.Thread(target=write, args=(w, n, 0.3)) for w, n in ((first, 1), (second, 2))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(order) == [1, 2] and len(first.manifest().tables["companies"]) == 2


def test_who_waits_too_long_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace_module, "WAIT_S", 0.1)
    first = Workspace(tmp_path)
    first.staging()
    with pytest.raises(InputError, match="另一个程序"):
        Workspace(tmp_path).staging()
    first.clear_staging()
    Workspace(tmp_path).staging()


def test_a_killed_writer_keeps_nobody_waiting(tmp_path):
    hold = (
        "import sys, time; from pathlib import Path;"
        "from chainmap.sources.workspace import Workspace;"
        "w = Workspace(Path(sys.argv[1])); w.staging(); print('in', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "in\n"
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        begun = time.monotonic()
        Workspace(tmp_path).staging()
        assert time.monotonic() - begun < 30
