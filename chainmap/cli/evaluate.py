"""`chainmap evaluate …`: how good the product is, measured against what people made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_file, any_folder
from chainmap.cli.entry_nodes import NodeKind
from chainmap.cli.intake import evaluate_resolution
from chainmap.cli.options import FormatOpt, OutOpt, PlacedOpt, RegisterOpt
from chainmap.cli.output import Format
from chainmap.cli.placement import evaluate_placement

ZHEJIANG = (
    "杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "舟山", "台州", "丽水",
)  # fmt: skip
"""The eleven cities whose experts read the lists first."""

evaluate_app = typer.Typer(
    name="evaluate",
    help="评测：对照人工标注，打印准确率、召回率和 F1。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@evaluate_app.callback()
def measures() -> None:
    """Keep the commands named even while there is one only."""


@evaluate_app.command(help="政策抽取对照人工标注：专栏、细分领域、术语、目标、布局、原文位置。")
def policy(
    documents: Annotated[
        list[Path], typer.Option("--documents", help="规划原文的文件或文件夹，按 SHA-256 对应标注")
    ],
    golden: Annotated[
        Path | None,
        typer.Option("--golden", help="标注文件夹；缺省为源码目录的 tests/golden/policy"),
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the scores of the policy reader."""
    from chainmap.cli import evaluate_answers

    evaluate_answers.show_policy_scores(documents, golden, fmt, out)


evaluate_app.command(
    name="placement", help="归位对照人工标注：各链准确率、召回率、F1 和角色，附区间。"
)(evaluate_placement)

evaluate_app.command(name="resolution", help="企业识别对照人工标注：同一企业、分支、子公司。")(
    evaluate_resolution
)


@evaluate_app.command(help="数据看得见多少企业；隐去一部分再估，90% 区间是否包含真实家数。")
def coverage(
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", help="上市公司表或登记表，或含二者的文件夹：重数覆盖率，并在登记数据上检验"
        ),
    ] = None,
    repeats: Annotated[
        int, typer.Option("--repeats", min=1, max=50, help="每种隐去方式重复几次")
    ] = 1,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write coverage per source and the hidden-firm test."""
    from chainmap.cli import coverage_answers

    coverage_answers.show_coverage(data, repeats, fmt, out)


@evaluate_app.command(help="缺口排序对权重的敏感性：各权重增减一半后的秩相关。")
def sensitivity(
    cities: Annotated[
        list[str] | None, typer.Option("--city", help="城市，可多次给出；缺省为浙江十一市")
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write how far gap ranks follow the weights."""
    from chainmap.cli import sensitivity_answers

    sensitivity_answers.show_sensitivity(cities or list(ZHEJIANG), fmt, out)


@evaluate_app.command(
    help="进入模型：按年份回测各方法的排序与概率，附区间、消融、校准和防泄漏检验。"
)
def gaps(
    data: RegisterOpt = None,
    nodes: Annotated[
        NodeKind,
        typer.Option("--nodes", help="按环节、产品名或分类用词"),
    ] = NodeKind.SEGMENTS,
    quick: Annotated[
        bool, typer.Option("--quick", help="少建树、少分组、不做消融，先看个大概")
    ] = False,
    work: PlacedOpt = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the back-test of the entry model."""
    from chainmap.cli import entry_answers

    entry_answers.show_entry_scores(data, nodes, quick, entry_answers.Shown(fmt, out, work))


@evaluate_app.command(help="关联度方法的外部基准：公开的国家—产品出口数据，全部基线列于一表。")
def relatedness(
    data: Annotated[
        Path, typer.Option("--data", help="含 train.txt、validation.txt、test.txt 的文件夹")
    ],
    quick: Annotated[bool, typer.Option("--quick", help="只算基线，不训练学习模型")] = False,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the table of the external benchmark."""
    from chainmap.cli import relatedness_answers

    relatedness_answers.show_relatedness(data, quick, fmt, out)


@evaluate_app.command(
    help="目标排序：留出企业、城市和后来的年份，与各种简单排法比较；附区间、校准和分项。"
)
def targets(
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            help="含企业总体表、异地布局表（可另有落地台账、登记表）的文件夹；缺省用随附名录",
        ),
    ] = None,
    dated: Annotated[
        bool, typer.Option("--dated/--no-dated", help="文件夹中有登记表时，是否另做按年回测")
    ] = True,
    province: Annotated[
        str | None,
        typer.Option(
            "--province", help="只看落到某省各市的布局，如 33 或 浙江；另按年份看有日期的落地"
        ),
    ] = None,
    cities: Annotated[
        str | None, typer.Option("--cities", help="只看落到这些城市的布局，如 绍兴,宁波")
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option("--pictures", callback=any_folder, help="画可靠性图（SVG 和 PNG）的文件夹"),
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the scorecard of the target ranker."""
    from chainmap.cli import targets_evaluation, targets_places
    from chainmap.cli.targets_evaluation import Shown

    if province is not None or cities is not None:
        targets_places.show_place_scores(data, province, cities, Shown(fmt, out, pictures))
        return
    targets_evaluation.show_target_scores(data, dated, Shown(fmt, out, pictures))


@evaluate_app.command(help="归位校准：归到某环节的企业有多大可能真做它，对照留出的一半人工标注。")
def makes(
    golden: Annotated[
        Path | None,
        typer.Option("--golden", help="标注文件夹；缺省为源码目录的 tests/golden"),
    ] = None,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write how chances that a placement is right compare with labels."""
    from chainmap.cli import makes_answers

    makes_answers.show_makes_scores(golden, fmt, out)


@evaluate_app.command(
    help="理由是否属实：抽去最有力的依据、把注册资本放大十倍，重新排序，看名次怎样变。"
)
def explanations(
    cities: Annotated[
        list[str] | None, typer.Option("--city", help="城市，可多次给出；缺省为浙江十一市")
    ] = None,
    each: Annotated[
        int, typer.Option("--each", min=1, max=1000, help="各市前100位和其余中各抽多少家")
    ] = 25,
    seed: Annotated[int, typer.Option("--seed", help="抽样的种子")] = 20261121,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write whether reasons carry the ranks they explain."""
    from chainmap.cli import explanations_answers

    chosen = cities or list(ZHEJIANG)
    explanations_answers.show_explanation_scores(chosen, each, seed, fmt, out)


@evaluate_app.command(help="把政策、覆盖、归位三项评测的 JSON 汇成评测页所读的一份成绩。")
def scorecard(
    policy: Annotated[Path, typer.Option("--policy", help="evaluate policy -f json 的输出")],
    coverage: Annotated[Path, typer.Option("--coverage", help="evaluate coverage -f json 的输出")],
    placement: Annotated[
        Path, typer.Option("--placement", help="evaluate placement -f json 的输出")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", callback=any_file, help="写入的文件，如 models/scorecard.json"),
    ],
) -> None:
    """Write the scorecard that the evaluation page reads."""
    from chainmap.cli import scorecard_answers

    scorecard_answers.write_scorecard(policy, coverage, placement, out)
