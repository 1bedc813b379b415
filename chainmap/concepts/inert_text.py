"""Texts as cells of a CSV that a spreadsheet opens: none of them is run as a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_UNSEEN = (
    "\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters nobody sees, as ranges of a pattern; spreadsheets and their imports drop many."""

_SIGNS = (
    "=+\\-@\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b"
    "\uff0b\uff0d\uff1d\uff20"
)
"""What a formula begins with, in every form that is one of them once normalised (NFKC)."""

_FORMULA = f"[\t\r]|[{_UNSEEN}]*[{_SIGNS}]"
_BEGINS_FORMULA = re.compile(_FORMULA)


def inert(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run: one like a formula, quoted."""
    return f"'{text}" if _BEGINS_FORMULA.match(text) else text


def inert_column(column: pl.Expr) -> pl.Expr:
    """Return a text column with every cell as `inert` makes it."""
    return column.str.replace(f"^({_FORMULA})", "'${1}")
