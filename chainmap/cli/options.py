"""Options and arguments that several commands share: one wording, one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chainmap.cli.output import Format

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
    typer.Option("--format", "-f", help="输出形式；缺省为 json，写入文件时按文件名"),
]
FormatOpt = Annotated[Format, typer.Option("--format", "-f", help="输出形式")]
OutOpt = Annotated[Path | None, typer.Option("--out", "-o", help="写入文件；缺省输出到屏幕")]
WorkbookOpt = Annotated[Path, typer.Option("--out", "-o", help="写到哪个 .xlsx 文件")]

WorkspaceOpt = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="工作区文件夹；缺省为 CHAINMAP_WORKSPACE"),
]
MappingOpt = Annotated[
    Path | None, typer.Option("--mapping", "-m", help="列名对照表（YAML），用于认不出的格式")
]
RejectsOpt = Annotated[
    Path | None, typer.Option("--rejects", help="另存拒收的行（CSV，Excel、WPS 可直接打开）")
]
DryRunOpt = Annotated[bool, typer.Option("--dry-run", help="只核对并报告，不改动工作区")]
WorkersOpt = Annotated[int, typer.Option("--workers", min=1, help="进程数；1 为在本进程内运行")]
RegisterOpt = Annotated[
    Path | None, typer.Option("--data", help="企业登记 Parquet 文件夹；缺省用随附名录")
]
PlacedOpt = Annotated[
    Path | None, typer.Option("--work", help="存放归位结果的文件夹，重跑时不必再归位")
]
