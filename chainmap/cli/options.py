"""Options and arguments that several commands share: one wording, one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.destinations import any_file, any_folder, csv_file, result_file
from chainmap.cli.output import Format
from chainmap.errors import InputError

CityArg = Annotated[
    str, typer.Argument(metavar="CITY", help="城市：绍兴、绍兴市、Shaoxing 或 330600")
]
ChainOpt = Annotated[str | None, typer.Option("--chain", help="产业链编号或中文名，如 集成电路")]
SegmentOpt = Annotated[str | None, typer.Option("--segment", help="只看一个环节")]
PerSegmentOpt = Annotated[
    int, typer.Option("--per-segment", min=0, help="同一环节最多几家，0 为不限")
]
PolicyDateOpt = Annotated[
    str | None, typer.Option("--as-of", help="政策时点 YYYY-MM-DD；缺省为名录日期")
]
ExpiredOpt = Annotated[bool, typer.Option("--include-expired", help="已到期的规划也计入得分")]

PlainFormatOpt = Annotated[
    Format | None,
    typer.Option("--format", "-f", is_eager=True, help="输出形式；缺省为 json，写入文件时按文件名"),
]
FormatOpt = Annotated[Format, typer.Option("--format", "-f", is_eager=True, help="输出形式")]
OutOpt = Annotated[
    Path | None,
    typer.Option("--out", "-o", callback=result_file, help="写入文件；缺省输出到屏幕"),
]
WorkbookOpt = Annotated[
    Path, typer.Option("--out", "-o", callback=any_file, help="写到哪个 .xlsx 文件")
]

WorkspaceOpt = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="工作区文件夹；缺省为 CHAINMAP_WORKSPACE"),
]
MappingOpt = Annotated[
    Path | None, typer.Option("--mapping", "-m", help="列名对照表（YAML），用于认不出的格式")
]
RejectsOpt = Annotated[
    Path | None,
    typer.Option("--rejects", callback=csv_file, help="另存拒收的行（CSV，Excel、WPS 可直接打开）"),
]
DryRunOpt = Annotated[bool, typer.Option("--dry-run", help="只核对并报告，不改动工作区")]
WorkersOpt = Annotated[int, typer.Option("--workers", min=1, help="进程数；1 为在本进程内运行")]
RegisterOpt = Annotated[
    Path | None, typer.Option("--data", help="企业登记 Parquet 文件夹；缺省用随附名录")
]
PlacedOpt = Annotated[
    Path | None,
    typer.Option("--work", callback=any_folder, help="存放归位结果的文件夹，重跑时不必再归位"),
]


def refuse_needless_limit(context: typer.Context, segment: str | None) -> None:
    """Raise where a limit per segment is asked for and one segment alone, which has none.

    Raises:
        InputError: It is.
    """
    if segment is not None and given(context, "per_segment") and context.params["per_segment"]:
        raise InputError(
            "只看一个环节时没有每环节的上限，--per-segment 不起作用。",
            todo="请去掉它；列出多少家用 --top。",
        )


def given(context: typer.Context, option: str) -> bool:
    """Return whether an option was named, whatever its value; its default may be named too."""
    source = context.get_parameter_source(option)
    return source is not None and source.name != "DEFAULT"
