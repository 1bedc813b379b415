"""What `chainmap evaluate scorecard` answers: three commands' figures in one small file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chainmap.cli.output import say, write_file
from chainmap.errors import InputError
from chainmap.reports.scorecard import condense


def write_scorecard(policy: Path, coverage: Path, placement: Path, out: Path) -> None:
    """Write the scorecard of what `evaluate policy|coverage|placement -f json` wrote.

    Raises:
        InputError: A file is missing, no JSON, or not what its command writes.
    """
    try:
        made = condense(*(_read(file) for file in (policy, coverage, placement)))
    except (KeyError, TypeError, ValueError, StopIteration) as error:
        raise InputError(
            f"文件不是评测命令写出的 JSON（缺 {error}）。", todo="请用 -f json -o 重新写出。"
        ) from error
    text = made.model_dump_json(indent=1) + "\n"
    write_file(out, lambda file: file.write_bytes(text.encode("utf-8")))
    say(f"评测成绩已写入 {out}")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise InputError(f"没有文件 {file}。", todo="检查路径。") from error
