"""`chainmap report`: a city's report as a file an office hands over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_file
from chainmap.cli.options import CityArg, ExpiredOpt, PolicyDateOpt


def report(
    city: CityArg,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            callback=any_file,
            help="写到哪个文件，按结尾定格式：.html .pdf .docx .xlsx .md",
        ),
    ],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            "-k",
            help="gaps 缺口分析报告、targets 招商目标清单、catalogue 招商目录、"
            "profile 企业招商画像、comparison 城市对比",
        ),
    ] = "gaps",
    chain: Annotated[
        str | None, typer.Option("--chain", help="产业链编号或中文名，如 集成电路；缺省为全部")
    ] = None,
    company: Annotated[
        str | None, typer.Option("--company", help="画像的企业：名称、简称或股票代码")
    ] = None,
    other: Annotated[str | None, typer.Option("--with", help="对比的第二个城市")] = None,
    top: Annotated[
        int, typer.Option("--top", min=1, max=100, help="正文列出多少项缺口和多少家企业")
    ] = 20,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="自己的 Word 模板，由 chainmap template report 改成"),
    ] = None,
    version: Annotated[
        str | None, typer.Option("--version", help="招商目录的版本名；缺省为在用版本")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="招商目录所在工作区")
    ] = None,
    as_of: PolicyDateOpt = None,
    include_expired: ExpiredOpt = False,
) -> None:
    """Write a report."""
    from chainmap.cli import report_answers

    asked = report_answers.ReportQuestion(
        city, kind, chain, company, other, top, as_of, include_expired
    )
    report_answers.write_report(asked, out, template, (version, workspace))


def report_template(
    out: Annotated[
        Path, typer.Option("--out", "-o", callback=any_file, help="模板写到哪个 .docx")
    ] = Path("报告模板.docx"),
    profile: Annotated[bool, typer.Option("--profile", help="一页画像的模板")] = False,
) -> None:
    """Write the bundled Word template."""
    from chainmap.cli import report_answers

    report_answers.write_template(out, profile)
