"""The import of one partition of a project list: a pure function of it and a folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chainmap.sources.intake.fields import narrow
from chainmap.sources.intake.headings import folded
from chainmap.sources.intake.lists import Partition, read_block
from chainmap.sources.intake.partition import (
    Staged,
    by_field,
    cells_by_heading,
    odd_rejects,
    write_staged,
)
from chainmap.sources.intake.persons import without_contacts, without_signers
from chainmap.sources.project_columns import PROJECT_FIELDS, project_columns, units_of
from chainmap.sources.project_rows import Reading, read_projects


def import_project_partition(part: Partition, folder: Path, brands: frozenset[str]) -> Staged:
    """Return what a partition came to, its rows staged in `folder`.

    A record whose cells do not fit the headings is rejected: nothing in a project's row says for
    certain which cell is which, as a credit code does in a company's.

    Args:
        part: Rows of a list whose layout was found with `project_columns`.
        folder: Where rows, rejects and repairs are staged.
        brands: Short names under which companies are known.
    """
    of, block = part.of, read_block(part)
    named = by_field(block.frame, of.layout.fields, PROJECT_FIELDS)
    named = named.with_columns(
        total=block.frame.select(_is_total(len(of.layout.fields))).to_series()
    )
    batch = read_projects(named, Reading(units_of(of), of.today, brands))
    raw = block.frame.select("row", *cells_by_heading(part, PROJECT_FIELDS))
    raw = raw.with_columns(named.select(原始内容="alone"))
    shown = batch.rejects.join(raw, on="row", how="left").with_columns(
        without_contacts(without_signers(pl.exclude("row", "reason")))
    )
    width = len(of.layout.fields)
    odd = [
        o._replace(why=f"{o.why}；应有 {width} 列，实有 {len(o.cells)} 列，分不清每一格属于哪一列")
        for o in block.odd
    ]
    rejects = pl.concat([shown, odd_rejects(odd)], how="diagonal").sort("row")
    good = batch.good.with_columns(
        list_as_of=pl.lit(of.as_of),
        sequence=pl.lit(of.sequence, pl.Int32),
        ordinal=pl.lit(of.ordinal, pl.Int32),
    )
    repairs = batch.repairs.with_columns(sequence=pl.lit(of.sequence, pl.Int32))
    stem = f"project-{of.ordinal:05d}-{part.number:05d}"
    return Staged(
        ordinal=of.ordinal, number=part.number, rows=block.frame.height + len(block.odd),
        good=good.height, repaired=int(good["repaired"].sum()), rejected=rejects.height,
        blank=block.blank, good_file=write_staged(good, folder, f"good-{stem}"),
        rejects_file=write_staged(rejects, folder, f"rejects-{stem}"),
        repairs_file=write_staged(repairs.sort("row", "field", "rule"), folder, f"repairs-{stem}"),
    )  # fmt: skip


def _is_total(width: int) -> pl.Expr:
    """Return whether any of a record's cells says that it holds sums."""
    words = [folded(word) for word in project_columns().totals]
    cells = (narrow(pl.col(f"c{i}")).is_in(words).fill_null(False) for i in range(width))
    return pl.any_horizontal(*cells)
