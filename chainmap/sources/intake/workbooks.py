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

from chainmap.errors import InputError
from chainmap.sources.intake.alignment import LOOSE, TYPED
from chainmap.sources.intake.layout import Layout

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of an OLE container: an .xls, or an encrypted workbook of any kind."""

LOOKED_AT = 10
"""Rows that tell whether a sheet without headings goes on with the one before."""


@contextmanager
def _reading(path: Path, label: str) -> Iterator[None]:
    """Turn what a broken workbook makes the reader say into words for people."""
    import fastexcel

    try:
        with _panics_unheard() if _is_ole(path) else nullcontext():
            yield
    except BaseException as error:
        if not _is_panic(error) and not isinstance(error, fastexcel.FastExcelError):
            raise
        if "password" in str(error).lower():
            raise locked_error(label) from error
        raise InputError(
            f"{label} 不是可以读的 Excel 文件，可能没有下载完整或已损坏。",
            todo="用 Excel 或 WPS 打开后另存为 .xlsx 再试。",
        ) from error


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

    with _reading(path, label):
        book = fastexcel.read_excel(path)
        return [(n, book.load_sheet(n, header_row=None, n_rows=0).visible == "visible")
                for n in book.sheet_names]  # fmt: skip


def locked_error(label: str) -> InputError:
    """Return the error of a workbook with a password."""
    return InputError(
        f"{label} 的文件有密码，读不出来。",
        todo="在 Excel 或 WPS 中打开，清空“文件→信息→用密码进行加密”，另存后再试。",
    )


@lru_cache(maxsize=1)
def read_sheet(path: Path, sheet: str) -> pl.DataFrame:
    """Return every cell of a sheet as text, from its first row on.

    Raises:
        InputError: The sheet cannot be read.
    """
    import fastexcel

    with _reading(path, f"{path.name}［{sheet}］"):
        book = fastexcel.read_excel(path)
        loaded = book.load_sheet(sheet, header_row=None, dtypes="string", skip_rows=0)
        return pl.DataFrame(loaded)


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
