"""A table of rows as the text of a CSV that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from chainmap.concepts.inert_text import inert
from chainmap.reports.cell_numbers import number_of


def csv_text(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as CSV, heads first; nothing where there are none.

    Text that looks like a formula is made inert; a signed number stays one.
    """
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({key: _shown(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def _shown(value: object) -> object:
    return inert(value) if isinstance(value, str) and number_of(value) is None else value
