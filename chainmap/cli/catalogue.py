"""`chainmap catalogue …`: investment catalogues drafted, edited, approved, compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_file, any_folder
from chainmap.cli.options import CityArg, FormatOpt, OutOpt, WorkspaceOpt
from chainmap.cli.output import Format

catalogue_app = typer.Typer(
    name="catalogue",
    help="招商目录：由缺口、规划和准入规则拟出草案，人工编辑、审定，成为有版本的目录。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

VersionOpt = Annotated[
    str | None, typer.Option("--version", help="版本名，见 catalogue list；缺省为在用版本")
]


@catalogue_app.command(help="拟出城市的目录草案，存入工作区；同样的输入得到同样的文件。")
def build(
    city: CityArg,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=2100, help="目录年度；缺省为名录年份")
    ] = None,
    per_chain: Annotated[
        int | None, typer.Option("--per-chain", min=1, help="每条产业链至多几条")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", callback=any_file, help="写到这个 .yml，不存入工作区"),
    ] = None,
    workspace: WorkspaceOpt = None,
) -> None:
    """Draft a city's catalogue."""
    from chainmap.cli import catalogue_drafts

    asked = catalogue_drafts.BuildRequest(year, per_chain, out)
    catalogue_drafts.show_build(city, asked, workspace)


@catalogue_app.command(help="重建随附的浙江 11 市草案（taxonomy/catalogue/）。")
def bundle(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", callback=any_folder, help="写到这个文件夹；缺省为 taxonomy/catalogue"
        ),
    ] = None,
) -> None:
    """Rebuild the bundled drafts."""
    from chainmap.cli import catalogue_drafts

    catalogue_drafts.bundle_drafts(out)


@catalogue_app.command("list", help="目录的版本：随附草案、工作区草案、已审定版本，哪一个在用。")
def list_(
    city: Annotated[str | None, typer.Argument(metavar="[CITY]", help="只看一个城市")] = None,
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the versions there are."""
    from chainmap.cli import catalogue_answers

    catalogue_answers.show_versions(city, workspace, fmt, out)


@catalogue_app.command(help="显示一个版本的条目。")
def show(
    city: CityArg,
    version: VersionOpt = None,
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write a version's items."""
    from chainmap.cli import catalogue_answers

    catalogue_answers.show_catalogue(city, version, workspace, fmt, out)


@catalogue_app.command(help="导出一个版本：Excel（.xlsx）、Word（.docx）、.json 或 .yml。")
def export(
    city: CityArg,
    out: Annotated[
        Path, typer.Option("--out", "-o", callback=any_file, help="写到哪个文件，按结尾定格式")
    ],
    version: VersionOpt = None,
    workspace: WorkspaceOpt = None,
) -> None:
    """Write a version as a file."""
    from chainmap.cli import catalogue_answers

    catalogue_answers.export_catalogue(city, version, workspace, out)


@catalogue_app.command(help="采用改过的导出件（.xlsx 或 .yml），成为新的草案版本。")
def edit(
    city: CityArg,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="改过的 .xlsx 或 .yml")],
    drop_missing: Annotated[
        bool, typer.Option("--drop-missing", help="文件里没有了的条目视为删除")
    ] = False,
    workspace: WorkspaceOpt = None,
) -> None:
    """Take an edited file as a new draft."""
    from chainmap.cli import catalogue_answers

    catalogue_answers.edit_catalogue(city, file, workspace, drop_missing)


@catalogue_app.command(help="审定一个草案，成为不可改动的版本；此后在用的就是它。")
def approve(
    city: CityArg,
    version: Annotated[str, typer.Argument(metavar="VERSION", help="草案的版本名")],
    by: Annotated[str, typer.Option("--by", help="审定的岗位或处室，不写人名")],
    date: Annotated[str, typer.Option("--date", help="审定日期 YYYY-MM-DD")],
    why: Annotated[str, typer.Option("--why", help="依据或说明")] = "",
    workspace: WorkspaceOpt = None,
) -> None:
    """Approve a draft."""
    from chainmap.cli import catalogue_answers

    catalogue_answers.approve_catalogue(city, version, (by, date, why), workspace)


@catalogue_app.command(
    "import", help="导入已有的招商目录（Excel）：逐行匹配环节，拿不准的列出待确认。"
)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="已有目录的 .xlsx")],
    city: CityArg,
    confirmed: Annotated[Path | None, typer.Option("--confirmed", help="填好的导入确认表")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", callback=any_file, help="导入确认表写到哪里；缺省在原文件旁"),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=2100, help="目录年度；缺省为名录年份")
    ] = None,
    workspace: WorkspaceOpt = None,
) -> None:
    """Match somebody's catalogue to segments."""
    from chainmap.cli import catalogue_import_answers

    catalogue_import_answers.import_catalogue(file, city, (out, confirmed), year, workspace)


@catalogue_app.command(help="比较两个版本：增加、删除、改动的条目和字段。")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="版本名，如 330600-2026-v1，或 .yml")],
    after: Annotated[str, typer.Argument(metavar="B", help="版本名或 .yml")],
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write what differs between two versions."""
    from chainmap.cli import catalogue_answers

    catalogue_answers.show_difference(before, after, workspace, fmt, out)
