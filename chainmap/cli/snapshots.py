"""`chainmap snapshots` and `chainmap diff`: options only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.options import FormatOpt, OutOpt, PlainFormatOpt
from chainmap.cli.output import Format

snapshots_app = typer.Typer(help="名单快照：列出、查看、导出、核验。", no_args_is_help=True)

NameArg = Annotated[
    str, typer.Argument(metavar="NAME", help="保存时的名称、快照编号的开头，或导出的 .zip 文件")
]
WorkspaceOpt = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="存放快照的工作目录；缺省为设置中的")
]


@snapshots_app.command("list", help="列出保存的快照，最新的在前。")
def list_snapshots(
    workspace: WorkspaceOpt = None, fmt: FormatOpt = Format.TABLE, out: OutOpt = None
) -> None:
    """Print or write the snapshots kept."""
    from chainmap.cli import snapshots_answers

    snapshots_answers.show_snapshots(workspace, fmt, out)


@snapshots_app.command("show", help="一份快照的来历：问题、选项、各项版本、保存时间和保存者。")
def show(
    name: NameArg,
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write what a snapshot is made of."""
    from chainmap.cli import snapshots_answers

    snapshots_answers.show_snapshot(name, workspace, fmt, out)


@snapshots_app.command(
    "export",
    help="导出名单（json、csv、xlsx），或连同全部输入导出为 .zip（--out 文件名以 .zip 结尾）。",
)
def export(
    name: NameArg,
    workspace: WorkspaceOpt = None,
    fmt: PlainFormatOpt = None,
    out: OutOpt = None,
) -> None:
    """Print or write a snapshot's list, byte for byte as it was saved."""
    from chainmap.cli import snapshots_answers

    snapshots_answers.export_snapshot(name, workspace, fmt, out)


@snapshots_app.command(
    "verify",
    help="核验快照：用存下的输入重新排序；版本未变时再整份重做，逐字节比较。不符时退出码为 8。",
)
def verify(name: NameArg, workspace: WorkspaceOpt = None) -> None:
    """Say whether a snapshot is what it was, and whether it can be made again."""
    from chainmap.cli import snapshots_answers

    raise typer.Exit(snapshots_answers.verify_snapshot(name, workspace))


def diff(
    earlier: Annotated[
        str, typer.Argument(metavar="A", help="较早的快照：名称、编号的开头，或 .zip 文件")
    ],
    later: Annotated[
        str | None, typer.Argument(metavar="B", help="较晚的快照；缺省为同一问题今天的名单")
    ] = None,
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write what became of each firm between two lists, and through what."""
    from chainmap.cli import snapshots_answers

    snapshots_answers.show_difference((earlier, later), workspace, fmt, out)
