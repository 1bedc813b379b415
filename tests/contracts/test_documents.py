import re
from pathlib import Path

import pytest

import chainmap
from tests.readme_sample import READMES, sample

ROOT = Path(__file__).parents[2]
MAKE_TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def commands(name):
    """The shell lines of a document's fenced blocks."""
    blocks = re.findall(r"```(?:bash|sh)\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("name", READMES)
def test_every_make_command_exists(name):
    used = {line.split()[1] for line in commands(name) if line.startswith("make ")}
    assert {"run", "test"} <= used <= MAKE_TARGETS


def test_both_readmes_give_the_same_commands():
    first, second = ([line.split("#")[0].strip() for line in commands(name)] for name in READMES)
    assert first == second


@pytest.mark.parametrize("name", READMES)
def test_the_sample_is_what_the_command_prints(name):
    assert sample() in (ROOT / name).read_text("utf-8"), "the sample is stale: run `make sample`"


@pytest.mark.parametrize("name", READMES)
def test_every_chainmap_command_exists(name):
    from typer.main import get_command

    from chainmap.cli.app import app

    known = set(get_command(app).commands)
    used = {line.split()[1] for line in commands(name) if line.split()[0].endswith("chainmap")}
    assert used and used <= known


def test_every_make_target_is_documented():
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    bare = [line for line in lines if re.match(r"^[a-z-]+:", line) and "## " not in line]
    assert bare == []


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/decisions/README.md"])
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    missing = [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert missing == []


def test_the_changelog_starts_with_this_version():
    versions = re.findall(r"^## \[?([0-9.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == chainmap.__version__
