"""What `chainmap place` and `chainmap evaluate placement` answer."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import chain as end_to_end
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.cli.output import Format, emit, say, write_file
from chainmap.concepts.kinds import Role
from chainmap.errors import InputError
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.partitions import Mapper, run_here, run_in_processes, run_on_cluster
from chainmap.linkage.placement_scores import (
    PlacementScores,
    Scores,
    Share,
    chain_claims,
    score_placements,
)
from chainmap.linkage.scopes import HIGH_CONFIDENCE
from chainmap.settings import load_settings
from chainmap.sources.scope_table import count_rows, read_scope_partitions
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


class Asked(NamedTuple):
    """What `chainmap evaluate placement` was asked."""

    companies: Path
    golden: Path | None
    split: str
    listed: Path | None
    products: Path | None
    errors: bool


WORKSPACE_COLUMNS = {
    "company": "company_id", "name": "name", "scope": "scope", "business": "main_business",
    "products": "main_products", "industry_code": "industry_code",
}  # fmt: skip
"""What the workspace's company table calls the fields of placement."""


def place_workspace(folder: Path | None, out: Path, where: Where) -> None:
    """Answer `chainmap place` without a file: the companies that were imported.

    Raises:
        InputError: The workspace holds no companies.
    """
    folder = folder or load_settings().workspace
    files = Workspace(folder).files("companies")
    if not files:
        raise InputError(
            f"工作区 {folder} 中还没有企业。",
            todo="先运行 chainmap import companies 文件…，或直接给出企业表文件。",
        )
    place_files(files, out, WORKSPACE_COLUMNS, where)


def place_files(files: list[Path], out: Path, columns: dict[str, str], where: Where) -> None:
    """Answer `chainmap place`: the companies of tables alike, in the order given.

    Raises:
        InputError: A file cannot be read, or the output is neither CSV nor Parquet.
    """
    if out.suffix.lower() not in (".csv", ".parquet"):
        raise InputError(f"不认识输出格式 {out.name}。", todo="请以 .csv 或 .parquet 结尾。")
    total = sum(count_rows(file) for file in files)
    partitions = end_to_end(*(read_scope_partitions(file, columns) for file in files))
    started, placed, companies = time.perf_counter(), 0, 0
    mapper = _mapper(where)
    with tempfile.TemporaryDirectory(prefix="chainmap-") as folder:
        parts = []
        for number, rows in enumerate(mapper(_place_named, _counted(partitions, total, started))):
            part = Path(folder) / f"{number:06}.parquet"
            rows.write_parquet(part)
            parts.append(part)
            placed, companies = placed + rows.height, companies + rows["company"].n_unique()
        write_file(out, lambda path: _write(parts, path, out.suffix.lower()))
    seconds = time.perf_counter() - started
    say(
        f"已归位：{total:,} 家企业中 {companies:,} 家在链上，共 {placed:,} 条；"
        f"{total / max(seconds, 1e-9):,.0f} 行/秒。已写入 {out}"
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


def _counted(
    partitions: Iterable[pl.DataFrame], total: int, started: float
) -> Iterator[pl.DataFrame]:
    """Yield the partitions, saying on stderr how far they are."""
    done, terminal = 0, sys.stderr.isatty()
    for partition in partitions:
        yield partition
        done += partition.height
        speed = done / max(time.perf_counter() - started, 1e-9)
        line = f"归位 {done:,}/{total:,} 行，{speed:,.0f} 行/秒"
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
    # A spreadsheet must not run text as a formula.
    inert = [
        pl.col(name).str.replace(r"^([=+\-@\t\r])", "'$1")
        for name in ("company", "name", "evidence")
    ]
    table.with_columns(inert).sink_csv(path, include_bom=True, line_terminator="\r\n")


def show_scores(asked: Asked, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap evaluate placement`.

    Raises:
        InputError: No labels, none of their companies in the table, or errors asked of the test.
    """
    if asked.errors and asked.split != "dev":
        raise InputError("只能列出 dev 的不一致之处。", todo="test 只用来检验，不可据以调参。")
    labels = _labels(asked)
    wanted = labels["uscc"].unique().to_list()
    found = pl.concat(
        part.filter(pl.col("company").is_in(wanted))
        for part in read_scope_partitions(asked.companies)
    ).unique("company", keep="first", maintain_order=True)
    if found.is_empty():
        raise InputError(f"{asked.companies} 中没有标注的企业。", todo="核对信用代码的列。")
    labels = labels.filter(pl.col("uscc").is_in(found["company"].to_list()))
    claims = chain_claims(place_companies(found))
    scores = score_placements(claims, labels)
    rows = _rows(scores)
    if asked.errors:
        rows = _differences(claims, labels)
    if asked.listed is not None:
        from chainmap.cli.placement_listed import listed_rows

        rows = [*rows, *listed_rows(asked.listed, asked.products)]
    title = f"归位评测：{asked.split}，{scores.companies} 家企业"
    emit(fmt, out, record=rows, rows=rows, title=title)


def _labels(asked: Asked) -> pl.DataFrame:
    file = asked.golden or resources.root() / "tests" / "golden" / "placement.csv"
    if not file.is_file():
        raise InputError(
            f"没有找到人工标注 {file}。",
            todo="标注随源码发布、不随安装包安装：请在源码目录运行，或用 --golden 指定文件。",
        )
    labels = pl.read_csv(file, infer_schema=False, encoding="utf8")
    chosen = labels.filter(pl.col("split") == asked.split)
    return chosen.with_columns(pl.col("chain", "role", "segment").replace("", None))


def _rows(scores: PlacementScores) -> list[dict[str, Any]]:
    chains = {chain.id: chain.name for chain in load_library().chains.values()}
    rows = [_row(chains[s.kind], s) for s in scores.chains]
    for role in scores.roles:
        chain, name = role.kind.split("/")
        rows.append(_row(f"{chains[chain]} · {Role(name).zh}", role))
    rows.append({"对象": "角色正确率（链对上的）", **_share("准确率", scores.role_accuracy)})
    rows.append({"对象": "高把握制造企业", **_share("准确率", scores.maker_precision)})
    blank = dict.fromkeys(rows[0], "")
    return [blank | row for row in rows]


def _row(name: str, scores: Scores) -> dict[str, Any]:
    f1 = "" if scores.f1 is None else f"{scores.f1:.3f}"
    return {
        "对象": name,
        **_share("准确率", scores.precision),
        **_share("召回率", scores.recall),
        "F1": f1,
    }


def _share(name: str, share: Share) -> dict[str, str]:
    if share.value is None or share.interval is None:
        return {name: "", f"{name}区间": "", f"{name}计数": f"{share.hits}/{share.total}"}
    low, high = share.interval
    return {
        name: f"{share.value:.3f}",
        f"{name}区间": f"{low:.3f}–{high:.3f}",
        f"{name}计数": f"{share.hits}/{share.total}",
    }


def _differences(claims: pl.DataFrame, labels: pl.DataFrame) -> list[dict[str, Any]]:
    wanted = labels.filter(pl.col("chain").is_not_null()).select(
        company="uscc", chain_id="chain", label="role"
    )
    both = claims.join(wanted, on=["company", "chain_id"], how="full", coalesce=True)
    wrong = both.filter(~pl.col("role").eq_missing(pl.col("label"))).sort("chain_id", "company")
    return [
        {"企业": row["company"], "产业链": row["chain_id"], "标注": row["label"] or "",
         "归位": row["role"] or "", "把握": "" if row["confidence"] is None else row["confidence"]}
        for row in wrong.iter_rows(named=True)
    ]  # fmt: skip
