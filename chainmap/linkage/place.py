"""Place companies on segments (环节归位); this version reads the roster's own statement."""

from __future__ import annotations

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import Role
from chainmap.errors import CurationError
from chainmap.tables import PLACEMENTS, Placements


def place_roster(roster: pl.DataFrame, library: ChainLibrary) -> Placements:
    """Return company × segment × role as the roster states it, by company, main segment first.

    Confidence is 1.0: a curator wrote it; the evidence is the company's products.

    Args:
        roster: From `sources.companies.read_roster`: `id, segments, products, file, line`.
        library: Knows which segments exist.

    Raises:
        CurationError: A segment or role does not exist, or a segment stands twice.
    """
    split = (
        roster.select("id", "segments", "products", "file", "line")
        .with_columns(pl.col("segments").fill_null("").str.split(";"))
        .with_columns(rank=pl.int_ranges(pl.col("segments").list.len()))
        .explode("segments", "rank")
        .with_columns(
            pl.col("segments").str.split_exact(":", 1).struct.rename_fields(["segment_id", "role"])
        )
        .unnest("segments")
    )
    split = _with_successors(split, library)
    _refuse(split, ~pl.col("segment_id").is_in(list(library.segments)), "没有环节 {segment_id}")
    _refuse(
        split, ~pl.col("role").is_in([r.value for r in Role]).fill_null(False), "没有角色 {role}"
    )
    _refuse(split, pl.struct("id", "segment_id").is_duplicated(), "环节 {segment_id} 写了两次")
    return PLACEMENTS.check(
        split.select(
            pl.col("id").alias("company_id"),
            "segment_id",
            "role",
            pl.col("rank").cast(pl.Int64),
            pl.lit(1.0).alias("confidence"),
            pl.col("products").alias("evidence"),
        ).sort("company_id", "rank")
    )


def _with_successors(split: pl.DataFrame, library: ChainLibrary) -> pl.DataFrame:
    """Return the rows with retired segments replaced; a company stands once on a successor."""
    if not library.successors:
        return split
    split = split.with_columns(
        pl.col("segment_id").replace(library.successors),
        moved=pl.col("segment_id").is_in(list(library.successors)),
    )
    again = pl.struct("id", "segment_id").is_duplicated() & pl.col("moved")
    first = pl.struct("id", "segment_id").is_first_distinct()
    stated = (~pl.col("moved")).any().over("id", "segment_id")
    return split.filter(~again | (first & ~stated)).drop("moved")


def _refuse(split: pl.DataFrame, wrong: pl.Expr, message: str) -> None:
    bad = split.filter(wrong | wrong.is_null())
    if not bad.is_empty():
        row = bad.row(0, named=True)
        raise CurationError(
            message.format(**row), file=row["file"], line=row["line"], field="segments",
            todo="写法：环节编号:角色，多项用 ; 分隔；角色为 make、rd、serve、trade。",
        )  # fmt: skip
