"""The company register of a workspace: one company per credit code, with what was said before.

State is a set of points: what one list said of one company on one day. The current record takes
each field from the newest point that states it; older points that differ are the history. So it
does not matter in which order lists are imported, and importing one twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.linkage.absorb import KEPT, SPAN, absorbed, moved_points, points_of
from chainmap.sources.intake.identity import SLOTS, VALUES, slot_of
from chainmap.sources.workspace import STAGING, Workspace

ROWS_AT_A_TIME = 200_000
"""Rows of new lists merged at a time: decides how much memory a merge takes."""

COMPANIES_PER_FILE = 250_000
"""Companies in a snapshot file, at most about twice this; depends on the result only."""


class Tally(NamedTuple):
    """What became of one list's sound rows."""

    accepted: int
    repaired: int
    merged: int


class Merged(NamedTuple):
    """The outcome of a merge: snapshot files, tallies by list, and what changed."""

    companies: list[str]
    history: list[str]
    tallies: dict[int, Tally]
    n_companies: int
    added: int
    updated: int


class Change(NamedTuple):
    """What a merge works on."""

    staged: Sequence[Path]
    n_staged: int
    sequences: frozenset[int]


def merge_lists(workspace: Workspace, change: Change) -> Merged:
    """Return the register with staged rows merged in; nothing counts until it is committed.

    Memory depends on `ROWS_AT_A_TIME`, not on how many rows there are.
    """
    before = workspace.manifest()
    moves = absorbed(workspace, change.staged)
    moved = moved_points(workspace, moves)
    most = max(change.n_staged, before.n_companies, 1)
    n_parts = _power_of_two(most / ROWS_AT_A_TIME)
    folder = workspace.out / STAGING
    parts: list[tuple[Path, Path]] = []
    tallies: dict[int, Tally] = {}
    n_companies = added = updated = 0
    for part in range(n_parts):
        low, high = part * SLOTS // n_parts, (part + 1) * SLOTS // n_parts
        bucket = merge_bucket(
            _stored(workspace, "companies", low, high),
            _stored(workspace, "history", low, high),
            _staged(change.staged, moves, low, high),
            moved.filter(pl.col("slot").is_between(low, high - 1)),
            (frozenset(moves), change.sequences),
        )
        files = folder / f"merged-companies-{part}", folder / f"merged-history-{part}"
        for frame, file in zip((bucket.companies, bucket.history), files, strict=True):
            frame.write_parquet(file, compression="lz4")
        parts.append(files)
        n_companies += bucket.companies.height
        added, updated = added + bucket.added, updated + bucket.updated
        for ordinal, tally in bucket.tallies.items():
            known = tallies.get(ordinal, Tally(0, 0, 0))
            tallies[ordinal] = Tally(*(a + b for a, b in zip(known, tally, strict=True)))
    n_files = _power_of_two(n_companies / COMPANIES_PER_FILE)
    companies = _snapshots(workspace, "companies", [p[0] for p in parts], n_files)
    history = _snapshots(workspace, "history", [p[1] for p in parts], n_files)
    return Merged(companies, history, tallies, n_companies, added, updated)


class Bucket(NamedTuple):
    """The outcome of one run of slots."""

    companies: pl.DataFrame
    history: pl.DataFrame
    tallies: dict[int, Tally]
    added: int
    updated: int


def merge_bucket(
    companies: pl.DataFrame | None,
    history: pl.DataFrame | None,
    staged: pl.DataFrame,
    moved: pl.DataFrame,
    context: tuple[frozenset[str], frozenset[int]],
) -> Bucket:
    """Return the companies of one run of slots after new rows; a pure function, parts add up.

    Args:
        companies: Current records, or None.
        history: Points of companies that were described more than once, or None.
        staged: New rows, with `ordinal, row, repaired, moved`.
        moved: Stored points of companies known by name only that now have a credit code.
        context: Ids that moved away, and sequence numbers of lists that are read anew.
    """
    gone, anew = context
    rows, tallies = _one_row_a_list(staged)
    old = _points(companies, history, gone, anew)
    new = rows.select(
        *KEPT, first_as_of="as_of", first_sequence="sequence", as_of="as_of", sequence="sequence"
    )
    points = pl.concat([p for p in (old, moved.select(new.columns), new) if p.height] or [new])
    spans = _collapsed(points)
    n_versions = pl.len().over("company_id").cast(pl.Int32)
    spans = spans.with_columns(n_versions=n_versions)
    single = spans.filter(pl.col("n_versions") == 1)
    several = spans.filter(pl.col("n_versions") > 1)
    current = pl.concat([single, _newest(several)]).sort("slot", "company_id")
    was = companies.select("company_id", was=pl.struct(VALUES)) if companies is not None else None
    added, updated = _changed(current, was)
    kept = several.drop("n_versions").sort("slot", "company_id", "first_as_of", "first_sequence")
    return Bucket(current, kept, tallies, added, updated)


