"""`chainmap train …`: make a released model again from the data it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_folder
from chainmap.cli.options import PlacedOpt, RegisterOpt

train_app = typer.Typer(
    name="train",
    help="训练：从数据重做模型，写出系数、清单和说明；同样的数据得到同样的文件。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@train_app.callback()
def models(context: typer.Context) -> None:
    """Group the commands, and hold them to one thread of linear algebra.

    How many threads share a sum decides its last digit, and models are made again byte for byte.
    """
    import numpy.linalg
    import scipy.linalg
    from threadpoolctl import threadpool_limits

    assert numpy.linalg and scipy.linalg  # only libraries that are loaded can be held
    context.with_resource(threadpool_limits(1))


@train_app.command(name="gaps", help="进入模型：各城市各环节五年内新增制造、研发企业的概率。")
def train_gaps(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", callback=any_folder, help="写入的文件夹；缺省为源码目录的 models/entry/1"
        ),
    ] = None,
    data: RegisterOpt = None,
    work: PlacedOpt = None,
) -> None:
    """Train the entry model and write its files."""
    from chainmap.cli import entry_answers

    entry_answers.train_entry(out, data, work)


@train_app.command(name="targets", help="目标排序模型：哪些企业会到哪个城市布局。")
def train_targets(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            callback=any_folder,
            help="写入的文件夹，它的名称就是模型的版本；缺省为 models/target-ranker 下的当前版本",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="含企业总体表、异地布局表的文件夹；缺省用随附名录"),
    ] = None,
) -> None:
    """Train the target ranker and write its files."""
    from chainmap.cli import targets_training

    targets_training.train_target_ranker(out, data)


@train_app.command(name="placement", help="归位模型：把握不大的归位，像不像这条链、属于哪个环节。")
def train_placement(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            callback=any_folder,
            help="写入的文件夹；缺省为源码目录的 models/placement/1",
        ),
    ] = None,
) -> None:
    """Train the placement model and write its files."""
    from chainmap.cli import placement_training

    placement_training.train_placement_model(out)


@train_app.command(
    name="makes", help="归位校准：归到某环节的企业有多大可能真做它，从人工标注学得。"
)
def train_makes(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", callback=any_folder, help="写入的文件夹；缺省为源码目录的 models/makes/1"
        ),
    ] = None,
) -> None:
    """Fit the calibration of placements and write its files."""
    from chainmap.cli import makes_answers

    makes_answers.train_makes(out)
