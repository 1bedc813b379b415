"""Reads what the entry model is trained and tested on, and keeps placements for the next run."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.cli.entry_nodes import NodeKind
from chainmap.concepts.identifiers import chain_of
from chainmap.errors import InputError
from chainmap.gaps.entry.panel import Panel
from chainmap.gaps.entry.registrations import (
    COMMON,
    Nodes,
    city_units,
    long_texts,
    no_links,
    product_names,
    product_words,
    registration_panel,
    specific_names,
    specific_words,
)
from chainmap.gaps.entry.roster import supply_links
from chainmap.gaps.presence import counted_placements
from chainmap.linkage.candidates import candidate_edges
from chainmap.linkage.lexicon import load_lexicon
from chainmap.linkage.scopes import place_partition, segment_placements
from chainmap.sources.places import load_cities
from chainmap.sources.plain_table import read_columns
from chainmap.sources.registers import REGISTER_COLUMNS, scan_register

PARTITION_ROWS = 100_000
LISTS = {
    NodeKind.PRODUCTS: ("listed_firm_products.csv", "product"),
    NodeKind.WORDS: ("gbt4754_products.csv", "text"),
}
"""File that nodes are named by, and its column."""
VERSION = "2"
"""Raised when a kept placement would no longer be made the same way."""


def read_registrations(folder: Path) -> pl.DataFrame:
    """Return the registrations of a folder, one row a credit code, with `year`.

    Rows without a code are kept each for itself.

    Raises:
        InputError: No Parquet file with the columns is there, or one cannot be read.
    """
    code = pl.col("uscc")
    rows = scan_register(folder).collect().filter(code.is_null() | code.is_first_distinct())
    year = pl.col("reg_date").str.slice(0, 4).cast(pl.Int64, strict=False)
    return rows.with_columns(company=pl.int_range(pl.len()).cast(pl.String), year=year)


def read_panel(
    folder: Path, kind: NodeKind, work: Path | None
) -> tuple[Panel, dict[str, int | str]]:
    """Return the panel of a folder of registrations, and what was counted on the way.

    Args:
        folder: Holds the Parquet files.
        kind: Segments of the taxonomy by placement, product names of firms as in the pilot, or
            product words of the national classification.
        work: Where node edges are kept by content; a folder in the temporary files if None.

    Raises:
        InputError: The data, or the product list beside it, is not there.
    """
    rows, cities = read_registrations(folder), load_cities()
    words = _words(folder, kind)
    digest = _digest(rows, kind, words)
    kept = (work or Path(tempfile.gettempdir()) / "chainmap-entry") / f"{digest[:24]}.parquet"
    units = city_units(rows, cities)
    nodes = _segments(rows, kept) if kind is NodeKind.SEGMENTS else _named(rows, kind, words, kept)
    panel = registration_panel(rows, units, nodes, cities)
    outside = rows.height - len(panel.companies[0])
    counts: dict[str, int | str] = {
        "companies": rows.height, "outside": outside, "units": panel.shape[0],
        "nodes": panel.shape[1], "edges": len(panel.makers.year), "sha256": digest,
    }  # fmt: skip
    return panel, counts


def _named(rows: pl.DataFrame, kind: NodeKind, words: list[str], kept: Path) -> Nodes:
    """Return nodes that are words: companies have those that stand in their scope.

    Raises:
        InputError: No word is specific enough, or none is found.
    """
    if kind is NodeKind.PRODUCTS:
        edges = _remembered(kept, lambda: _word_edges(rows, _specific(rows, words)))
        chosen = tuple(edges["node"].unique().sort())
    else:
        edges = _remembered(kept, lambda: _word_edges(rows, words))
        chosen = tuple(specific_words(edges, rows.height))
        edges = edges.filter(pl.col("node").is_in(list(chosen)))
    if not chosen:
        raise InputError(
            f"{LISTS[kind][0]} 的 {len(words):,} 个产品词中，没有一个能在登记的经营范围里作环节。",
            todo=f"环节词须为三至八个汉字，出现于不到 {COMMON:.0%} 的经营范围；登记太少时不能用。",
        )
    return Nodes(chosen, edges, no_links(len(chosen)))


def _specific(rows: pl.DataFrame, names: list[str]) -> list[str]:
    """Return the names that are nodes; counted by parts, as all their edges are some 20 a row."""
    texts, patterns = long_texts(rows["scope"]), pl.Series(names, dtype=pl.String)
    counts = [
        candidate_edges(texts.slice(start, PARTITION_ROWS), patterns).group_by("pattern").len()
        for start in range(0, texts.len(), PARTITION_ROWS)
    ]
    if not counts:
        return []
    summed = pl.concat(counts).group_by("pattern").agg(pl.col("len").sum())
    named = summed.select("len", name=patterns.gather(summed["pattern"]))
    return specific_names(named, texts.len())


def _segments(rows: pl.DataFrame, kept: Path) -> Nodes:
    """Return the taxonomy's segments as nodes, companies by placement."""
    segments = tuple(sorted(load_library().segments))
    edges = _remembered(kept, lambda: _placed_edges(rows))
    chains = tuple(chain_of(segment) for segment in segments)
    return Nodes(segments, edges, supply_links(load_library(), segments), chains)


