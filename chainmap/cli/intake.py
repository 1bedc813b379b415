"""`chainmap import …` and `chainmap template …`: company lists in, and what to fill in by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.options import (
    DryRunOpt,
    FormatOpt,
    MappingOpt,
    OutOpt,
    RejectsOpt,
    WorkbookOpt,
    WorkersOpt,
    WorkspaceOpt,
)
from chainmap.cli.output import Format

import_app = typer.Typer(
    name="import",
    help="导入企业名单到工作区：逐行核对、修复、合并，说不清的拒收并写明原因。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
template_app = typer.Typer(
    name="template",
    help="可填写的 Excel 模板。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@import_app.command(
    help="导入企业名单：CSV、XLSX、XLS、Parquet 或它们的 zip；认得企查查、天眼查、爱企查、启信宝、"
    "国家企业信用信息公示系统、统计部门名录和本产品模板的列名。"
)
def companies(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="名单文件，可多个")],
    workspace: WorkspaceOpt = None,
    mapping: MappingOpt = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="名单日期 YYYY-MM-DD；缺省取标题行或文件名中的日期，再取今天"),
    ] = None,
    rejects: RejectsOpt = None,
    workers: WorkersOpt = 1,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", help="Dask 调度器地址；文件与工作区须在共享存储上"),
    ] = None,
    dry_run: DryRunOpt = False,
) -> None:
    """Import company lists into the workspace."""
    from chainmap.cli import intake_answers

    where = intake_answers.Where(workers, scheduler)
    asked = intake_answers.Asked(files, workspace, mapping, as_of, rejects, dry_run, where)
    intake_answers.run_import(asked)


@template_app.command("companies", help="写出企业名单的 Excel 模板（含填写说明）。")
def company_template(
    out: WorkbookOpt,
) -> None:
    """Write the template for company lists."""
    from chainmap.cli import intake_answers

    intake_answers.write_template(out)


def evaluate_resolution(
    golden: Annotated[
        Path | None,
        typer.Option("--golden", help="标注 CSV；缺省为源码目录的 tests/golden/resolution.csv"),
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", "-w", help="按信用代码标注的企业从这个工作区取名称"),
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write how well companies are told apart."""
    from chainmap.cli import resolution_answers

    resolution_answers.show_resolution_scores(golden, workspace, fmt, out)


def resolve(
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Link branches to parents and propose who else belongs together; nothing is merged."""
    from chainmap.cli import resolution_answers

    resolution_answers.show_links(workspace, fmt, out)
