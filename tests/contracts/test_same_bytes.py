"""What is made again is the same bytes: in another process, place, locale, order of hashing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chainmap.reports.document_files import Form
from tests.contracts.made_here import hashes

ROOT = Path(__file__).parents[2]
THREADS = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ELSEWHERE = dict.fromkeys(THREADS, "3") | {
    "PYTHONHASHSEED": "4242", "LC_ALL": "C", "PYTHONUTF8": "1", "TZ": "Asia/Shanghai",
    "CHAINMAP_WORKSPACE": "elsewhere", "PYTHONPATH": str(ROOT),
}  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Hashes of what this process makes, and one with other settings in another folder."""
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    around = {k: v for k, v in os.environ.items() if k != "CHAINMAP_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.made_here", there],
        cwd=there, env=around | ELSEWHERE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(here)
        patched.setattr(sys, "argv", [])
        patched.setenv("CHAINMAP_WORKSPACE", str(here / "ws"))
        patched.delenv("CHAINMAP_DATABASE_URL", raising=False)
        return hashes(here), json.loads(done.stdout.splitlines()[-1])


def test_gaps_reports_and_kept_lists_are_the_same_bytes_in_another_process(both):
    here, there = both
    assert len(here) == 5 + 2 + len(Form) + 2 + 3
    assert here.keys() == there.keys()
    assert {name for name in here if here[name] != there[name]} == set()
