"""What `chainmap place` and `chainmap evaluate placement` answer."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from chainmap.chains.library import load_library
from chainmap.cli.output import say, write_file
from chainmap.cli.placement_sheet import write_placement_sheet
from chainmap.concepts.inert_text import inert_column
from chainmap.concepts.kinds import Role
from chainmap.errors import InputError
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.partitions import Mapper, run_here, run_in_processes, run_on_cluster
from chainmap.linkage.scopes import HIGH_CONFIDENCE
from chainmap.settings import load_settings
from chainmap.sources.intake.lists import CompanyList
from chainmap.sources.scope_table import ScopeRows, open_scope_lists, read_scope_rows
from chainmap.sources.workspace import Workspace

ORDER = (
    "company", "name", "chain_id", "chain", "segment_id", "segment", "role", "role_zh",
    "confidence", "level", "source", "start", "end", "evidence", "rule",
)  # fmt: skip
"""Columns of the file `place` writes."""


class Where(NamedTuple):
    """Where partitions run."""

    workers: int
    scheduler: str | None


WORKSPACE_COLUMNS = {
    "company": "company_id", "name": "name", "scope": "scope", "business": "main_business",
    "products": "main_products", "industry_code": "industry_code",
}  # fmt: skip
"""What the workspace's company table calls the fields of placement."""
PARTITION_ROWS = 100_000
"""Rows of one partition of the workspace: some 100 MB with all the rules build over them."""
SHOWN = 10
"""Refused rows that are listed; all of them are counted."""


def place_workspace(folder: Path | None, out: Path | None, as_of: str | None, where: Where) -> None:
    """Answer `chainmap place` without a file: the companies that were imported.

    Stores their presence in the workspace and says what it comes to; writes every placement
    where a file is named.

    Raises:
        InputError: The workspace holds no companies.
    """
    workspace = Workspace(folder or load_settings().workspace)
    files = workspace.files("companies")
    if not files:
        raise InputError(
            f"工作区 {workspace.folder} 中还没有企业。",
            todo="先运行 chainmap import companies 文件…，或直接给出企业表文件。",
        )
    if out is not None:
        _refuse_output(out)
        _place(_workspace_partitions(files), out, where)
    from chainmap.cli.placement_counts import count_workspace
    from chainmap.cli.workspace_deeds import recorded_workspace

    count_workspace(recorded_workspace(workspace.folder, "build-presence"), as_of, _mapper(where))


def place_files(files: list[Path], out: Path | None, named: dict[str, str], where: Where) -> None:
    """Answer `chainmap place`: the companies of any lists that `import` takes, in order.

    Raises:
        InputError: A file cannot be read, or the output is not named or of no known form.
    """
    if out is None:
        raise InputError("没有写明写到哪里。", todo="用 --out 指定 .xlsx、.csv 或 .parquet 文件。")
    _refuse_output(out)
    with tempfile.TemporaryDirectory(prefix="chainmap-") as unpacked:
        found = open_scope_lists(files, Path(unpacked), named)
        for of in found.lists:
            layout = f"（列名像{of.layout.export}的导出）" if of.layout.export else ""
            say(f"读 {of.label}{layout}，列名在第 {of.layout.header_row} 行")
        for line in found.passed_over:
            say(f"跳过：{line}")
        refused: list[ScopeRows] = []
        _place(_companies(found.lists, refused), out, where)
    _say_refused(refused)


def _companies(lists: list[CompanyList], refused: list[ScopeRows]) -> Iterator[pl.DataFrame]:
    """Yield the lists' companies, keeping what is no company for the account."""
    for part in read_scope_rows(lists):
        yield part.companies
        refused.append(part._replace(companies=part.companies.clear()))


def _say_refused(parts: list[ScopeRows]) -> None:
    rows = pl.concat([part.refused for part in parts]) if parts else pl.DataFrame()
    blank = sum(part.blank for part in parts)
    if rows.height:
        say(f"另有 {rows.height:,} 行不是企业或无法读出，没有归位：")
        for row in rows.head(SHOWN).iter_rows(named=True):
            say(f"  {row['list']} 第 {row['row']} 行：{row['reason']}")
        if rows.height > SHOWN:
            say(f"  …… 另有 {rows.height - SHOWN} 行；用 chainmap import companies 可存下全部。")
    if blank:
        say(f"空行 {blank:,}。")