def _one_row_a_list(staged: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, Tally]]:
    """Return one row per company and list, gaps filled from its other rows, and the tallies."""
    filled = pl.sum_horizontal(pl.col(v).is_not_null() for v in VALUES)
    staged = staged.with_columns(filled=filled).sort(
        ["company_id", "sequence", "moved", "filled", "ordinal", "row"],
        descending=[False, False, False, True, False, False],
    )
    first = pl.struct("company_id", "sequence").is_first_distinct()
    staged = staged.with_columns(first=first)
    own = pl.col("first") & ~pl.col("moved")
    counts = staged.group_by("ordinal").agg(
        accepted=(own & ~pl.col("repaired")).sum(),
        repaired=(own & pl.col("repaired")).sum(),
        merged=(~own).sum(),
    )
    tallies = {int(o): Tally(*map(int, rest)) for o, *rest in counts.iter_rows()}
    twice = pl.struct("company_id", "sequence").is_duplicated()
    alone, several = staged.filter(~twice), staged.filter(twice)
    if several.height:
        filled_up = several.group_by("company_id", "sequence", maintain_order=True).agg(
            pl.all().exclude("company_id", "sequence", *VALUES).first(),
            *(pl.col(v).drop_nulls().first() for v in VALUES),
        )
        alone = pl.concat([alone, filled_up.select(alone.columns)])
    return alone, tallies


def _points(
    companies: pl.DataFrame | None,
    history: pl.DataFrame | None,
    gone: frozenset[str],
    anew: frozenset[int],
) -> pl.DataFrame:
    """Return stored points, a span as its two ends, without those that are read anew."""
    frames = []
    if companies is not None:
        frames.append(companies.filter(pl.col("n_versions") == 1).select(*KEPT, *SPAN))
    if history is not None:
        frames.append(history.select(*KEPT, *SPAN))
    if not frames:
        return pl.DataFrame()
    stored = pl.concat(frames)
    if gone:
        stored = stored.filter(~pl.col("company_id").is_in(list(gone)))
    return points_of(stored, anew)


def _collapsed(points: pl.DataFrame) -> pl.DataFrame:
    """Return points in order of time, neighbours that say the same made one span."""
    lone = ~pl.col("company_id").is_duplicated()
    alone, several = points.filter(lone), points.filter(~lone)
    if several.is_empty():
        return alone
    several = several.sort("company_id", "first_as_of", "first_sequence")
    same = pl.col("company_id") == pl.col("company_id").shift()
    for value in VALUES:
        same = same & pl.col(value).eq_missing(pl.col(value).shift())
    several = several.with_columns(span=(~same.fill_null(False)).cum_sum())
    last = several.group_by("span", maintain_order=True).agg(
        pl.all().exclude("as_of", "sequence").first(), pl.col("as_of", "sequence").last()
    )
    return pl.concat([alone, last.select(alone.columns)])


def _newest(several: pl.DataFrame) -> pl.DataFrame:
    """Return one record a company: each field from the newest point that states it."""
    ordered = several.sort("company_id", "first_as_of", "first_sequence")
    return ordered.group_by("company_id", maintain_order=True).agg(
        *(pl.col(v).drop_nulls().last() for v in VALUES),
        pl.col("name_key", "slot").last(),
        pl.col("first_as_of", "first_sequence").first(),
        pl.col("as_of", "sequence", "n_versions").last(),
    ).select(several.columns)  # fmt: skip


def _changed(current: pl.DataFrame, was: pl.DataFrame | None) -> tuple[int, int]:
    if was is None or was.is_empty():
        return current.height, 0
    both = current.select("company_id", now=pl.struct(VALUES)).join(
        was, on="company_id", how="left"
    )
    new = both["was"].is_null()
    differ = both.filter(~new).select(pl.col("now").ne_missing(pl.col("was"))).to_series()
    return int(new.sum()), int(differ.sum())


def _staged(files: Sequence[Path], moves: dict[str, str], low: int, high: int) -> pl.DataFrame:
    scan = pl.scan_parquet(list(files))
    here = pl.col("slot").is_between(low, high - 1)
    if not moves:
        return scan.filter(here).with_columns(moved=pl.lit(False)).collect()
    moving = pl.col("company_id").is_in(list(moves))
    stay = scan.filter(here & ~moving).with_columns(moved=pl.lit(False)).collect()
    come = scan.filter(moving).with_columns(pl.col("company_id").replace(moves)).collect()
    come = come.with_columns(moved=pl.lit(True), slot=slot_of(pl.col("company_id"))).filter(here)
    return pl.concat([stay, come.select(stay.columns)])


def _stored(workspace: Workspace, table: str, low: int, high: int) -> pl.DataFrame | None:
    scan = workspace.scan(table)
    if scan is None:
        return None
    return scan.filter(pl.col("slot").is_between(low, high - 1)).collect()


def _snapshots(workspace: Workspace, table: str, parts: list[Path], n_files: int) -> list[str]:
    """Return the snapshot files of a table; what is in each depends on the rows only."""
    names = []
    for number in range(n_files):
        low, high = number * SLOTS // n_files, (number + 1) * SLOTS // n_files
        frame = pl.scan_parquet(parts).filter(pl.col("slot").is_between(low, high - 1)).collect()
        if frame.height or (number == 0 and table == "companies"):
            order = ["slot", "company_id", "first_as_of", "first_sequence"]
            names.append(workspace.store(frame.sort(order), table))
    return names


def _power_of_two(least: float) -> int:
    n = 1
    while n < least and n < SLOTS:
        n *= 2
    return n
