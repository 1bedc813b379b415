"""Presence (环节分布) over an imported register: counted by partitions, merged by adding.

What counts: companies on a segment in a role that counts there, surely enough, open on the day
asked, each once per city and segment. A branch (分支机构) is its company: beside its parent in
one city it does not count, and the branches a company from elsewhere has in one city are one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.gaps.presence import counted_roles
from chainmap.linkage.branches import branch_parents, present_heads
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.partitions import Mapper
from chainmap.linkage.scopes import HIGH_CONFIDENCE
from chainmap.sources.workspace import Workspace
from chainmap.tables import PRESENCE_COUNTS, PresenceCounts

CLOSED = ("deregistered", "revoked", "cancelled")
"""Register states of a company that is no more: 注销, 吊销, 撤销."""
PARTITION_ROWS = 100_000
"""Companies placed at a time: some 100 MB with everything the rules build over them."""
COLUMNS = (
    "company_id", "name", "name_key", "scope", "main_business", "main_products", "industry_code",
    "city_code", "status", "founded", "stock_code", "capital_10k", "capital_currency",
)  # fmt: skip
"""What a count needs of a workspace's companies."""
PARTIAL = pl.Schema(
    [("city_code", pl.String), ("segment_id", pl.String), ("parents", pl.List(pl.String)),
     ("n_companies", pl.Int64), ("n_leaders", pl.Int64), ("capital_yuan", pl.Int64)]
)  # fmt: skip
"""A partition's counts: sums where `parents` is null, else one branch that waits to be joined.

Capital is in whole 元, because sums of integers do not depend on their order.
"""
_CELL = ["city_code", "segment_id"]


@dataclass(frozen=True)
class Counting:
    """What counts.

    Attributes:
        as_of: Companies founded later do not count; None counts all that are in the register.
        least_confidence: Placements below do not count: an aside in a trader's list, a generic
            word. The default is where `evaluate placement` measures the makers' precision.
        leaders: Name keys of companies known to lead (链主), beside those with a stock code.
    """

    as_of: dt.date | None = None
    least_confidence: float = HIGH_CONFIDENCE
    leaders: frozenset[str] = frozenset()


def count_partition(
    companies: pl.DataFrame, roles: pl.DataFrame, counting: Counting
) -> pl.DataFrame:
    """Return one partition's counts (`PARTIAL`), by city and segment; `merge_counts` adds them.

    A pure function of its arguments and the taxonomy, so partitions may run anywhere.

    Args:
        companies: `COLUMNS` of a workspace's companies.
        roles: From `counted_roles`.
        counting: What counts.
    """
    counted = companies.filter(_is_open(counting.as_of) & pl.col("city_code").is_not_null())
    texts = {"scope": "scope", "main_business": "business", "main_products": "products",
             "industry_code": "industry_code"}  # fmt: skip
    stated = [c for c in texts if c == "scope" or counted[c].null_count() < counted.height]
    placed = place_companies(
        counted.select(company="company_id", name="name", **{texts[c]: c for c in stated})
    )
    claims = (
        placed.filter(pl.col("confidence") >= counting.least_confidence)
        .join(roles, on=["segment_id", "role"], how="semi")
        .select(company_id="company", segment_id="segment_id")
    )
    own = counted.join(claims, on="company_id", how="semi")
    parents = branch_parents(own).group_by("company_id", maintain_order=True).agg(
        parents="parent_key"
    )  # fmt: skip
    yuan = (pl.col("capital_10k") * 10_000).round().cast(pl.Int64)
    facts = own.join(parents, on="company_id", how="left").select(
        "company_id", "city_code", "parents",
        n_companies=pl.lit(1, pl.Int64),
        n_leaders=(
            pl.col("stock_code").is_not_null() | pl.col("name_key").is_in(list(counting.leaders))
        ).cast(pl.Int64),
        capital_yuan=pl.when(pl.col("capital_currency") == "CNY").then(yuan),
    )  # fmt: skip
    rows = claims.join(facts, on="company_id").select(PARTIAL.names())
    alone, branches = (rows.filter(pl.col("parents").is_null() == own) for own in (True, False))
    sums = _added(alone).with_columns(parents=pl.lit(None, pl.List(pl.String)))
    return pl.concat([sums.select(PARTIAL.names()), branches]).sort(
        *_CELL, pl.col("parents").list.join("|"), "capital_yuan", nulls_last=False
    )


