"""Merged cells of a workbook: the reader gives their text to the first cell only."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import IO, Any, NamedTuple

from chainmap.errors import InputError
from chainmap.sources.old_book import old_merged_cells

MOST_MERGED = 300_000
"""Merged cells of a sheet; each takes room, and no list people made has so many."""

_RANGE = re.compile(
    rb"""<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?\bref\s*=\s*["']"""
    rb"""([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_MARK = b"mergeCell"
_PIECE = 1 << 22
_LONGEST = 1 << 10
"""Bytes of an element that may lie across two pieces."""
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Merged(NamedTuple):
    """Cells merged over several rows: first and last row, first and last column, from 0."""

    top: int
    bottom: int
    column: int
    last: int

    @property
    def address(self) -> str:
        """Where they are, as a spreadsheet writes it: A2:A4."""
        return f"{_letters(self.column)}{self.top + 1}:{_letters(self.last)}{self.bottom + 1}"


def merged_rows(file: Path) -> dict[str, list[Merged]]:
    """Return the cells merged over more than one row, by sheet name, in the sheet's order.

    Args:
        file: A workbook that `check_book` has passed and the reader has read.

    Raises:
        InputError: A sheet has more merged cells than any list.

    Source:
        ECMA-376 part 1, 18.3.1.55 (mergeCells); MS-XLS 2.4.168 (MergeCells).
    """
    if not zipfile.is_zipfile(file):
        told = old_merged_cells(file)
        return {
            name: list(_down((Merged(*one) for one in cells), file.name, name))
            for name, cells in told.items()
        }
    found: dict[str, list[Merged]] = {}
    with zipfile.ZipFile(file) as book:
        members = {name.lower(): name for name in book.namelist()}
        if _BOOK not in members or _RELATIONS not in members:
            return {}
        for name, part in _parts(book, members):
            with book.open(part) as sheet:
                found[name] = list(_down(_ranges(sheet), file.name, name))
    return found


def _down(ranges: Iterator[Merged], file: str, sheet: str) -> Iterator[Merged]:
    """Yield the ranges of more than one row."""
    for count, one in enumerate(ranges):
        if count == MOST_MERGED:
            raise InputError(
                f"{file}［{sheet}］的合并单元格多于 {MOST_MERGED:,} 处，大得不合理，未读。",
                todo="在 Excel 或 WPS 中取消合并单元格，另存后再试。",
            )
        if one.bottom > one.top:
            yield one


def _ranges(sheet: IO[bytes]) -> Iterator[Merged]:
    """Yield a sheet's merged cells; its text is looked through, not parsed: it may be large."""
    kept, more = b"", True
    while more:
        piece = sheet.read(_PIECE)
        text, more = kept + piece, bool(piece)
        cut = text.rfind(b"<") if more else len(text)
        cut = cut if cut >= 0 and len(text) - cut <= _LONGEST else len(text)
        kept = text[cut:]
        for told in _RANGE.finditer(text, 0, cut) if _MARK in text else ():
            yield Merged(int(told[2]) - 1, int(told[4]) - 1, _number(told[1]), _number(told[3]))


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
    """Yield the elements of a name."""
    from lxml.etree import iterparse

    for _, element in iterparse(file, tag=f"{{*}}{name}", resolve_entities=False, recover=True):
        yield element


def _number(letters: bytes) -> int:
    """Return a column's number, from 0."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _letters(number: int) -> str:
    """Return a column's letters, by its number from 0."""
    letters = ""
    while number >= 0:
        letters = chr(65 + number % 26) + letters
        number = number // 26 - 1
    return letters