def _workspace_partitions(files: list[Path]) -> Iterator[pl.DataFrame]:
    renamed = [pl.col(column).alias(field) for field, column in WORKSPACE_COLUMNS.items()]
    scan = pl.scan_parquet(files).select(renamed)
    return scan.collect_batches(chunk_size=PARTITION_ROWS, maintain_order=True)


def _refuse_output(out: Path) -> None:
    """Raise before the work is done where its answers could not be written."""
    if out.suffix.lower() not in (".xlsx", ".csv", ".parquet"):
        raise InputError(f"不认识输出格式 {out.name}。", todo="请以 .xlsx、.csv 或 .parquet 结尾。")


def _place(partitions: Iterable[pl.DataFrame], out: Path, where: Where) -> None:
    """Place partitions and write the answers as one file, in their order."""
    started, placed, companies = time.perf_counter(), 0, 0
    counted = _Counted(partitions, started)
    with tempfile.TemporaryDirectory(prefix="chainmap-") as folder:
        parts = []
        for number, rows in enumerate(_mapper(where)(_place_named, counted)):
            part = Path(folder) / f"{number:06}.parquet"
            rows.write_parquet(part)
            parts.append(part)
            placed, companies = placed + rows.height, companies + rows["company"].n_unique()
        write_file(out, lambda path: _write(parts, path, out.suffix.lower()))
    speed = counted.done / max(time.perf_counter() - started, 1e-9)
    say(
        f"已归位：{counted.done:,} 行中有 {companies:,} 家企业在链上，共 {placed:,} 条；"
        f"{speed:,.0f} 行/秒。已写入 {out}"
    )


def _place_named(companies: pl.DataFrame) -> pl.DataFrame:
    """Return the placements of a partition as the file shows them."""
    library = load_library()
    chains = {chain.id: chain.name for chain in library.chains.values()}
    segments = {segment.id: segment.name for segment in library.segments.values()}
    roles = {role.value: role.zh for role in Role}
    names = companies.select("company", "name").unique("company", keep="first")
    high = pl.col("confidence") >= HIGH_CONFIDENCE
    return (
        place_companies(companies)
        .join(names, on="company", how="left", maintain_order="left")
        .with_columns(
            chain=pl.col("chain_id").replace_strict(chains, return_dtype=pl.String),
            segment=pl.col("segment_id").replace_strict(
                segments, default=None, return_dtype=pl.String
            ),
            role_zh=pl.col("role").replace_strict(roles, return_dtype=pl.String),
            level=pl.when(high).then(pl.lit("high")).otherwise(pl.lit("low")),
        )
        .select(ORDER)
    )


def _mapper(where: Where) -> Mapper:
    if where.scheduler is not None:
        try:
            from dask import distributed
        except ImportError as error:
            raise InputError(
                "没有安装 Dask。", todo='运行 pip install "industry-chainmap[cluster]"。'
            ) from error
        client: Any = distributed.Client
        return run_on_cluster(client(where.scheduler))
    return run_here if where.workers == 1 else run_in_processes(where.workers)


class _Counted:
    """Partitions that say on stderr how far they are; `done` is the rows so far."""

    def __init__(self, partitions: Iterable[pl.DataFrame], started: float) -> None:
        self.done = 0
        self._partitions = partitions
        self._started = started

    def __iter__(self) -> Iterator[pl.DataFrame]:
        terminal = sys.stderr.isatty()
        for partition in self._partitions:
            yield partition
            self.done += partition.height
            speed = self.done / max(time.perf_counter() - self._started, 1e-9)
            line = f"归位 {self.done:,} 行，{speed:,.0f} 行/秒"
            sys.stderr.write(f"\r{line}" if terminal else f"{line}\n")
        if terminal:
            sys.stderr.write("\n")


def _write(parts: list[Path], path: Path, suffix: str) -> None:
    """Write the parts as one file, a little at a time."""
    if not parts:
        table = pl.LazyFrame(schema=dict.fromkeys(ORDER, pl.String))
    else:
        table = pl.scan_parquet(parts)
    if suffix == ".parquet":
        table.sink_parquet(path)
        return
    if suffix == ".xlsx":
        write_placement_sheet(table, path)
        return
    given = inert_column(pl.col("company", "name", "evidence"))
    table.with_columns(given).sink_csv(path, include_bom=True, line_terminator="\r\n")
