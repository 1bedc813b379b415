"""Commands and options; each command only translates, the work is done below."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap import __version__
from chainmap.cli.admit import admit, project_template
from chainmap.cli.allocate import allocate
from chainmap.cli.catalogue import catalogue_app
from chainmap.cli.destinations import csv_or_parquet_file
from chainmap.cli.evaluate import evaluate_app
from chainmap.cli.intake import import_app, resolve, template_app
from chainmap.cli.labels import labels_app, landing_template
from chainmap.cli.options import (
    ChainOpt,
    CityArg,
    ExpiredOpt,
    FormatOpt,
    OutOpt,
    PerSegmentOpt,
    PlainFormatOpt,
    PolicyDateOpt,
    SegmentOpt,
    given,
    refuse_needless_limit,
)
from chainmap.cli.output import Format
from chainmap.cli.placement import place
from chainmap.cli.policy import policy_app
from chainmap.cli.projects import import_projects, project_list_template, projects_app
from chainmap.cli.report import report, report_template
from chainmap.cli.service import audit_app, backup, database_app, keys_app, restore
from chainmap.cli.snapshots import diff, snapshots_app
from chainmap.cli.taxonomy import draft, taxonomy_app
from chainmap.cli.train import train_app
from chainmap.cli.why import why, why_not
from chainmap.concepts.modes import Mode, mode_asked
from chainmap.errors import InputError

app = typer.Typer(
    name="chainmap",
    help="产业链缺口与招商目标：从政策原文和企业事实到有出处的排名清单。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(policy_app, name="policy")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(import_app, name="import")
app.add_typer(template_app, name="template")
app.command(help="企业识别：分支机构连到总部，提出可能的同一企业和子公司，从不自动合并。")(resolve)
app.add_typer(taxonomy_app, name="taxonomy")
app.add_typer(catalogue_app, name="catalogue")
app.command(help="准入对照：逐条答符合、不符合或未知，附规则出处和所用事实。")(admit)
template_app.command("project", help="写出项目资料的 Excel 模板（准入对照用）。")(project_template)
app.add_typer(projects_app, name="projects")
import_app.command(
    "projects",
    help="导入项目清单：CSV、Excel、Parquet 或它们的 zip；认得各地常用的列名，个人信息列一律丢弃。",
)(import_projects)
template_app.command("projects", help="写出项目清单的 Excel 模板（一行一个项目，含填写说明）。")(
    project_list_template
)
app.command(help="错位分配：多市同时排序，一家企业最多推给几市，冲突逐条说明谁让、为什么。")(
    allocate
)
app.add_typer(labels_app, name="labels")
template_app.command("landings", help="写出落地项目台账的 Excel 模板。")(landing_template)
app.command(help="城市报告：缺口分析、招商目标、招商目录、企业画像、城市对比。")(report)
template_app.command("report", help="写出报告的 Word 模板，改后用于 chainmap report --template。")(
    report_template
)
app.add_typer(train_app, name="train")
app.command(help="企业归位：按经营范围把企业放到产业链环节，给出角色、把握和原文依据。")(place)
app.command(help="从政策文件提出分类提案，写入草案文件夹，供专家逐条决定。")(draft)
app.add_typer(snapshots_app, name="snapshots")
app.command(
    help="比较两份名单快照：谁进谁出、名次变动，逐家分成数据、政策、模型、参数、其他企业。"
)(diff)
app.add_typer(keys_app, name="keys")
app.add_typer(audit_app, name="audit")
app.add_typer(database_app, name="database")
app.command(help="备份业务数据库和工作区数据表到一个文件；服务运行中也可。")(backup)
app.command(help="恢复备份；数据库可与备份时不同（SQLite 与 PostgreSQL 互通）。")(restore)
app.command(help="一家企业为什么在（或接近）一个城市的清单：各类依据、不利、合作方、出处。")(why)
app.command("why-not", help="一家企业为什么不在清单：差在哪一步，最小改变什么就能进入。")(why_not)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> None:
    """Show the version, or go on to a command."""
    if version:
        typer.echo(f"chainmap {__version__}")
        raise typer.Exit


@app.command(help="城市的招商目标企业清单（按得分排名，附理由与出处）。")
def targets(
    context: typer.Context,
    city: CityArg,
    chain: ChainOpt = None,
    segment: SegmentOpt = None,
    top: Annotated[int, typer.Option("--top", min=0, help="列出多少家，0 为全部")] = 20,
    per_segment: PerSegmentOpt = 3,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            "--weight", help="一类得分的倍数（0–3，1 为不调整），如 affinity=0.5，可多次给出"
        ),
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
    as_of: PolicyDateOpt = None,
    include_expired: ExpiredOpt = False,
    universe: Annotated[
        Path | None,
        typer.Option("--universe", help="企业总体表（CSV、Excel、Parquet），外地企业全部参加排序"),
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="用该工作区导入的企业作总体")
    ] = None,
    scores: Annotated[
        Path | None,
        typer.Option(
            "--scores",
            callback=csv_or_parquet_file,
            help="总体中全部候选的得分和各项，写入 CSV 或 Parquet",
        ),
    ] = None,
    save: Annotated[
        str | None,
        typer.Option("--save", help="把名单存为快照；这时 --workspace 是存放快照的目录"),
    ] = None,
    mode: Annotated[
        Mode | None,
        typer.Option(
            "--mode",
            help="招商方式：chain 产业链、industry 目标产业、leader 龙头引商、advantage 优势资源",
        ),
    ] = None,
    leader: Annotated[
        str | None, typer.Option("--leader", help="龙头引商的龙头企业，本市的或拟引进的")
    ] = None,
    industry: Annotated[
        list[str] | None,
        typer.Option("--industry", help="目标产业：板块或产业链，可多次给出；缺省为规划点名的"),
    ] = None,
) -> None:
    """Print or write a city's ranked targets."""
    from chainmap.cli import answers

    by = mode_asked(mode, leader, tuple(industry or ()))
    ranked = (segment, universe, scores, workspace if save is None else None)
    if by is not None and ranked != (None,) * 4:
        raise InputError(
            "--mode 不能与 --segment、--universe、--scores 同用；--workspace 只与 --save 同用。",
            todo="去掉其中一项。",
        )
    if save is not None and (universe is not None or scores is not None):
        raise InputError("企业总体的排序不存快照。", todo="去掉 --save、--universe 或 --scores。")
    by_model = universe is not None or (workspace is not None and save is None)
    limited = given(context, "per_segment")
    if by_model and (weight or include_expired or limited):
        raise InputError(
            "企业总体由模型整份排序，一家企业可在多个环节或不在任何环节："
            "--weight、--include-expired 和 --per-segment 对它不起作用。",
            todo="请去掉它们；列出多少家用 --top。",
        )
    if scores is not None and not by_model:
        raise InputError(
            "--scores 写的是企业总体的得分。", todo="请同时给出 --universe 或 --workspace。"
        )
    if by_model:
        from chainmap.cli import target_scores_answers
        from chainmap.sources.asked_days import typed_asked_day

        asked = target_scores_answers.Asked(
            city, universe, workspace, typed_asked_day(as_of), top, scores,
            answers.segments_of(chain, segment),
        )  # fmt: skip
        target_scores_answers.show_ranked_universe(asked, fmt, out)
        return
    refuse_needless_limit(context, segment)
    from chainmap.ranking.target_options import TargetOptions, weights_from

    options = TargetOptions(top=top, per_segment=per_segment, weights=weights_from(weight or []))
    question = answers.Question(city, chain, segment, as_of, include_expired)
    if save is not None:
        from chainmap.cli import kept_snapshots, snapshots_answers

        keeping = kept_snapshots.Keeping(save, workspace, by)
        snapshots_answers.save_targets(question, options, keeping, fmt, out)
        return
    if by is not None:
        from chainmap.cli import why_answers

        why_answers.show_targets_by_mode(question, options, by, fmt, out)
        return
    answers.show_targets(question, options, fmt, out)


