"""Gives every file of a folder to commands, each in turn; prints what came of it as JSON.

python -m tests.hostile.read_all FOLDER SCRATCH COMMANDS

COMMANDS is JSON, words by name; `{}` stands for the file. Each has a workspace of its own.
"""

import contextlib
import io
import json
import os
import resource
import sys
from pathlib import Path

from chainmap.cli import main


def answer(argv: list[str]) -> tuple[int, str]:
    """Return exit code and output of one command."""
    sys.argv = ["chainmap", *argv]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as over:
            return int(over.code or 0), said.getvalue()
    return 0, said.getvalue()


def run(folder: Path, scratch: Path, commands: dict[str, list[str]]) -> None:
    """Print exit code and output by command and file, and the peak memory in MB."""
    files, found = sorted(folder.iterdir()), {}
    for name, words in commands.items():
        os.environ["CHAINMAP_WORKSPACE"] = str(scratch / name)
        found[name] = {
            file.name: answer([word.replace("{}", str(file)) for word in words]) for file in files
        }
    print(json.dumps({"found": found, "peak_mb": peak_mb()}, ensure_ascii=False))  # noqa: T201


def peak_mb() -> float:
    """Return the most memory this program has held; `ru_maxrss` begins with its parent's."""
    said = Path("/proc/self/status")
    if not said.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(said.read_text().partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    # More than all files may take together; a file that never ends is killed by it.
    resource.setrlimit(resource.RLIMIT_CPU, (480, 480))
    run(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))
