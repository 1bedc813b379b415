"""`chainmap projects …`, `import projects`, `template projects`: project lists and propositions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.options import (
    CityArg,
    DryRunOpt,
    FormatOpt,
    MappingOpt,
    OutOpt,
    RejectsOpt,
    WorkbookOpt,
    WorkspaceOpt,
)
from chainmap.cli.output import Format

projects_app = typer.Typer(
    name="projects",
    help="项目：与招商目录对接排序，由目录条目提出项目建议和招引对象。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

LandOpt = Annotated[
    float | None,
    typer.Option("--land", min=0.01, help="一个项目可供用地（亩），用于由投资强度推算规模"),
]
AsOfOpt = Annotated[
    str | None, typer.Option("--as-of", help="规则和规划时点 YYYY-MM-DD；缺省为名录日期")
]


@projects_app.command(
    help="项目与该市在用招商目录对接：先按准入规则过滤，再排序，每一项得分都列出。"
)
def rank(
    city: CityArg,
    workspace: WorkspaceOpt = None,
    land: LandOpt = None,
    as_of: AsOfOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write a workspace's projects ranked against a city's catalogue."""
    from chainmap.cli import projects_answers

    asked = projects_answers.Asked(city, workspace, land, as_of)
    projects_answers.show_ranking(asked, fmt, out)


@projects_app.command(
    help="由目录条目提出项目建议：方向、规模区间、准入条件及出处、排好序的招引对象。"
)
def propose(
    city: CityArg,
    chain: Annotated[str | None, typer.Option("--chain", help="只看一条产业链")] = None,
    top: Annotated[int, typer.Option("--top", min=0, help="列出多少项，0 为全部")] = 0,
    sponsors: Annotated[
        int, typer.Option("--sponsors", min=1, max=100, help="每项列出多少家招引对象")
    ] = 5,
    workspace: WorkspaceOpt = None,
    land: LandOpt = None,
    as_of: AsOfOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write project propositions made from a city's catalogue."""
    from chainmap.cli import projects_answers

    asked = projects_answers.Asked(city, workspace, land, as_of)
    projects_answers.show_propositions(asked, (chain, top, sponsors), fmt, out)


@projects_app.command(help="项目在历次清单中的变化：何时、哪一项、从什么改为什么。")
def history(
    project: Annotated[
        str | None, typer.Argument(metavar="PROJECT", help="项目编号、代码或名称；缺省为全部")
    ] = None,
    workspace: WorkspaceOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write what projects were said to be before."""
    from chainmap.cli import projects_answers

    projects_answers.show_history(project, workspace, fmt, out)


def import_projects(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="项目清单，可多个")],
    workspace: WorkspaceOpt = None,
    mapping: MappingOpt = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="清单日期 YYYY-MM-DD；缺省取标题行或文件名中的日期，再取今天"),
    ] = None,
    rejects: RejectsOpt = None,
    dry_run: DryRunOpt = False,
) -> None:
    """Import project lists into the workspace."""
    from chainmap.cli import projects_import_answers

    asked = projects_import_answers.Asked(files, workspace, mapping, as_of, rejects, dry_run)
    projects_import_answers.run_import(asked)


def project_list_template(
    out: WorkbookOpt,
) -> None:
    """Write the template for project lists."""
    from chainmap.cli import projects_import_answers

    projects_import_answers.write_template(out)
