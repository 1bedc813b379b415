"""Every threat of docs/threat-model.md is held by a test that exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
NAMED = re.findall(r"^\| *(\d+) \|.*\| `(test_\w+)` \|$", MODEL, re.M)


def test_every_threat_names_a_test_that_exists():
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
    assert {name for _, name in NAMED} - written == set()


def test_threats_are_numbered_and_none_lacks_a_test():
    rows = [line for line in MODEL.splitlines() if re.match(r"^\| *\d+ \|", line)]
    assert [int(number) for number, _ in NAMED] == list(range(1, len(rows) + 1))
    assert len(rows) >= 20
