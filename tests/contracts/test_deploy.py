"""What the page on running the service tells to type, done on folders of a test's own."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import chainmap

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
INSTALL = """\
set -eu
mkdir -p "$1/bin"
echo "$1" > "$1/bin/python"
"""


def recipes():
    """Return the shell lines of the page's blocks that install, in their order."""
    page = (DEPLOY / "README.md").read_text("utf-8")
    blocks = re.findall(r"^ *```\n(.*?)^ *```$", page, re.M | re.S)
    return [block for block in blocks if "install.sh" in block]


@pytest.fixture
def follow(tmp_path):
    """A function that does a recipe's lines under a folder instead of /opt."""
    (tmp_path / "install.sh").write_text(INSTALL, "utf-8")

    def done(recipe):
        lines = [line for line in recipe.splitlines() if "systemctl" not in line]
        script = "set -eu\n" + "\n".join(lines).replace("/opt/", f"{tmp_path}/opt/")
        (tmp_path / "opt").mkdir(exist_ok=True)
        return subprocess.run(
            ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=300
        )

    return done


def test_a_release_is_installed_and_replaced_as_the_page_says(follow, tmp_path):
    first, later = recipes()
    assert f"/opt/chainmap-{chainmap.__version__}\n" in first
    started = re.search(r"^ExecStart=/(\S+)", (DEPLOY / "chainmap.service").read_text(), re.M)
    python = tmp_path / started[1]
    for recipe in (first, later):
        done = follow(recipe)
        assert done.returncode == 0, done.stderr
        folder = re.search(r"install\.sh /(\S+)", recipe)[1]
        assert python.read_text().strip() == str(tmp_path / folder)
        assert (tmp_path / "opt" / "chainmap").is_symlink()
    assert not (tmp_path / "opt" / "chainmap.new").exists()


def test_nothing_is_put_into_a_folder_that_lies_where_the_link_goes(follow, tmp_path):
    first, later = recipes()
    taken = tmp_path / "opt" / "chainmap"
    for recipe in (first, later):
        taken.mkdir(parents=True)
        assert follow(recipe).returncode != 0
        assert list(taken.iterdir()) == []
        shutil.rmtree(tmp_path / "opt")