def merge_counts(
    frames: Iterable[pl.DataFrame], heads: pl.DataFrame | None = None
) -> PresenceCounts:
    """Return the counts of all partitions together, by city and segment.

    Args:
        frames: From `count_partition`, in any order: the answer is the same.
        heads: `parent_key, city_code` of parents that are in the register: their branches in
            that city do not count beside them. None joins branches with each other only.
    """
    whole = pl.concat([pl.DataFrame(schema=PARTIAL), *frames])
    sums, branches = (whole.filter(pl.col("parents").is_null() == own) for own in (True, False))
    if heads is not None and branches.height:
        branches = branches.with_row_index("branch")
        known = heads.with_columns(present=pl.lit(True))
        beside = (
            branches.select("branch", "city_code", parent_key="parents").explode("parent_key")
            .join(known, on=["parent_key", "city_code"], how="semi")
        )  # fmt: skip
        branches = branches.join(beside, on="branch", how="anti")
    firms = branches.group_by(*_CELL, firm=pl.col("parents").list.last()).agg(
        n_companies=pl.lit(1, pl.Int64),
        n_leaders=pl.col("n_leaders").max(),
        capital_yuan=pl.col("capital_yuan").max(),
    )
    added = _added(pl.concat([sums.drop("parents"), firms.drop("firm")]))
    return PRESENCE_COUNTS.check(
        added.with_columns(capital_10k_cny=pl.col("capital_yuan").cast(pl.Float64) / 10_000).sort(
            _CELL
        )
    )


def count_registers(
    workspace: Workspace,
    library: ChainLibrary,
    mapper: Mapper,
    counting: Counting = Counting(),
) -> PresenceCounts:
    """Return what a workspace's companies come to, by city and segment.

    Two passes: partitions are placed and counted, then the parents of the branches met are
    looked for. Memory depends on `PARTITION_ROWS` and on how many branches count.
    """
    files = workspace.files("companies")
    if not files:
        return merge_counts([])
    count = partial(count_partition, roles=counted_roles(library), counting=counting)
    counts = list(mapper(count, _batches(files, list(COLUMNS), PARTITION_ROWS)))
    wanted = (
        pl.concat(counts).filter(pl.col("parents").is_not_null())
        .select("city_code", parent_key="parents").explode("parent_key").unique().sort(pl.all())
    )  # fmt: skip
    if wanted.is_empty():
        return merge_counts(counts)
    find = partial(_open_heads, wanted=wanted, as_of=counting.as_of)
    light = ["name_key", "city_code", "status", "founded"]
    return merge_counts(counts, pl.concat(mapper(find, _batches(files, light, PARTITION_ROWS))))


def _open_heads(
    companies: pl.DataFrame, wanted: pl.DataFrame, as_of: dt.date | None
) -> pl.DataFrame:
    return present_heads(companies.filter(_is_open(as_of)), wanted)


def _is_open(as_of: dt.date | None) -> pl.Expr:
    open_ = ~pl.col("status").is_in(CLOSED).fill_null(False)
    return open_ if as_of is None else open_ & ~(pl.col("founded") > as_of).fill_null(False)


def _added(rows: pl.DataFrame) -> pl.DataFrame:
    """Return sums by cell; capital is null where no row states any."""
    states = pl.col("capital_yuan").is_not_null().any()
    return rows.group_by(_CELL).agg(
        pl.col("n_companies", "n_leaders").sum(),
        capital_yuan=pl.when(states).then(pl.col("capital_yuan").sum()),
    )


def _batches(files: list[Path], columns: list[str], rows: int) -> Iterator[pl.DataFrame]:
    scan = pl.scan_parquet(files).select(columns)
    return scan.collect_batches(chunk_size=rows, maintain_order=True)
