"""A catalogue's edits: one row of its workbook changed, and read back as the command reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from chainmap.catalogue.edit import apply_sheets
from chainmap.catalogue.store import Listed, find_version, save
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue import Catalogue
from chainmap.concepts.catalogue_layout import (
    ITEM_COLUMNS,
    TERM_COLUMNS,
    codes_text,
    term_code,
)
from chainmap.errors import ConflictError, InputError, UnknownNameError
from chainmap.reports.catalogue_rows import item_rows, term_rows
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.catalogue_excel import CatalogueSheets, SheetRow
from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.places import City

_FAULT = re.compile(r"(\S+) 第\d+行“(.+?)”：(.+)")
Cells = dict[str, str]


class Edited(NamedTuple):
    """What became of an edit: the draft it makes, or what is wrong, by field; "" is the whole."""

    draft: Catalogue | None
    errors: dict[str, str]


def item_cells(catalogue: Catalogue, item_id: str) -> Cells:
    """Return an item's row as the workbook has it; an empty one for a new item.

    Raises:
        UnknownNameError: The version has no such item.
    """
    if not item_id:
        return {column.name: "" for column in ITEM_COLUMNS}
    return _cells(_sheets(catalogue).items, "条目编号", item_id)


def term_cells(catalogue: Catalogue, term_id: str) -> Cells:
    """Return a term's row as the workbook has it; an empty one for a new term.

    Raises:
        UnknownNameError: The version has no such term.
    """
    if not term_id:
        code = term_code(len(catalogue.terms))
        blank = {column.name: "" for column in TERM_COLUMNS}
        return blank | {"序号": code, "适用地": catalogue.city, "地区代码": catalogue.city_code}
    return _cells(_sheets(catalogue).terms, "条件编号", term_id)


def with_item(base: Catalogue, cells: Cells, library: ChainLibrary) -> Edited:
    """Return the draft with an item's row changed, or put behind the others where it has no id."""
    sheets = _sheets(base)
    items = _put(sheets.items, "条目编号", cells)
    return _applied(base, sheets._replace(items=items), library)


def without_item(base: Catalogue, item_id: str, library: ChainLibrary) -> Edited:
    """Return the draft without an item.

    Raises:
        UnknownNameError: The version has no such item.
    """
    sheets = _sheets(base)
    _cells(sheets.items, "条目编号", item_id)
    items = [row for row in sheets.items if row.cells["条目编号"] != item_id]
    return _applied(base, sheets._replace(items=items), library)


def with_term(base: Catalogue, cells: Cells, library: ChainLibrary) -> Edited:
    """Return the draft with an admission term's row changed, or put behind the others."""
    sheets = _sheets(base)
    terms = _put(sheets.terms, "条件编号", cells)
    return _applied(base, sheets._replace(terms=terms), library)


def keep(base: Catalogue, draft: Catalogue, city: City, workspace: Path) -> Catalogue:
    """Return the draft as stored; what was there before under the same content is not rewritten."""
    try:
        return find_version(city, draft.version, workspace)
    except UnknownNameError:
        save(draft, CatalogueFolder(workspace))
        return draft


def successors(base: Catalogue, versions: list[Listed]) -> list[Catalogue]:
    """Return the drafts that somebody made from a version already."""
    return [
        listed.catalogue
        for listed in versions
        if listed.catalogue.based_on == base.version_name and listed.catalogue.sanction is None
    ]


def refuse_stale(base: Catalogue, versions: list[Listed], *, fork: bool) -> None:
    """Raise where somebody has edited the version since; unless a draft beside theirs is meant.

    Raises:
        ConflictError: There is a newer draft of it.
    """
    newer = successors(base, versions)
    if newer and not fork:
        names = "、".join(draft.version_name for draft in newer)
        raise ConflictError(
            f"{base.version_name} 已有人改过，改动在 {names} 中。",
            todo="请打开较新的草案，在其上再改；或勾选“另立草案”，与之并存。",
        )


def codes_of_terms(catalogue: Catalogue, chosen: list[str]) -> str:
    """Return ticked terms as an item's cell states them."""
    places = [at for at, term in enumerate(catalogue.terms) if term.id in chosen]
    return codes_text(places)


def _applied(base: Catalogue, sheets: CatalogueSheets, library: ChainLibrary) -> Edited:
    return _tried(lambda: apply_sheets(base, sheets, library, drop_missing=True))


def _tried(make: Callable[[], Catalogue]) -> Edited:
    try:
        return Edited(make(), {})
    except InputError as error:
        errors: dict[str, str] = {}
        for line in error.message.splitlines():
            found = _FAULT.fullmatch(line.strip())
            if found:
                errors.setdefault(found[2], found[3])
        return Edited(None, errors or {"": error.message})


def _sheets(catalogue: Catalogue) -> CatalogueSheets:
    """Return the catalogue as the rows its workbook has."""
    rows = item_rows(catalogue, load_fair_competition())
    return CatalogueSheets(
        catalogue.version_name,
        [SheetRow(at, _text(row)) for at, row in enumerate(rows, start=4)],
        [SheetRow(at, _text(row)) for at, row in enumerate(term_rows(catalogue), start=4)],
    )


def _text(row: dict[str, str | int | float]) -> Cells:
    return {name: str(value).strip() for name, value in row.items()}


def _cells(rows: list[SheetRow], key: str, wanted: str) -> Cells:
    found = next((row.cells for row in rows if row.cells[key] == wanted), None)
    if found is None:
        raise UnknownNameError(key, wanted, tuple(row.cells[key] for row in rows[:3]))
    return found


def _put(rows: list[SheetRow], key: str, cells: Cells) -> list[SheetRow]:
    """Return rows with one changed; one without an id stands behind the others."""
    if not cells[key]:
        number = rows[-1].number + 1 if rows else 4
        return [*rows, SheetRow(number, cells)]
    return [row._replace(cells=cells) if row.cells[key] == cells[key] else row for row in rows]
