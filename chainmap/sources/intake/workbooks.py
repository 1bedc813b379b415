"""Workbooks (Excel, WPS): sheets as text, what is locked, what goes on from sheet to sheet."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path

import polars as pl

from chainmap.sources.intake.alignment import LOOSE, TYPED
from chainmap.sources.intake.book_bounds import OLE, broken_error, check_book, locked_error
from chainmap.sources.intake.layout import Layout
from chainmap.sources.intake.merged_columns import merged_in, state_of, with_merged
from chainmap.sources.merged_cells import Merged

LOOKED_AT = 10
"""Rows that tell whether a sheet without headings goes on with the one before."""


@contextmanager
def reading(path: Path, label: str) -> Iterator[None]:
    """Turn what a broken workbook makes the reader say into words for people.

    Raises:
        InputError: It cannot be read, or has a password.
    """
    import fastexcel

    try:
        with _panics_unheard() if _is_ole(path) else nullcontext():
            yield
    except BaseException as error:
        if not _is_panic(error) and not isinstance(error, fastexcel.FastExcelError):
            raise
        if "password" in str(error).lower():
            raise locked_error(label) from error
        raise broken_error(label) from error


def _is_panic(error: BaseException) -> bool:
    """Return whether the reader's Rust panicked: a class that is no Exception, without a name."""
    return type(error).__name__ == "PanicException"


def _is_ole(path: Path) -> bool:
    """Return whether a file is an OLE container; only those are known to make the reader panic."""
    try:
        with path.open("rb") as file:
            return file.read(len(OLE)) == OLE
    except OSError:
        return False


@contextmanager
def _panics_unheard() -> Iterator[None]:
    """Hold back what is written to stderr, and drop it if the reader panics.

    Rust writes its trace to the file behind stderr before Python hears of it; so that file, not
    `sys.stderr`, is set aside. What anyone else wrote meanwhile is written after all.
    """
    sys.stderr.flush()
    with tempfile.TemporaryFile() as held:
        kept = os.dup(2)
        panicked = False
        try:
            os.dup2(held.fileno(), 2)
            yield
        except BaseException as error:
            panicked = _is_panic(error)
            raise
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            held.seek(0)
            if not panicked:
                os.write(2, held.read())


def visible_sheets(path: Path, label: str) -> list[tuple[str, bool]]:
    """Return a workbook's sheets in order and whether each is shown.

    Raises:
        InputError: It cannot be read, or has a password.
    """
    import fastexcel

    with reading(path, label):
        book = fastexcel.read_excel(path)
        return [(n, book.load_sheet(n, header_row=None, n_rows=0).visible == "visible")
                for n in book.sheet_names]  # fmt: skip


def read_sheet(path: Path, sheet: str) -> pl.DataFrame:
    """Return every cell of a sheet as text, from its first row on.

    The reader passes over empty columns on the left: a column is called by its place, from 0.

    Raises:
        InputError: The sheet cannot be read.
    """
    return _cells(path, sheet, state_of(path))


@lru_cache(maxsize=1)
def _cells(path: Path, sheet: str, _state: tuple[int, int]) -> pl.DataFrame:
    import fastexcel

    with reading(path, f"{path.name}［{sheet}］"):
        book = fastexcel.read_excel(path)
        loaded = book.load_sheet(sheet, header_row=None, dtypes="string", skip_rows=0)
        frame = pl.DataFrame(loaded)
    frame.columns = [str(column.absolute_index) for column in loaded.selected_columns]
    return frame


def first_sheet(path: Path) -> pl.DataFrame:
    """Return a workbook's first sheet under its header, every cell as text.

    Cells merged down a column count for all their rows, as they are read on the screen.

    Raises:
        InputError: It has a password, is broken, or would fill the memory.
    """
    import fastexcel

    check_book(path, path.name)
    with reading(path, path.name):
        frame = pl.read_excel(path, infer_schema_length=0)
        name = fastexcel.read_excel(path).sheet_names[0]
    merged = merged_in(path, name)
    return _with_merged(frame, read_sheet(path, name), merged) if merged else frame


def _with_merged(
    frame: pl.DataFrame, sheet: pl.DataFrame, merged: Sequence[Merged]
) -> pl.DataFrame:
    """Return a table with merged cells filled in, by the whole sheet that it was read from."""
    kept = [i for i, column in enumerate(sheet) if column.null_count() < sheet.height]
    cells = {f"c{i}": sheet.to_series(i) for i in range(sheet.width)}
    rows = pl.DataFrame(
        {"row": pl.Series(range(1, sheet.height + 1), dtype=pl.Int64)} | cells
    ).filter(pl.any_horizontal(pl.col(list(cells)).is_not_null()))
    if rows.height != frame.height + 1 or len(kept) != frame.width:
        return frame
    header, *headings = rows.row(0)
    layout = Layout(header, tuple(h or "" for h in headings), ("text",) * sheet.width, {}, None)
    records = rows[1:].with_columns(notes=pl.lit(None, pl.String))
    filled = with_merged(records, sheet, layout, merged).select(f"c{i}" for i in kept)
    filled.columns = frame.columns
    return filled


def continues(layout: Layout, rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows without headings go on with a sheet of this layout.

    Every one of the first that has cells at all must have a company's name in its place and, where
    the layout has them, most of the credit codes and dates in theirs.
    """
    looked = [row for row in rows[:LOOKED_AT] if any(row)]
    fields = layout.fields
    if not looked or len(looked[0]) > len(fields):
        return False
    name = fields.index("name")
    known = [
        i for i, field in enumerate(fields) if field in ("uscc", "founded") and i < len(looked[0])
    ]
    right = [
        TYPED[str(fields[i])](row[i].strip()) for row in looked for i in known if row[i].strip()
    ]
    named = all(name < len(row) and LOOSE["name"](row[name].strip()) for row in looked)
    return named and 2 * sum(right) >= len(right)
