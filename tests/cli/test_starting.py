"""What a command loads and how it starts, asked of a process of its own."""

import json
import subprocess
import sys

import pytest

ASK = """
import contextlib, gc, io, json, sys
from chainmap.cli import main
sys.argv = ["chainmap", "chains"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main()
print(json.dumps({"modules": [*sys.modules], "looks": gc.get_stats()[-1]["collections"]}))
"""
NEEDLESS = {"alembic", "fastapi", "lightgbm", "mcp", "pandas", "sklearn", "chainmap.ledger.engine"}


@pytest.fixture(scope="module")
def after_chains():
    """What a process has loaded when `chainmap chains` has answered, and its full collections."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_command_without_database_or_service_loads_neither(after_chains):
    assert not NEEDLESS & set(after_chains["modules"])


def test_a_command_seldom_looks_through_everything_it_has_made(after_chains):
    assert after_chains["looks"] <= 2
