"""`chainmap labels …`: which firm came to which city, from events, each with date and source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import csv_file
from chainmap.cli.options import OutOpt, WorkbookOpt
from chainmap.cli.output import Format

labels_app = typer.Typer(
    name="labels",
    help="标签：从登记、上市公司资料和落地台账得出“哪家企业到了哪个城市”，供训练和检验排序。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@labels_app.callback()
def labels() -> None:
    """Keep the commands named even while there is one only."""


@labels_app.command(
    help="得出标签：每条有日期、出处和可信度；读入的每一行或留或不取，不取的说明原因。"
)
def build(
    registrations: Annotated[
        Path | None,
        typer.Option("--registrations", help="企业登记表：从名称认出异地分公司及其母公司"),
    ] = None,
    presence: Annotated[
        Path | None, typer.Option("--presence", help="企业异地布局表：企业、总部城市、异地城市")
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", help="落地项目台账；模板见 chainmap template landings"),
    ] = None,
    firms: Annotated[
        Path | None,
        typer.Option(
            "--firms",
            help="企业表（代码或名称，行业如申万一至三级）：布局表和台账中的企业按它的行业判断取不取",
        ),
    ] = None,
    roster: Annotated[
        bool, typer.Option("--roster/--no-roster", help="是否计入随附名录中集团的异地工厂")
    ] = True,
    refused: Annotated[
        Path | None,
        typer.Option("--refused", callback=csv_file, help="把没有取的行写入这个 CSV，附原因"),
    ] = None,
    fmt: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", is_eager=True, help="输出形式；缺省为 csv，写入文件时按文件名"
        ),
    ] = None,
    out: OutOpt = None,
) -> None:
    """Print or write dated labels of other-city sites."""
    from chainmap.cli import labels_answers

    asked = labels_answers.Asked(registrations, presence, ledger, firms, roster=roster)
    labels_answers.build_labels(asked, refused, fmt, out)


def landing_template(
    out: WorkbookOpt,
) -> None:
    """Write the template for a ledger of landed projects."""
    from chainmap.cli import labels_answers

    labels_answers.write_template(out)
