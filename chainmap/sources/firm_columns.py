"""Read any table of firms or of landed projects: headings recognised, everything as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile
from chainmap.errors import InputError
from chainmap.sources.intake.fields import stated
from chainmap.sources.plain_table import headings_of, read_plain_table


class FirmColumns(Frozen):
    """Headings by field, from `data/landings/columns.yml`."""

    columns: dict[str, list[str]]


@cache
def firm_columns() -> dict[str, list[str]]:
    """Return field → headings it answers to, most telling first.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("data", "landings", "columns.yml").check(FirmColumns).columns


class Headings(NamedTuple):
    """What a table's headings answer to, and those that answer to nothing, as they are written.

    Both are empty where the file is no readable table.
    """

    fields: frozenset[str]
    unknown: tuple[str, ...]


def recognised(file: Path) -> Headings:
    """Return what a table's headings answer to.

    Raises:
        CurationError: The bundled list of headings is malformed.
    """
    field_of = _field_of()
    headings = headings_of(file)
    known = {h: field_of[_bare(h)] for h in headings if _bare(h) in field_of}
    unknown = tuple(h for h in headings if h.strip() and h not in known)
    return Headings(frozenset(known.values()), unknown)


def read_firm_table(file: Path, needed: Sequence[str | tuple[str, ...]]) -> pl.DataFrame:
    """Return the recognised columns of a table, all text, null where a cell states nothing.

    A second column that answers to `name` is the firm's short name where none is called so.

    Args:
        file: As `read_plain_table` takes it.
        needed: Fields without which the table is of no use; of a tuple any one will do.

    Returns:
        `row` (as a spreadsheet counts, from 2) and one column a field that was recognised; rows in
        the order of the file, none left out.

    Raises:
        InputError: The file cannot be read, or a needed column is missing.
    """
    raw = read_plain_table(file)
    wanted = _field_of()
    order = {_bare(h): i for names in firm_columns().values() for i, h in enumerate(names)}
    found: dict[str, list[str]] = {}
    for column in sorted(raw.columns, key=lambda c: order.get(_bare(c), 0)):
        field = wanted.get(_bare(column))
        if field is not None:
            found.setdefault(field, []).append(column)
    found.setdefault("short_name", found.get("name", [])[1:])
    chosen = {field: columns[0] for field, columns in found.items() if columns}
    any_of = [(one,) if isinstance(one, str) else one for one in needed]
    missing = [fields for fields in any_of if not set(fields) & set(chosen)]
    if missing:
        names = "；".join(
            "、".join(name for field in fields for name in firm_columns()[field][:4])
            for fields in missing
        )
        raise InputError(
            f"{file.name} 缺少列：{names}（各取其一）。",
            todo=f"现有的列：{'、'.join(raw.columns[:20])}。",
        )
    return raw.select(
        row=pl.int_range(2, raw.height + 2, dtype=pl.Int64),
        **{field: stated(pl.col(chosen[field])) for field in firm_columns() if field in chosen},
    )


def _field_of() -> dict[str, str]:
    return {_bare(heading): field for field, names in firm_columns().items() for heading in names}


def _bare(heading: str) -> str:
    return "".join(heading.split()).casefold()
