"""Whatever a file is, a reader answers in Chinese, keeps within bounds and changes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.files import write_all

ROOT = Path(__file__).parents[2]
MOST_MB = 1500
"""A reader's peak over all files together, the library itself included."""

READERS = {
    "companies": ("import", "companies", "{}"),
    "projects": ("import", "projects", "{}"),
    "policies": ("extract", "{}", "-f", "json"),
    "placement": ("place", "{}", "--out", "{}.out.csv"),
    "catalogue": ("catalogue", "import", "{}", "绍兴"),
    "admission": ("admit", "--project", "{}"),
    "universe": ("targets", "绍兴", "--universe", "{}"),
    "backup": ("restore", "{}"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What each reader said of every file; all in one program, which starts once."""
    made = tmp_path_factory.mktemp("hostile")
    folder, scratch = made / "files", made / "scratch"
    folder.mkdir()
    scratch.mkdir()
    assert len(write_all(folder)) >= 35
    commands = {
        name: [part.replace("{}.out", str(scratch / "out")) for part in words]
        for name, words in READERS.items()
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.read_all", folder, scratch, json.dumps(commands)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"POLARS_MAX_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr and "panicked" not in done.stderr, done.stderr[-2000:]
    assert not list(made.glob("**/passwd*")) and not Path("/abs").exists()
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_file_is_refused_in_words(reader, told):
    found = told["found"][reader]
    assert len(found) >= 35
    for name, (code, said) in found.items():
        assert code in range(10), (name, code, said)
        assert "Traceback" not in said and "panicked" not in said, (name, said)
        assert code == 0 or "错误" in said, (name, said)
        assert "root:x:" not in said, name


def test_reading_them_keeps_within_bounds(told):
    assert told["peak_mb"] < MOST_MB
