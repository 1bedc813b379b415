"""Catalogues as other offices keep them: the header found, rows read as they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from chainmap.concepts.catalogue_layout import (
    ITEM_SHEET,
    NOTE_SHEET,
    PASSAGE_SHEET,
    REASON_SHEET,
    TERM_SHEET,
)
from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile
from chainmap.errors import InputError
from chainmap.sources.catalogue_excel import HEADER_WITHIN, read_workbook

_ANNEXES = (TERM_SHEET, PASSAGE_SHEET, REASON_SHEET, NOTE_SHEET)
"""Sheets of our own export that name items again, or none."""


class CatalogueColumns(Frozen):
    """`data/intake/catalogue-columns.yml`: headings by field, words of total rows, priorities."""

    columns: dict[str, list[str]]
    totals: tuple[str, ...] = Field(strict=False)
    priorities: dict[str, list[str]]


class ForeignRow(NamedTuple):
    """One row of somebody's catalogue: sheet, row number as Excel shows it, cells by field.

    `total` says that a cell of it reads 合计 or the like.
    """

    sheet: str
    number: int
    cells: dict[str, str]
    total: bool = False


class ForeignCatalogue(NamedTuple):
    """Somebody's catalogue: its rows, and the sheets that were passed over, in words."""

    rows: list[ForeignRow]
    passed_over: list[str]


@cache
def load_catalogue_columns() -> CatalogueColumns:
    """Return how other offices call the columns of a catalogue.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("data", "intake", "catalogue-columns.yml").check(CatalogueColumns)


def read_foreign_catalogue(file: Path) -> ForeignCatalogue:
    """Return the rows of a workbook; a merged chain or name cell is filled down for the chain.

    Of one that `chainmap catalogue export` wrote, for another city or year, the items alone.

    Raises:
        InputError: It cannot be read, or no sheet has a heading for the item's name.
    """
    known = load_catalogue_columns().columns
    rows: list[ForeignRow] = []
    passed_over: list[str] = []
    sheets = read_workbook(file)
    own = {ITEM_SHEET, TERM_SHEET, NOTE_SHEET} <= set(sheets)
    for sheet, cells in sheets.items():
        if own and sheet in _ANNEXES:
            passed_over.append(f"“{sheet}”：本产品导出的附表，不是条目。")
            continue
        header = _header(cells, known)
        if header is None:
            if any(any(row) for row in cells):
                passed_over.append(f"“{sheet}”：没有认出列名，{len(cells)} 行未读。")
            continue
        rows += _rows(sheet, cells, *header)
    if not rows:
        names = "、".join(known["name"][:6])
        raise InputError(
            f"{file.name} 中没有认出招商目录。", todo=f"表头须有一列叫 {names} 等，且下面有内容。"
        )
    return ForeignCatalogue(rows, passed_over)


def folded(text: str) -> str:
    """Return a heading without blanks, width folded, in lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _header(
    cells: Sequence[Sequence[str]], known: Mapping[str, Sequence[str]]
) -> tuple[int, dict[str, int]] | None:
    """Return the header's place and the column of every field it names; the fullest row wins."""
    best: tuple[int, dict[str, int]] | None = None
    for at, row in enumerate(cells[:HEADER_WITHIN]):
        headings = [folded(cell) for cell in row]
        places: dict[str, int] = {}
        for field, names in known.items():
            # The list is in order of how plainly a heading means the field.
            found = [headings.index(folded(n)) for n in names if folded(n) in headings]
            free = [place for place in found if place not in places.values()]
            if free:
                places[field] = free[0]
        if "name" in places and len(places) > (len(best[1]) if best else 0):
            best = (at, places)
    return best


def _rows(
    sheet: str, cells: Sequence[Sequence[str]], header: int, places: Mapping[str, int]
) -> list[ForeignRow]:
    totals = {folded(word) for word in load_catalogue_columns().totals}
    found, chain = [], ""
    for number, row in enumerate(cells[header + 1 :], start=header + 2):
        values = {field: row[at] for field, at in places.items()}
        if not any(row):
            continue
        chain = values["chain"] = values.get("chain", "") or chain
        found.append(ForeignRow(sheet, number, values, bool(totals & set(map(folded, row)))))
    return found
