"""`chainmap evaluate …`: how good the product is, measured against what people made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.intake import evaluate_resolution
from chainmap.cli.output import Format
from chainmap.cli.placement import evaluate_placement

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
    fmt: Annotated[Format, typer.Option("--format", "-f", help="输出形式")] = Format.TABLE,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写入文件；缺省输出到屏幕")
    ] = None,
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
