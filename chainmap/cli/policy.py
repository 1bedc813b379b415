"""`chainmap policy …`: the timeline of fields, the goal register, the passages of a segment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_folder
from chainmap.cli.options import FormatOpt, OutOpt, PolicyDateOpt
from chainmap.cli.output import Format

policy_app = typer.Typer(
    name="policy",
    help="政策规划：领域沿革、目标台账、环节溯源。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@policy_app.command(help="领域沿革：各轮规划之间哪些领域进入、延续、退出，规划是否在期。")
def timeline(
    domain: Annotated[
        str | None, typer.Option("--domain", help="只看一个领域，如 人工智能，并列出出处")
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
    as_of: PolicyDateOpt = None,
) -> None:
    """Print or write which fields enter, stay and leave between plans."""
    from chainmap.cli import policy_answers

    policy_answers.show_timeline(domain, as_of, fmt, out)


@policy_app.command(help="目标台账：规划写明的量化目标，含基期、增速、责任单位与原文位置。")
def goals(
    city: Annotated[
        str | None, typer.Option("--city", help="只看一个城市：本市、所辖县（市、区）和全省的目标")
    ] = None,
    file: Annotated[
        list[Path] | None, typer.Option("--file", help="加读自己的规划文件，可多次给出")
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
    as_of: PolicyDateOpt = None,
) -> None:
    """Print or write the goal register."""
    from chainmap.cli import policy_answers

    policy_answers.show_goals((city, file or []), as_of, fmt, out)


@policy_app.command(help="环节溯源：点名一个环节、其板块、其产业的每一处原文。")
def trace(
    segment: Annotated[
        str, typer.Argument(metavar="SEGMENT", help="环节编号或中文名，如 硅外延片")
    ],
    documents: Annotated[
        list[Path] | None,
        typer.Option("--documents", help="规划原文的文件或文件夹，给出后附原句；可多次给出"),
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
    as_of: PolicyDateOpt = None,
) -> None:
    """Print or write every passage that names a segment."""
    from chainmap.cli import policy_answers

    policy_answers.show_trace((segment, documents or []), as_of, fmt, out)


@policy_app.command(help="由规划原文生成目标台账和布局台账两个 CSV（只含事实，不含原句）。")
def register(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="txt、docx、pdf 或 html")],
    out: Annotated[Path, typer.Option("--out", "-o", callback=any_folder, help="写入的文件夹")],
) -> None:
    """Write goals.csv and positions.csv from documents."""
    from chainmap.cli import policy_answers

    policy_answers.write_register(files, out)
