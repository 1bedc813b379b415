"""Merged cells of a workbook: the reader gives their text to the first cell only."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple

_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']"""
)
_PIECE, _OVERLAP = 1 << 22, 256


class Merged(NamedTuple):
    """Cells merged over several rows: first and last row and first column, from 0."""

    top: int
    bottom: int
    column: int


def merged_rows(file: Path) -> dict[str, list[Merged]]:
    """Return the cells merged over more than one row, by sheet name, in the sheet's order.

    Args:
        file: A workbook that `check_book` has passed; an .xls has none that can be told.
    """
    if not zipfile.is_zipfile(file):
        return {}
    found: dict[str, list[Merged]] = {}
    with zipfile.ZipFile(file) as book:
        members = {name.lower(): name for name in book.namelist()}
        for name, part in _parts(book, members):
            with book.open(part) as sheet:
                found[name] = list(dict.fromkeys(_merged(iter(lambda: sheet.read(_PIECE), b""))))
    return found


def _parts(book: zipfile.ZipFile, members: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name and the member that holds it."""
    relations = members.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return
    targets = {}
    for tag in _RELATION.finditer(book.read(relations).decode("utf-8", "replace")):
        about = _attributes(tag[1])
        targets[about.get("Id")] = normpath(join("/xl", about.get("Target", ""))).lstrip("/")
    for tag in _SHEET.finditer(book.read(members["xl/workbook.xml"]).decode("utf-8", "replace")):
        about = _attributes(tag[1])
        relation = next((value for key, value in about.items() if key.endswith(":id")), None)
        part = members.get(targets.get(relation, "").lower())
        if part is not None and "name" in about:
            yield about["name"], part


def _attributes(text: str) -> dict[str, str]:
    return {one[1]: unescape(one[2] or one[3] or "") for one in _ATTRIBUTE.finditer(text)}


def _merged(pieces: Iterable[bytes]) -> Iterator[Merged]:
    kept = b""
    for piece in pieces:
        for one in _MERGED.finditer(kept + piece):
            top, bottom = int(one[2]) - 1, int(one[4]) - 1
            if bottom > top:
                yield Merged(top, bottom, _number(one[1]) - 1)
        kept = piece[-_OVERLAP:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
