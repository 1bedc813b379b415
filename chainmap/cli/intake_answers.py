"""What `chainmap import companies` and `chainmap template companies` answer."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Translation
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

from chainmap.cli.output import say, write_file
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
from chainmap.settings import load_settings
from chainmap.sources.intake.layout import (
    ColumnNames,
    Mapping,
    UnknownLayoutError,
    read_mapping,
)
from chainmap.sources.workspace import ImportedList, Workspace

SHOWN = 12
"""Kinds of repairs and rejects a report lists; all of them are in the files."""


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
    folder = asked.workspace or load_settings().workspace
    day = list_day(asked.as_of)
    request = Request(asked.files, dt.date.today(), day, given_mapping(asked.mapping))
    scratch = Path(tempfile.mkdtemp(prefix="chainmap-")) if asked.dry_run else None
    workspace = Workspace(folder, scratch)
    try:
        with _progress() as progress:
            report = import_companies(workspace, request, progress, _mapper(asked.where))
        _print_report(report, workspace, asked)
        save_rejects(report.lists, workspace, asked.rejects)
    except UnknownLayoutError as error:
        sys.stdout.write(error.mapping)
        raise
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


def write_template(out: Path) -> None:
    """Answer `chainmap template companies`.

    Raises:
        InputError: The file is not called .xlsx.
    """
    from chainmap.reports.company_template import write_company_template

    if out.suffix.lower() != ".xlsx":
        raise InputError(f"模板是 Excel 文件，{out.name} 应以 .xlsx 结尾。")
    write_file(out, write_company_template)
    say(f"已写入 {out}：填好“企业名单”一页后运行 chainmap import companies {out}")


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
    what = "（试运行，工作区未改动）" if asked.dry_run else ""
    sys.stdout.write(
        f"工作区 {workspace.folder}：共 {report.n_companies:,} 家企业，新增 {report.added:,}，"
        f"更新 {report.updated:,}{what}\n"
    )
    if not asked.dry_run:
        print_reject_files(report.lists, workspace)


def print_lists(lists: Sequence[ImportedList], passed_over: Sequence[str]) -> None:
    """Print what became of every list's rows, and what was passed over."""
    for entry in lists:
        _print_list(entry)
    if len(lists) > 1:
        totals = [sum(getattr(e, k) for e in lists)
                  for k in ("rows", "accepted", "repaired", "merged", "rejected")]  # fmt: skip
        sys.stdout.write("合计：" + _sum(totals) + "\n")
    for line in passed_over:
        sys.stdout.write(f"跳过：{line}\n")


def print_happened(happened: Happened, fields: Translation[str, str], shown: int) -> None:
    """Print the kinds of repairs and rejects, and the first rejects in full.

    Args:
        happened: Counted by kind.
        fields: A field's name in Chinese.
        shown: How many rejects are spelled out.
    """
    _print_kinds("修复与补充", [f"{fields.get(f, f)}：{r}" for f, r, _ in happened.repair_rules],
                 [n for _, _, n in happened.repair_rules])  # fmt: skip
    _print_kinds("拒收原因", [r for r, _ in happened.reject_reasons],
                 [n for _, n in happened.reject_reasons])  # fmt: skip
    for label, row, reason in happened.rejects[:shown]:
        sys.stdout.write(f"  {label} 第 {row} 行：{reason}\n")


def print_reject_files(lists: Sequence[ImportedList], workspace: Workspace) -> None:
    """Print where the rejected rows lie."""
    for entry in lists:
        if entry.rejects:
            sys.stdout.write(f"拒收的行：{workspace.folder / entry.rejects}\n")


def _print_list(entry: ImportedList) -> None:
    layout = f"，列名像{entry.export}的导出" if entry.export else ""
    numbers = [entry.rows, entry.accepted, entry.repaired, entry.merged, entry.rejected]
    sys.stdout.write(f"{entry.label}（数据日期 {entry.as_of}，取自{entry.as_of_from}{layout}）\n")
    blank = f"；另有空行 {entry.blank_lines}" if entry.blank_lines else ""
    sys.stdout.write(f"  {_sum(numbers)}{blank}\n")
    if entry.personal_dropped:
        dropped = "、".join(entry.personal_dropped)
        sys.stdout.write(f"  个人信息不入库，打开文件时已丢弃的列：{dropped}\n")
    if entry.not_used:
        sys.stdout.write(f"  没有用到的列：{'、'.join(entry.not_used)}\n")


def _sum(numbers: list[int]) -> str:
    rows, accepted, repaired, merged, rejected = numbers
    return (
        f"读入 {rows:,} 行 = 采用 {accepted:,} + 修复后采用 {repaired:,} + 合并 {merged:,} "
        f"+ 拒收 {rejected:,}"
    )


def _print_kinds(title: str, names: list[str], counts: list[int]) -> None:
    if names:
        sys.stdout.write(f"{title}：\n")
    for name, n in list(zip(names, counts, strict=True))[:SHOWN]:
        sys.stdout.write(f"  {n:>8,}  {name}\n")
    if len(names) > SHOWN:
        sys.stdout.write(f"  …… 另有 {len(names) - SHOWN} 种\n")


def save_rejects(lists: Sequence[ImportedList], workspace: Workspace, out: Path | None) -> None:
    """Copy the rejected rows where the user wants them; several lists, several files."""
    files = [workspace.out / e.rejects for e in lists if e.rejects]
    if out is None:
        return
    if len(files) == 1:
        write_file(out, lambda path: shutil.copyfile(files[0], path))
    elif files:
        for number, file in enumerate(files, start=1):
            target = out.with_name(f"{out.stem}-{number}{out.suffix}")
            write_file(target, lambda path, file=file: shutil.copyfile(file, path))  # type: ignore[misc]
    say(f"拒收的行已另存 {out}" if files else "没有拒收的行。")


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


def list_day(given: str | None) -> dt.date | None:
    """Return the day a list is of, as typed.

    Raises:
        InputError: It is not written YYYY-MM-DD.
    """
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError as error:
        raise InputError(f"日期“{given}”应写作 YYYY-MM-DD。") from error


def given_mapping(file: Path | None, names: ColumnNames | None = None) -> Mapping | None:
    """Return the mapping in a user's file, its fields those of `names`.

    Raises:
        InputError: It cannot be read.
        CurationError: It is malformed, or names an unknown field.
    """
    if file is None:
        return None
    try:
        return read_mapping(file.read_text(encoding="utf-8-sig"), str(file), names)
    except OSError as error:
        raise InputError(f"读不到对照表 {file}：{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise InputError(f"对照表 {file} 不是 UTF-8 编码。", todo="请另存为 UTF-8。") from error


_FIELD_ZH = {
    "uscc": "信用代码", "capital": "注册资本", "paid_capital": "实缴资本", "founded": "成立日期",
    "approved": "核准日期", "status": "登记状态", "kind": "企业类型", "place": "地点",
    "industry_code": "行业代码", "name": "名称", "scope": "经营范围", "address": "地址",
}  # fmt: skip