@app.command(help="城市的产业链缺口：建链、补链、强链、延链。")
def gaps(
    city: CityArg,
    chain: ChainOpt = None,
    top: Annotated[int, typer.Option("--top", min=1, help="列出多少项")] = 30,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
    as_of: PolicyDateOpt = None,
    include_expired: ExpiredOpt = False,
    peers: Annotated[
        str | None,
        typer.Option(
            "--peer-group", help="对标城市：province、size、similar，或城市名，如 宁波,苏州"
        ),
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", help="说明一个环节：算式、区间、受影响企业、出处")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="用该工作区导入的企业登记数据计数")
    ] = None,
) -> None:
    """Print or write a city's gaps."""
    from chainmap.cli import gap_answers

    question = gap_answers.GapQuestion(
        city, chain, as_of, include_expired, top, peers, explain, workspace
    )
    gap_answers.show_gaps(question, fmt, out)


@app.command(help="产业链一览；给出编号或名称时列出其环节。")
def chains(
    chain: Annotated[str | None, typer.Argument(metavar="ID", help="产业链编号或中文名")] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the chains, or one chain's segments."""
    from chainmap.cli import answers

    answers.show_chains(chain, fmt, out)


@app.command(help="读政策文件：专栏、细分领域、术语、目标，均带原文位置。")
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="txt、docx、pdf 或 html")],
    fmt: PlainFormatOpt = None,
    out: OutOpt = None,
) -> None:
    """Print or write what policy documents say."""
    from chainmap.cli import answers

    answers.show_extraction(files, fmt, out)


@app.command(
    help="检查 taxonomy/ 与名录：孤立、成环、重名、未知代码、无出处等；有问题时退出码为 8。"
)
def review() -> None:
    """Print what an expert should look at in the taxonomy."""
    from chainmap.cli import answers

    raise typer.Exit(answers.show_review())


@app.command(help="检查安装：版本、数据、端口、权限。")
def doctor() -> None:
    """Print the state of this installation."""
    from chainmap.cli import answers

    raise typer.Exit(answers.show_doctor())


@app.command(help="启动 API 服务（缺省只监听本机；监听其他地址前须先建立密钥）。")
def serve(
    host: Annotated[str | None, typer.Option("--host", help="监听地址")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="端口")] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="服务进程数")] = 1,
) -> None:
    """Serve the API until stopped."""
    from chainmap.cli.serving import run_server

    run_server(host, port, workers)


@app.command(help="智能体接口：经标准输入输出提供 MCP 服务（只读）。")
def mcp() -> None:
    """Speak MCP until the other side hangs up."""
    from chainmap.cli.serving import run_agents

    run_agents()