def _remembered(kept: Path, work: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Return the frame a file of that name holds, made and stored first where there is none."""
    if not kept.is_file():
        made = work()
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_name(f".{kept.name}.partial")
        made.write_parquet(partial)
        partial.replace(kept)
    return pl.read_parquet(kept)


def _partitions(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for start in range(0, rows.height, PARTITION_ROWS):
        yield rows.slice(start, PARTITION_ROWS).select("company", "name", "scope")


def _placed_edges(rows: pl.DataFrame) -> pl.DataFrame:
    library, lexicon = load_library(), load_lexicon()
    parts = [
        counted_placements(segment_placements(place_partition(part, lexicon)), library)
        for part in _partitions(rows)
    ]
    return pl.concat(parts).select(company="company_id", node="segment_id").unique().sort(
        "company", "node"
    )  # fmt: skip


def _word_edges(rows: pl.DataFrame, words: list[str]) -> pl.DataFrame:
    patterns = pl.Series(words, dtype=pl.String)
    parts = []
    for part in _partitions(rows):
        edges = candidate_edges(part["scope"], patterns)
        parts.append(
            edges.select(
                company=part["company"].gather(edges["row"]),
                node=patterns.gather(edges["pattern"]),
            )
        )
    return pl.concat(parts)


def _words(folder: Path, kind: NodeKind) -> list[str]:
    """Return the words that may be nodes, from the list in the folder or beside it."""
    if kind not in LISTS:
        return []
    name, column = LISTS[kind]
    inside = folder if folder.is_dir() else folder.parent
    beside = [inside / name, inside.parent / name]
    found = next((file for file in beside if file.is_file()), None)
    if found is None:
        raise InputError(
            f"没有找到产品词表 {name}。",
            todo="放在登记数据的文件夹或其上一级，或改用 --nodes segments。",
        )
    read = read_columns(found, (column,))
    return (product_names if kind is NodeKind.PRODUCTS else product_words)(read[column])


def _digest(rows: pl.DataFrame, kind: NodeKind, words: list[str]) -> str:
    """Return a hash of the rows, what nodes there are, and the taxonomy that places them."""
    digest = hashlib.sha256(f"{VERSION} {kind.value} {'、'.join(words)}".encode())
    digest.update(rows.select(REGISTER_COLUMNS).hash_rows(seed=0).to_numpy().tobytes())
    if kind is NodeKind.SEGMENTS:
        digest.update(resources.taxonomy_hash().encode())
    return digest.hexdigest()
