"""Companies known by name only that turn out to have a credit code: whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from chainmap.sources.intake.identity import VALUES, slot_of
from chainmap.sources.workspace import Workspace

KEPT = ("company_id", *VALUES, "name_key", "slot")
SPAN = ("first_as_of", "first_sequence", "as_of", "sequence")


def absorbed(workspace: Workspace, staged: Sequence[Path]) -> dict[str, str]:
    """Return id by name → id by credit code, for companies that only one name and place fits."""
    wanted = ["company_id", "name_key", "city_code"]
    scans = [pl.scan_parquet(list(staged)).select(wanted)] if staged else []
    stored = workspace.scan("companies")
    if stored is not None:
        scans.append(stored.select(wanted))
    if not scans:
        return {}
    known = pl.concat(scans)
    by_name = pl.col("company_id").str.starts_with("n-")
    loose = known.filter(by_name).unique().collect()
    if loose.is_empty():
        return {}
    coded = (
        known.filter(~by_name)
        .join(loose.lazy().select("name_key").unique(), on="name_key", how="semi")
        .unique().collect()
    )  # fmt: skip
    here = coded.group_by("name_key", "city_code").agg(
        n=pl.col("company_id").n_unique(), target=pl.col("company_id").min()
    )
    anywhere = coded.group_by("name_key").agg(
        n=pl.col("company_id").n_unique(), target=pl.col("company_id").min()
    )
    placed = loose.filter(pl.col("city_code").is_not_null()).join(
        here, on=["name_key", "city_code"]
    )
    unplaced = loose.filter(pl.col("city_code").is_null()).join(anywhere, on="name_key")
    found = pl.concat([f.filter(pl.col("n") == 1).select("company_id", "target")
                       for f in (placed, unplaced)]).sort("company_id")  # fmt: skip
    return dict(found.iter_rows())


def moved_points(workspace: Workspace, moves: dict[str, str]) -> pl.DataFrame:
    """Return stored points of companies that move to the id of their credit code."""
    ids, frames = list(moves), []
    for table in ("companies", "history"):
        scan = workspace.scan(table)
        if scan is not None and ids:
            if table == "companies":
                scan = scan.filter(pl.col("n_versions") == 1)
            frames.append(
                scan.select(*KEPT, *SPAN).filter(pl.col("company_id").is_in(ids)).collect()
            )
    if not frames:
        empty = {"slot": pl.UInt16}
        return pl.DataFrame(schema={c: empty.get(c, pl.String) for c in (*KEPT, *SPAN)})
    points = pl.concat(frames).with_columns(pl.col("company_id").replace(moves))
    return points_of(points.with_columns(slot=slot_of(pl.col("company_id"))), frozenset())


def points_of(spans: pl.DataFrame, anew: frozenset[int]) -> pl.DataFrame:
    """Return spans as points, both ends of each, without those of lists that are read anew."""
    first = spans.with_columns(as_of=pl.col("first_as_of"), sequence=pl.col("first_sequence"))
    wide = pl.col("first_sequence") != pl.col("sequence")
    last = spans.filter(wide).with_columns(
        first_as_of=pl.col("as_of"), first_sequence=pl.col("sequence")
    )
    ends = pl.concat([first, last])
    return ends.filter(~pl.col("sequence").is_in(list(anew))) if anew else ends
