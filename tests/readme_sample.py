"""`make sample`: rewrite the sample in both READMEs to what the command prints today."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = ("targets", "绍兴", "--chain", "集成电路", "--top", "4")
READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"<!-- sample -->\n.*?<!-- /sample -->", re.DOTALL)


@cache
def sample() -> str:
    """Return the sample block as it should stand: the command and what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "chainmap", *COMMAND],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    printed = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")
    shown = f"$ chainmap {' '.join(COMMAND)}\n{printed}"
    return f"<!-- sample -->\n```text\n{shown}\n```\n<!-- /sample -->"


def main() -> None:
    """Rewrite both READMEs."""
    block = sample()
    for name in READMES:
        file = ROOT / name
        text = _BLOCK.sub(lambda _: block, file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
