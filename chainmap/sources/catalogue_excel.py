"""Catalogues in Excel: our own layout read back row by row, and anybody's sheet as rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.concepts.catalogue_layout import (
    ITEM_COLUMNS,
    ITEM_SHEET,
    NOTE_SHEET,
    TERM_COLUMNS,
    TERM_SHEET,
    VERSION_FIELD,
)
from chainmap.errors import InputError
from chainmap.sources.intake.book_bounds import check_book
from chainmap.sources.intake.workbooks import reading
from chainmap.sources.merged_cells import Merged, merged_rows

HEADER_WITHIN = 20
"""Rows in which the header must stand."""


class SheetRow(NamedTuple):
    """One row of a table: its number as Excel shows it, and its cells by heading."""

    number: int
    cells: dict[str, str]


class CatalogueSheets(NamedTuple):
    """An edited catalogue as it stands in the file: the version it was exported from, and rows."""

    version: str
    items: list[SheetRow]
    terms: list[SheetRow]


def read_catalogue_sheets(file: Path) -> CatalogueSheets:
    """Return the rows of a workbook that `chainmap catalogue export` wrote and somebody edited.

    A merged chain stands in its first row only; any other merged cell counts for all its rows, as
    it is read on the screen. Nothing is judged here.

    Raises:
        InputError: It is no such workbook: a sheet, a heading or the version is missing.
    """
    sheets = read_workbook(file)
    for name in (ITEM_SHEET, TERM_SHEET, NOTE_SHEET):
        if name not in sheets:
            raise InputError(
                f"{file.name} 没有“{name}”表，不是本产品导出的招商目录。",
                todo="请编辑 chainmap catalogue export 导出的文件；别处的目录用 catalogue import。",
            )
    notes = {row[0].strip(): row[1].strip() for row in sheets[NOTE_SHEET] if len(row) > 1}
    if not notes.get(VERSION_FIELD):
        raise InputError(f"{file.name} 的“{NOTE_SHEET}”表没有写版本。", todo="请重新导出再编辑。")
    merged = merged_rows(file)
    for name in (ITEM_SHEET, TERM_SHEET):
        _fill_down(sheets[name], merged.get(name, ()), ITEM_COLUMNS[0].name)
    items = _table(sheets[ITEM_SHEET], [c.name for c in ITEM_COLUMNS], file.name, ITEM_SHEET)
    terms = _table(sheets[TERM_SHEET], [c.name for c in TERM_COLUMNS], file.name, TERM_SHEET)
    return CatalogueSheets(notes[VERSION_FIELD], items, terms)


def read_workbook(file: Path) -> dict[str, list[list[str]]]:
    """Return every sheet of a workbook as rows of trimmed text, from its first row on.

    Raises:
        InputError: The file is missing, has a password, or is no workbook.
    """
    import fastexcel

    if not file.is_file():
        raise InputError(f"没有文件 {file}。", todo="检查路径。")
    check_book(file, file.name)
    with reading(file, file.name):
        book = fastexcel.read_excel(file)
        return {name: _cells(book, name) for name in book.sheet_names}


def _cells(book: object, sheet: str) -> list[list[str]]:
    loaded = book.load_sheet(sheet, header_row=None, dtypes="string", skip_rows=0)  # type: ignore[attr-defined]
    if loaded.width == 0:
        return []
    frame = pl.DataFrame(loaded)
    return [[_clean(cell) for cell in row] for row in frame.rows()]


def _clean(cell: str | None) -> str:
    text = (cell or "").replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _fill_down(rows: list[list[str]], merged: Iterable[Merged], but: str) -> None:
    """Give every row of merged cells their text, but not in the column headed `but`."""
    for one in merged:
        cells = [row for row in rows[one.top : one.bottom + 1] if one.column < len(row)]
        above = [row[one.column] for row in rows[: one.top] if one.column < len(row)]
        if but not in above:
            for row in cells[1:]:
                row[one.column] = cells[0][one.column]


def _table(
    rows: Sequence[Sequence[str]], names: Sequence[str], file: str, sheet: str
) -> list[SheetRow]:
    """Return the rows under the header, empty rows left out.

    Raises:
        InputError: The header is not found, or lacks a heading.
    """
    header = next(
        (at for at, row in enumerate(rows[:HEADER_WITHIN]) if len(set(names) & set(row)) > 2), None
    )
    if header is None:
        raise InputError(f"{file} 的“{sheet}”表没有找到表头。", todo="请重新导出再编辑。")
    places = {name: list(rows[header]).index(name) for name in names if name in rows[header]}
    missing = [name for name in names if name not in places]
    if missing:
        raise InputError(
            f"{file} 的“{sheet}”表缺少列：{'、'.join(missing)}。",
            todo="列可以换序，不能删除或改名。",
        )
    found = []
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = {name: row[at] for name, at in places.items()}
        if any(cells.values()):
            found.append(SheetRow(number, cells))
    return found


def read_table(file: Path, sheet: str, names: Sequence[str]) -> list[SheetRow]:
    """Return the rows of one sheet under its header.

    Raises:
        InputError: The sheet, its header or a heading is missing.
    """
    sheets = read_workbook(file)
    if sheet not in sheets:
        raise InputError(f"{file.name} 没有“{sheet}”表。", todo="请用本产品写出的那份文件。")
    return _table(sheets[sheet], names, file.name, sheet)
