"""`chainmap why` and `chainmap why-not`: options only."""

from __future__ import annotations

from typing import Annotated

import typer

from chainmap.cli.options import (
    ChainOpt,
    CityArg,
    ExpiredOpt,
    FormatOpt,
    OutOpt,
    PerSegmentOpt,
    SegmentOpt,
    refuse_needless_limit,
)
from chainmap.cli.output import Format

CompanyArg = Annotated[
    str, typer.Argument(metavar="COMPANY", help="企业：简称、全称、编号或股票代码")
]
TopOpt = Annotated[int, typer.Option("--top", min=0, help="清单列出多少家，0 为全部")]
WeightOpt = Annotated[
    list[str] | None, typer.Option("--weight", help="调整一类得分的倍数（0–3），如 affinity=0.5")
]
AsOfOpt = Annotated[str | None, typer.Option("--as-of", help="时点 YYYY-MM-DD；缺省为名录日期")]


def why(
    context: typer.Context,
    city: CityArg,
    company: CompanyArg,
    chain: ChainOpt = None,
    segment: SegmentOpt = None,
    top: TopOpt = 20,
    per_segment: PerSegmentOpt = 3,
    weight: WeightOpt = None,
    as_of: AsOfOpt = None,
    include_expired: ExpiredOpt = False,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write why a company stands where it does on a city's list."""
    refuse_needless_limit(context, segment)
    from chainmap.cli import answers, why_answers
    from chainmap.ranking.target_options import TargetOptions, weights_from

    options = TargetOptions(top=top, per_segment=per_segment, weights=weights_from(weight or []))
    question = answers.Question(city, chain, segment, as_of, include_expired)
    why_answers.show_why(question, company, options, fmt, out)


def why_not(
    context: typer.Context,
    city: CityArg,
    company: CompanyArg,
    chain: ChainOpt = None,
    segment: SegmentOpt = None,
    top: TopOpt = 20,
    per_segment: PerSegmentOpt = 3,
    weight: WeightOpt = None,
    as_of: AsOfOpt = None,
    include_expired: ExpiredOpt = False,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write why a company is not on a city's list, and what would bring it in."""
    refuse_needless_limit(context, segment)
    from chainmap.cli import answers, why_answers
    from chainmap.ranking.target_options import TargetOptions, weights_from

    options = TargetOptions(top=top, per_segment=per_segment, weights=weights_from(weight or []))
    question = answers.Question(city, chain, segment, as_of, include_expired)
    why_answers.show_why_not(question, company, options, fmt, out)
