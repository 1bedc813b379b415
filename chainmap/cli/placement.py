"""`chainmap place [FILE…]`: where companies stand in the chains, by what they say they do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from chainmap.cli.destinations import any_file
from chainmap.cli.options import FormatOpt, OutOpt, WorkersOpt, WorkspaceOpt
from chainmap.cli.output import Format
from chainmap.errors import InputError


def place(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE…]",
            help="企业名单：import companies 认得的都可以，须有企业名称和经营范围（或主营业务、"
            "主要产品）；缺省读工作区，并更新其中的环节分布",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            callback=any_file,
            help="写入的文件，.xlsx、.csv 或 .parquet；给出名单时必填",
        ),
    ] = None,
    workspace: WorkspaceOpt = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="工作区的环节分布按哪一天计 YYYY-MM-DD：之后成立的不计"),
    ] = None,
    company_column: Annotated[
        str | None, typer.Option("--company-column", help="企业标识（如统一社会信用代码）的列名")
    ] = None,
    name_column: Annotated[str | None, typer.Option("--name-column", help="企业名称的列名")] = None,
    scope_column: Annotated[
        str | None, typer.Option("--scope-column", help="经营范围的列名")
    ] = None,
    business_column: Annotated[
        str | None, typer.Option("--business-column", help="主营业务的列名")
    ] = None,
    products_column: Annotated[
        str | None, typer.Option("--products-column", help="主要产品的列名")
    ] = None,
    industry_column: Annotated[
        str | None, typer.Option("--industry-column", help="国民经济行业代码的列名")
    ] = None,
    workers: WorkersOpt = 1,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Dask 调度器地址；给出则在集群上运行")
    ] = None,
) -> None:
    """Write company × segment × role × confidence × evidence."""
    from chainmap.cli import placement_answers

    named = {
        "company": company_column, "name": name_column, "scope": scope_column,
        "business": business_column, "products": products_column,
        "industry_code": industry_column,
    }  # fmt: skip
    columns = {field: column for field, column in named.items() if column is not None}
    where = placement_answers.Where(workers, scheduler)
    if files and (workspace is not None or as_of is not None):
        raise InputError(
            "给出名单时不读工作区，--workspace 和 --as-of 不起作用。", todo="去掉名单，或去掉它们。"
        )
    if columns and not files:
        raise InputError("工作区的列名是固定的，不能用 --…-column 指定。", todo="请去掉它们。")
    if files:
        placement_answers.place_files(files, out, columns, where)
    else:
        placement_answers.place_workspace(workspace, out, as_of, where)


def evaluate_placement(
    companies: Annotated[
        Path,
        typer.Option("--companies", help="标注企业所在的登记表（Parquet、CSV）"),
    ],
    golden: Annotated[
        Path | None,
        typer.Option("--golden", help="标注文件；缺省为源码目录的 tests/golden/placement.csv"),
    ] = None,
    split: Annotated[
        Literal["dev", "test"], typer.Option("--split", help="dev 为调参用，test 为检验用")
    ] = "test",
    listed: Annotated[
        Path | None, typer.Option("--listed", help="另对照上市公司弱标注：上市公司表 CSV")
    ] = None,
    products: Annotated[
        Path | None, typer.Option("--listed-products", help="上市公司产品收入占比表 CSV")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="列出不一致之处（只限 dev）")] = False,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the scores of placement."""
    from chainmap.cli import placement_evaluation

    asked = placement_evaluation.Asked(companies, golden, split, listed, products, errors)
    placement_evaluation.show_scores(asked, fmt, out)
