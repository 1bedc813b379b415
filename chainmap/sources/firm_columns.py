"""Read any table of firms or of landed projects: headings recognised, everything as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

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


def recognised_fields(file: Path) -> frozenset[str]:
    """Return the fields that a table's headings answer to; empty where it is no readable table.

    Raises:
        CurationError: The bundled list of headings is malformed.
    """
    bare = {_bare(heading) for heading in headings_of(file)}
    return frozenset(
        field for field, names in firm_columns().items() if bare & {_bare(n) for n in names}
    )


def read_firm_table(file: Path, needed: Sequence[str]) -> pl.DataFrame:
    """Return the recognised columns of a table, all text, null where a cell states nothing.

    Args:
        file: As `read_plain_table` takes it.
        needed: Fields without which the table is of no use.

    Returns:
        `row` (as a spreadsheet counts, from 2) and one column a field that was recognised; rows in
        the order of the file, none left out.

    Raises:
        InputError: The file cannot be read, or a needed column is missing.
    """
    raw = read_plain_table(file)
    wanted = {_bare(heading): field for field, names in firm_columns().items() for heading in names}
    order = {_bare(h): i for names in firm_columns().values() for i, h in enumerate(names)}
    chosen: dict[str, str] = {}
    for column in sorted(raw.columns, key=lambda c: order.get(_bare(c), 0)):
        field = wanted.get(_bare(column))
        if field is not None:
            chosen.setdefault(field, column)
    missing = [field for field in needed if field not in chosen]
    if missing:
        names = "；".join("、".join(firm_columns()[field][:4]) for field in missing)
        raise InputError(
            f"{file.name} 缺少列：{names}（各取其一）。",
            todo=f"现有的列：{'、'.join(raw.columns[:20])}。",
        )
    return raw.select(
        row=pl.int_range(2, raw.height + 2, dtype=pl.Int64),
        **{field: stated(pl.col(chosen[field])) for field in firm_columns() if field in chosen},
    )


def _bare(heading: str) -> str:
    return "".join(heading.split()).casefold()
