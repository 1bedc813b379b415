"""`chainmap allocate`: one allocation for many cities (错位分配)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.options import ExpiredOpt, FormatOpt, OutOpt
from chainmap.cli.output import Format


def allocate(
    cities: Annotated[
        str | None, typer.Option("--cities", help="城市，用逗号分开，如 绍兴,宁波,嘉兴")
    ] = None,
    province: Annotated[
        str | None, typer.Option("--province", help="全省各市，如 浙江；可与 --cities 合用")
    ] = None,
    chain: Annotated[str | None, typer.Option("--chain", help="只看一条产业链")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=200, help="每市列出多少家")] = 20,
    max_cities: Annotated[
        int, typer.Option("--max-cities", min=1, max=60, help="一家企业最多推给几个城市")
    ] = 2,
    per_segment: Annotated[
        int, typer.Option("--per-segment", min=0, max=200, help="同一环节每市最多几家，0 为不限")
    ] = 3,
    link: Annotated[
        list[str] | None,
        typer.Option("--link", help="飞地：两地共享招商对象，合计一次，如 绍兴:杭州，可多次给出"),
    ] = None,
    locks: Annotated[
        Path | None,
        typer.Option("--locks", help="首报首谈表（CSV、Excel）：企业、城市、截止日期三列"),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="规划和首报首谈的时点 YYYY-MM-DD；缺省为名录日期"),
    ] = None,
    include_expired: ExpiredOpt = False,
    fmt: FormatOpt = Format.TABLE,
    out: OutOpt = None,
) -> None:
    """Print or write the lists of several cities made at once."""
    from chainmap.cli import allocate_answers

    asked = allocate_answers.Asked(
        cities, province, chain, (top, max_cities, per_segment), tuple(link or ()), locks,
        as_of, include_expired,
    )  # fmt: skip
    allocate_answers.show_allocation(asked, fmt, out)
