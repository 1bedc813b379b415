"""Cells merged down a column of a list: every row of theirs is given the text, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from chainmap.sources.intake.alignment import NAME_END
from chainmap.sources.intake.fields import stated
from chainmap.sources.intake.layout import WIDE, Layout
from chainmap.sources.merged_cells import Merged, merged_rows

OF_ONE = frozenset(
    ("name", "code", "uscc", "registration_no", "organisation_code", "stock_code", "capital",
     "paid_capital", "insured_staff", "investment", "fixed_investment", "land", "output", "tax",
     "energy")
)  # fmt: skip
"""Fields whose merged cell says one thing of several rows, not the same of each: what names a
company or a project, and amounts, which would count as often as there are rows."""

_NOT_KEPT = (None, "personal", "left_out")


def merged_in(path: Path, sheet: str) -> Sequence[Merged]:
    """Return a sheet's cells merged over several rows, as `merged_rows` does."""
    return _of_book(path, state_of(path)).get(sheet, ())


def state_of(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written anew, so that nothing old of it is kept."""
    told = path.stat()
    return told.st_mtime_ns, told.st_size


@lru_cache(maxsize=1)
def _of_book(path: Path, _state: tuple[int, int]) -> dict[str, list[Merged]]:
    return merged_rows(path)


def with_merged(
    frame: pl.DataFrame, sheet: pl.DataFrame, layout: Layout, merged: Sequence[Merged]
) -> pl.DataFrame:
    """Return a block's records with the text of merged cells in every row they cover.

    A cell's own text stays. Left as they are: `OF_ONE`, which is noted; cells merged over several
    columns of the list, which are titles and notes; rows of one cell, unless it is a company's
    name; and what hangs down from the heading.

    Args:
        frame: `row, notes, c0 …`, without blank rows, by row.
        sheet: The whole sheet, as `read_sheet` gives it.
        layout: What its columns are.
        merged: Its merged cells.
    """
    columns = list(_by_column(sheet, layout, merged))
    if frame.is_empty() or not columns:
        return frame
    frame = frame.with_columns(_whole=_is_record(layout))
    for i, inside in columns:
        told = _told(sheet.to_series(i), inside, (frame["row"][0], frame["row"][-1]))
        frame = frame.join(told, on="row", how="left", maintain_order="left")
        cell, given = pl.col(f"c{i}"), layout.fields[i] not in OF_ONE
        lacking = stated(cell).is_null() & pl.col("_text").is_not_null() & pl.col("_whole")
        heading = "".join(layout.headings[i].split())
        says = ("取自合并单元格“", "”") if given else ("在合并单元格“", "”中，只算作其首行的")
        note = pl.concat_str(pl.lit(heading + says[0]), "_address", pl.lit(says[1]))
        both = pl.concat_str("notes", note, separator="；", ignore_nulls=True)
        frame = frame.with_columns(
            pl.when(lacking).then(both).otherwise("notes").alias("notes"),
            pl.when(lacking & given).then("_text").otherwise(cell).alias(f"c{i}"),
        ).drop("_text", "_address")
    return frame.drop("_whole")


def _by_column(
    sheet: pl.DataFrame, layout: Layout, merged: Sequence[Merged]
) -> Iterator[tuple[int, list[Merged]]]:
    """Yield the columns that are kept, and the merged cells of each below the heading.

    Cells that overlap others are no spreadsheet's: of those the first counts.
    """
    places = {int(name): i for i, name in enumerate(sheet.columns[: len(layout.fields)])}
    headed = {place for place, i in places.items() if layout.headings[i]}
    inside: dict[int, list[Merged]] = {}
    for one in sorted(merged):
        i = places.get(one.column)
        if i is None or layout.fields[i] in _NOT_KEPT or one.top < layout.header_row:
            continue
        before = inside.get(i, [])
        wide = any(one.column < place <= one.last for place in headed)
        if not wide and one.top < sheet.height and (not before or one.top > before[-1].bottom):
            inside.setdefault(i, []).append(one)
    yield from sorted(inside.items())


def _told(column: pl.Series, merged: list[Merged], rows: tuple[int, int]) -> pl.DataFrame:
    """Return `row, _text, _address` of the rows under the first of merged cells.

    Args:
        column: The sheet's column, from its first row on.
        merged: Its merged cells; none overlaps another.
        rows: First and last row wanted, as a spreadsheet counts.
    """
    near = [m for m in merged if m.bottom + 1 >= rows[0] and m.top + 1 < rows[1]]
    found = pl.DataFrame(
        {
            "_text": column.gather([m.top for m in near]),
            "_address": pl.Series([m.address for m in near], dtype=pl.String),
            "first": pl.Series([max(m.top + 2, rows[0]) for m in near], dtype=pl.Int64),
            "last": pl.Series([min(m.bottom + 1, rows[1]) for m in near], dtype=pl.Int64),
        }
    ).filter(stated(pl.col("_text")).is_not_null())
    row = pl.int_ranges("first", pl.col("last") + 1).alias("row")
    return found.select(row, "_text", "_address").explode("row")


def _is_record(layout: Layout) -> pl.Expr:
    """Return whether a row is more than a title or a note between the rows."""
    cells = [stated(pl.col(f"c{i}")) for i in range(len(layout.fields))]
    many = pl.sum_horizontal(cell.is_not_null() for cell in cells) > 1
    if len(cells) < WIDE or "name" not in layout.fields:
        return many | pl.lit(len(cells) < WIDE)
    name = cells[layout.fields.index("name")]
    return many | name.str.contains(NAME_END).fill_null(value=False)
