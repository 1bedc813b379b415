"""What `chainmap train targets` answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chainmap import resources
from chainmap.cli.output import check_folder, say, write_folder
from chainmap.cli.targets_data import read_target_data
from chainmap.errors import InputError
from chainmap.ranking.target_model import VERSION, earlier_target_model
from chainmap.ranking.target_release import target_model_files
from chainmap.ranking.target_scorecard import measure_targets
from chainmap.ranking.target_training import TargetOptions, train_targets

REFRESH = (
    "成绩、特征和偏向随之改变；以下各处引用它们，请照 CARD.md 更新：",
    "  README.md、README.zh-CN.md 的目标排序一段；docs/evaluation-targets.md 的表和数字；",
    "  docs/decisions/0022 的系数与上限；docs/pictures/reliability.png："
    "chainmap evaluate targets --data 数据文件夹 --pictures docs/pictures。",
)
"""What a released model leaves stale that is not the one before."""


def train_target_ranker(out: Path | None, data: Path | None) -> None:
    """Answer `chainmap train targets`: write the model's files, whole or not at all.

    The folder's name is the model's version and stands in every file.

    Raises:
        InputError: The folder cannot be written, the data lacks a table, or the roster alone would
            replace the released model.
        ModelError: There is nothing to learn from.
    """
    if out is None and data is None:
        raise InputError(
            "发布的模型用 --data 所指的数据训练；只用随附名录训练的模型不能替换它。",
            todo="用 --data 指明数据文件夹，或用 --out 把名录模型写到别处。",
        )
    released = resources.root() / "models" / "target-ranker" / VERSION
    folder = out or released
    check_folder(folder)
    read, options = read_target_data(data), TargetOptions()
    for line in read.lines():
        say(line)
    card = measure_targets(read.known, options, earlier_target_model(), read.landed)
    model = train_targets(read.known, options, folder.name)
    files = target_model_files(model, card, options, read.origin)
    changed = [name for name, content in files.items() if _bytes(released / name) != content]
    write_folder(folder, files)
    for line in _said(folder.resolve() == released.resolve(), folder.name, changed):
        say(line)


def _said(replaced: bool, version: str, changed: list[str]) -> Sequence[str]:
    """Return how the files compare with those of the release, and what must follow."""
    if not changed:
        return (f"与发布的模型 {VERSION} 逐字节相同，没有要更新的。",)
    if replaced:
        return REFRESH
    named = "" if version == VERSION else (
        f"版本记作文件夹名“{version}”，每个文件里都写着；"
        f"要与发布的逐字节相同，文件夹须名为 {VERSION}。"
    )  # fmt: skip
    return (f"与发布的模型 {VERSION} 不同的文件：{'、'.join(changed)}。{named}",)


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
