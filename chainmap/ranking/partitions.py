"""Rank a register over partitions: placed, then scored, by any mapper, with equal lists.

Two passes with one small table between them. The first places partitions of companies and keeps
those that stand in a chain. What the features count over all of those (industry mixes, text
statistics, medians) is worked out once and written to a file; the second pass scores row numbers
against that file. A cluster must see the file's folder from every machine.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from chainmap.chains.library import load_library
from chainmap.concepts.identifiers import chain_of
from chainmap.errors import InputError
from chainmap.gaps.presence import counted_placements
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.partitions import Mapper
from chainmap.linkage.scopes import segment_placements
from chainmap.ranking.known import Known
from chainmap.ranking.likeness import text_matrix
from chainmap.ranking.pair_registry import Block
from chainmap.ranking.target_model import TargetModel, contributions, told
from chainmap.ranking.universe import Universe, universe_of_table
from chainmap.sources.workspace import Workspace
from chainmap.tables import Cities

PARTITION_ROWS = 100_000
"""Companies placed at a time."""
SCORED_ROWS = 10_000
"""Firms scored at a time, against every city asked for."""
FILE = "known.pickle"


def placed_universe(workspace: Workspace, cities: Cities, mapper: Mapper) -> Universe:
    """Return the workspace's firms that placement finds on a segment, and those segments.

    The firms are those of `ranking.universe.universe_of_workspace` that have a segment; the others
    stand in no chain's list. What a feature counts is counted over these firms.

    Args:
        workspace: With imported companies.
        cities: All prefecture-level places.
        mapper: From `linkage.partitions`.

    Raises:
        InputError: No company of the workspace stands in a chain.
    """
    parts = list(mapper(place_firms, _batches(workspace)))
    if not any(part.height for part in parts):
        raise InputError("工作区里没有归到产业链环节的企业。", todo="先导入企业，或换一份名单。")
    rows = pl.concat(parts).sort("firm_id", "name")
    firms = rows.drop("segments").with_columns(row=pl.int_range(2, rows.height + 2, dtype=pl.Int64))
    universe = universe_of_table(firms, cities, place=False)
    segments = (
        rows.select("firm_id", segment_id="segments")
        .explode("segment_id")
        .unique()
        .sort("firm_id", "segment_id")
    )
    return Universe(universe.firms, segments, cities, universe.refused)


def place_firms(companies: pl.DataFrame) -> pl.DataFrame:
    """Return the companies of a partition that stand in a segment: columns of a firm table.

    Args:
        companies: `COLUMNS` of a workspace's companies.

    Returns:
        `firm_id, name, city_code, industry, sector, founded, staff, capital, business, products` as
        texts and `segments`, in the order of the rows.
    """
    texts = companies.with_columns(
        text=pl.concat_str("business", "products", separator="；", ignore_nulls=True)
    )
    placed = place_companies(
        texts.select("name", "products", company="firm_id", business="text", scope=pl.lit(""))
    )
    held = (
        counted_placements(segment_placements(placed), load_library())
        .select(firm_id="company_id", segment_id="segment_id")
        .unique()
        .sort("firm_id", "segment_id")
        .group_by("firm_id", maintain_order=True)
        .agg(segments="segment_id")
    )
    return companies.join(held, on="firm_id", how="inner", maintain_order="left")


def write_known(known: Known, model: TargetModel, folder: Path) -> Path:
    """Write what every partition is scored against into a folder and return the file.

    Only our own processes read it: it is a work file, to be thrown away.
    """
    told(model, known)
    text_matrix(known)
    file = folder / FILE
    file.write_bytes(pickle.dumps((known, model), protocol=5))
    return file


def rank_partitions(
    file: Path, n_firms: int, city_codes: Sequence[str], top: int, mapper: Mapper
) -> pl.DataFrame:
    """Return the best firms of every city and chain.

    Args:
        file: From `write_known`.
        n_firms: Firms it holds.
        city_codes: The receiving cities.
        top: Length of each list.
        mapper: From `linkage.partitions`.

    Returns:
        `city_code, chain_id, rank, firm_id, score`; ties break by firm id. The same for every
        mapper and every size of partition.
    """
    score = partial(score_rows, file=str(file), city_codes=tuple(city_codes), top=top)
    parts = [part for part in mapper(score, _row_numbers(n_firms)) if part.height]
    return _best(pl.concat(parts), top)


def score_rows(
    numbers: pl.DataFrame, file: str, city_codes: tuple[str, ...], top: int
) -> pl.DataFrame:
    """Return the best of some rows for every city and chain, as `rank_partitions` does.

    A list's best `top` are among the best `top` of the partitions.
    """
    known, model = _opened(file)
    rows = numbers["row"].to_numpy()
    columns = np.array([known.city_number[code] for code in city_codes])
    utility = contributions(Block(known, rows, columns), model.company).sum(axis=0).round(6)
    chains = _chains(known)
    firms = known.firms["firm_id"].gather(rows)
    found = []
    for at, code in enumerate(city_codes):
        away = known.home[rows] != columns[at]
        for chain, on in chains.items():
            kept = np.flatnonzero(away & on[rows])
            found.append(
                pl.DataFrame(
                    {"firm_id": firms.gather(kept), "score": utility[kept, at]},
                    schema={"firm_id": pl.String, "score": pl.Float64},
                ).select(
                    "firm_id", "score", city_code=pl.lit(code), chain_id=pl.lit(chain)
                )
            )  # fmt: skip
    return _best(pl.concat(found), top)


COLUMNS = ("firm_id", "name", "city_code", "industry", "sector", "founded", "staff", "capital",
           "business", "products")  # fmt: skip


def _batches(workspace: Workspace) -> Iterator[pl.DataFrame]:
    scan = workspace.scan("companies")
    if scan is None:
        raise InputError("工作区里没有企业。", todo="先用 chainmap import companies 导入。")
    yuan = pl.concat_str(pl.col("capital_10k").cast(pl.String), pl.lit("万元"))
    rows = scan.select(
        "name",
        "city_code",
        "industry",
        "sector",
        firm_id="company_id",
        founded=pl.col("founded").cast(pl.String),
        staff=pl.col("insured_staff").cast(pl.String),
        capital=pl.when(pl.col("capital_currency").fill_null("CNY") == "CNY").then(yuan),
        business=pl.coalesce("main_business", "scope"),
        products="main_products",
    ).select(COLUMNS)
    yield from rows.collect_batches(chunk_size=PARTITION_ROWS, maintain_order=True)


def _row_numbers(n_firms: int) -> Iterable[pl.DataFrame]:
    for start in range(0, n_firms, SCORED_ROWS):
        yield pl.DataFrame({"row": np.arange(start, min(start + SCORED_ROWS, n_firms))})


@lru_cache(maxsize=1)
def _opened(file: str) -> tuple[Known, TargetModel]:
    """Return what a file of `write_known` holds; a worker reads it once."""
    found: Any = pickle.loads(Path(file).read_bytes())
    known, model = found
    return known, model


def _chains(known: Known) -> dict[str, Any]:
    """Return chain → flags of the firms that stand in it."""
    made = known.kept("chain flags")
    if made is None:
        chains: dict[str, list[int]] = {}
        for at, segment in enumerate(known.segment_ids):
            chains.setdefault(chain_of(segment), []).append(at)
        made = known.keep(
            "chain flags",
            {
                chain: np.asarray(known.makes[:, at].sum(axis=1)).ravel() > 0
                for chain, at in sorted(chains.items())
            },
        )
    flags: dict[str, Any] = made
    return flags


def _best(scored: pl.DataFrame, top: int) -> pl.DataFrame:
    return (
        scored.sort(
            "city_code", "chain_id", "score", "firm_id", descending=[False, False, True, False]
        )
        .with_columns(
            rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("city_code", "chain_id")
        )
        .filter(pl.col("rank") <= top)
        .select("city_code", "chain_id", "rank", "firm_id", "score")
    )
