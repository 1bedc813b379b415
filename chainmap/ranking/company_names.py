"""The one company a reader means by a name: its own names only, never a part of one."""

from __future__ import annotations

import re

import polars as pl

from chainmap.concepts.hanzi import first_found, simplified
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.sources.foreign_catalogue import folded
from chainmap.tables import Companies

LONGEST = 60
"""Characters of a name that an answer repeats."""
MOST_NEAR = 5
"""Companies offered where none answers."""
_LEGAL_FORM = r"(?:股份有限公司|有限责任公司|有限公司)$"
_USUAL = re.compile(r"股份有限公司|有限责任公司|有限公司|集团|科技|股份|技术|控股|实业|发展")
"""What names share without being alike."""


def company_named(companies: Companies, given: str) -> str:
    """Return the id of the company called so: by id, short or registered name, or stock code.

    The registered name may lack its legal form, the code its exchange; spaces, capitals and
    full-width forms do not count, and traditional characters stand for the simplified ones where
    nothing is called so. The beginning or another part of a name is no name: a firm that is not in
    the roster would be answered for by one whose name holds it.

    Args:
        companies: The roster.
        given: The name as typed.

    Raises:
        UnknownNameError: None or several answer to it; companies with names near to it are offered.
    """
    wanted = folded(given)
    if not wanted:
        raise UnknownNameError("企业", given)
    table = companies.select(
        "company_id", "group_id", "short_name", "full_name",
        short=_folded("short_name"), full=_folded("full_name"), code=_folded("stock_code"),
    )  # fmt: skip
    called = first_found(wanted, lambda read: _called(table, read))
    if called["group_id"].n_unique() > 1:
        raise UnknownNameError("唯一的企业", given[:LONGEST], tuple(called["full_name"].sort()))
    if called.height:
        heads = called.filter(pl.col("company_id") == pl.col("group_id"))
        return str((heads if heads.height else called)["company_id"][0])
    raise UnknownNameError(
        "企业", given[:LONGEST], _near(table, given[:LONGEST], simplified(wanted))
    )


def _called(table: pl.DataFrame, wanted: str) -> pl.DataFrame:
    """Return the companies one of whose own names, or whose code, is as wanted."""
    code = pl.col("code")
    own = pl.any_horizontal(
        pl.col("company_id", "short", "full") == wanted,
        ((code == wanted) | (code.str.split(".").list.first() == wanted)).fill_null(value=False),
    )
    called = table.filter(own)
    if called.is_empty():
        called = table.filter(pl.col("full").str.replace(_LEGAL_FORM, "") == wanted)
    return called


def _folded(column: str) -> pl.Expr:
    """Return a column as `folded` writes a text."""
    narrow = pl.col(column).str.normalize("NFKC").str.replace_all(r"\s+", "")
    return narrow.str.to_lowercase()


def _near(table: pl.DataFrame, given: str, wanted: str) -> tuple[str, ...]:
    """Return companies whose names begin so, then those that hold it; else those that come close.

    Each stands there once, by its short name.
    """
    names = pl.col("short", "full")
    begins = table.filter(pl.any_horizontal(names.str.starts_with(wanted)))
    holds = table.filter(pl.any_horizontal(names.str.contains(wanted, literal=True)))
    found = [*begins.sort("short")["short_name"], *holds.sort("short")["short_name"]]
    if not found:
        found = [*nearest_names(_USUAL.sub("", given), table["short_name"], limit=MOST_NEAR)]
    return tuple(dict.fromkeys(found))[:MOST_NEAR]
