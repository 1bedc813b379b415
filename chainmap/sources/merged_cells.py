"""Merged cells of a workbook: the reader gives their text to the first cell only."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import IO, Any, NamedTuple

_RANGE = re.compile(r"([A-Z]+)(\d+):[A-Z]+(\d+)")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Merged(NamedTuple):
    """Cells merged over several rows: first and last row and first column, from 0."""

    top: int
    bottom: int
    column: int


def merged_rows(file: Path) -> dict[str, list[Merged]]:
    """Return the cells merged over more than one row, by sheet name, in the sheet's order.

    Args:
        file: A workbook that `check_book` has passed and the reader has read; an .xls has none that
            can be told.

    Source:
        ECMA-376 part 1, 18.3.1.55 (mergeCells).
    """
    if not zipfile.is_zipfile(file):
        return {}
    found: dict[str, list[Merged]] = {}
    with zipfile.ZipFile(file) as book:
        members = {name.lower(): name for name in book.namelist()}
        if _BOOK not in members or _RELATIONS not in members:
            return {}
        for name, part in _parts(book, members):
            with book.open(part) as sheet:
                ranges = [_merged(cell.get("ref", "")) for cell in _elements(sheet, "mergeCell")]
            found[name] = [one for one in ranges if one is not None]
    return found


def _parts(book: zipfile.ZipFile, members: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name and the member that holds it."""
    with book.open(members[_RELATIONS]) as file:
        targets = {
            one.get("Id"): normpath(join("/xl", one.get("Target", ""))).lstrip("/").lower()
            for one in _elements(file, "Relationship")
        }
    with book.open(members[_BOOK]) as file:
        sheets = [dict(one.attrib) for one in _elements(file, "sheet")]
    for sheet in sheets:
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        part = members.get(targets.get(relation, ""))
        if part is not None and sheet.get("name"):
            yield sheet["name"], part


def _elements(file: IO[bytes], name: str) -> Iterator[Any]:
    """Yield the elements of a name; rows are dropped as they pass, so that none is kept."""
    from lxml.etree import iterparse

    wanted = f"{{*}}{name}"
    for _, element in iterparse(file, tag=(wanted, "{*}row"), resolve_entities=False, recover=True):
        if element.tag.endswith(f"}}{name}"):
            yield element
        else:
            element.clear()


def _merged(cells: str) -> Merged | None:
    told = _RANGE.fullmatch(cells)
    if told is None or int(told[3]) <= int(told[2]):
        return None
    column = 0
    for letter in told[1]:
        column = column * 26 + ord(letter) - 64
    return Merged(int(told[2]) - 1, int(told[3]) - 1, column - 1)
