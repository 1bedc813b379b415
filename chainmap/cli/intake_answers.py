"""What `chainmap import companies` and `chainmap template companies` answer."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

from chainmap.cli.imports_told import (
    given_mapping,
    print_happened,
    print_lists,
    print_workspace,
    save_rejects,
    save_template,
    target_workspace,
)
from chainmap.cli.output import say
from chainmap.errors import InputError
from chainmap.linkage.intake import (
    Happened,
    Mapper,
    Progress,
    Report,
    Request,
    import_companies,
)
from chainmap.linkage.partitions import run_in_processes, run_on_cluster
from chainmap.sources.asked_days import typed_asked_day
from chainmap.sources.workspace import Workspace


class Where(NamedTuple):
    """Where partitions are read."""

    workers: int
    scheduler: str | None


class Asked(NamedTuple):
    """The command line, as typed."""

    files: list[Path]
    workspace: Path | None
    mapping: Path | None
    as_of: str | None
    rejects: Path | None
    dry_run: bool
    where: Where


def run_import(asked: Asked) -> None:
    """Answer `chainmap import companies`."""
    day = typed_asked_day(asked.as_of)
    request = Request(asked.files, dt.date.today(), day, given_mapping(asked.mapping))
    with target_workspace(asked.workspace, dry_run=asked.dry_run) as workspace:
        with _progress() as progress:
            report = import_companies(workspace, request, progress, _mapper(asked.where))
        _print_report(report, workspace, asked)
        save_rejects(report.lists, workspace, asked.rejects)


def write_template(out: Path) -> None:
    """Answer `chainmap template companies`.

    Raises:
        InputError: The file is not called .xlsx.
    """
    from chainmap.reports.company_template import write_company_template

    save_template(out, write_company_template, ("企业名单", "companies"))


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show rows and rows per second on stderr; plain lines where nobody watches a terminal."""
    import time

    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    started, rows = time.perf_counter(), {"读入": 0, "合并": 0}
    bars = Bars(
        TextColumn("{task.description}"), BarColumn(),
        TextColumn("{task.completed:,.0f} 行"), TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(), console=Console(stderr=True), transient=True,
        disable=not sys.stderr.isatty(),
    )  # fmt: skip
    tasks = {name: bars.add_task(name, total=None, speed="") for name in rows}

    def step(name: str, n: int) -> None:
        rows[name] += n
        speed = rows[name] / max(time.perf_counter() - started, 1e-3)
        bars.update(tasks[name], completed=rows[name], speed=f"{speed:,.0f} 行/秒")

    with bars:
        yield Progress(step)
    seconds = time.perf_counter() - started
    say(f"读入 {rows['读入']:,} 行，用时 {seconds:.1f} 秒，{rows['读入'] / seconds:,.0f} 行/秒。")


def _print_report(report: Report, workspace: Workspace, asked: Asked) -> None:
    happened = Happened(report.reject_reasons, report.repair_rules, report.rejects)
    print_lists(report.lists, report.passed_over)
    print_happened(happened, _FIELD_ZH, 5 if not asked.dry_run else 20)
    total = f"共 {report.n_companies:,} 家企业，新增 {report.added:,}，更新 {report.updated:,}"
    print_workspace(total, report.lists, workspace, dry_run=asked.dry_run)


def _mapper(where: Where) -> Mapper:
    # The mappers carry any function over any partitions; they are typed for tables.
    if where.scheduler is not None:
        try:
            from dask.distributed import Client
        except ImportError as error:
            raise InputError(
                "没有安装 Dask。", todo='运行 pip install "industry-chainmap[cluster]"。'
            ) from error
        connect = cast(Any, Client)
        return cast(Mapper, run_on_cluster(connect(where.scheduler)))
    return map if where.workers == 1 else cast(Mapper, run_in_processes(where.workers))


_FIELD_ZH = {
    "uscc": "信用代码", "capital": "注册资本", "paid_capital": "实缴资本", "founded": "成立日期",
    "approved": "核准日期", "status": "登记状态", "kind": "企业类型", "place": "地点",
    "industry_code": "行业代码", "name": "名称", "scope": "经营范围", "address": "地址",
}  # fmt: skip
