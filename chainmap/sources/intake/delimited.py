"""Lines → records: regular ones split all at once, the others one by one and named."""

from __future__ import annotations

import csv
import re
from typing import NamedTuple

import polars as pl

LONGEST_LINE = 131_072
"""Characters of a row: what the csv module takes for one cell; no company list comes near."""

LONGEST_RECORD = 50
"""Lines a quoted cell may span; a stray quotation mark must not swallow the rest of a file."""

_SOUND = {d: re.compile(rf'(?:"(?:[^"]|"")*"|[^"{d}]*)(?:{d}(?:"(?:[^"]|"")*"|[^"{d}]*))*')
          for d in (",", ";", "\t", r"\|")}  # fmt: skip


class Odd(NamedTuple):
    """A record that does not have the layout's number of cells, or is badly quoted."""

    row: int
    cells: list[str]
    raw: str
    why: str


class Records(NamedTuple):
    """A block of lines as records.

    `frame` holds `row, c0 …, notes` of the regular ones, by row; `odd` the rest; `blank` how many
    lines were empty.
    """

    frame: pl.DataFrame
    odd: list[Odd]
    blank: int


def sniff_delimiter(lines: list[str]) -> str:
    """Return the mark that separates cells: the one that the most lines have the most of."""
    counts = {d: sum(min(line.count(d), 60) for line in lines[:40]) for d in (",", "\t", ";", "|")}
    return max(counts, key=lambda d: counts[d])


def is_sound(record: str, delimiter: str) -> bool:
    """Return whether a record's quotes are in pairs around whole cells."""
    return bool(_SOUND[delimiter if delimiter != "|" else r"\|"].fullmatch(record))


def split_cells(line: str, delimiter: str) -> list[str]:
    """Return a line's cells, quotes taken off; a badly quoted line is split plainly."""
    if '"' in line and is_sound(line, delimiter):
        return next(csv.reader(_lines(line), delimiter=delimiter))
    return line.split(delimiter)


def read_records(
    lines: list[str], first_row: int, width: int, delimiter: str, notes: dict[int, str]
) -> Records:
    """Return the records of a block of lines.

    Args:
        lines: Decoded lines.
        first_row: Row number of the first line, as an editor counts.
        width: How many cells a record has.
        delimiter: One of `, ; tab |`.
        notes: What was repaired already, by index of the line.
    """
    table = pl.DataFrame({"line": lines}, schema={"line": pl.String}).with_row_index(
        "row", first_row
    )
    table = table.with_columns(pl.col("row").cast(pl.Int64))
    if notes:
        keyed = {first_row + i: what for i, what in notes.items()}
        table = table.with_columns(
            notes=pl.col("row").replace_strict(keyed, default=None, return_dtype=pl.String)
        )
    else:
        table = table.with_columns(notes=pl.lit(None, pl.String))
    blank = table["line"].str.strip_chars(" \t\r,;|\u3000").str.len_bytes() == 0
    quoted = table["line"].str.contains('"', literal=True)
    regular = table["line"].str.count_matches(delimiter, literal=True) == width - 1
    plain = table.filter(~blank & ~quoted & regular)
    others = table.filter(~blank & (quoted | ~regular))
    cells = plain.select(
        "row", "notes", pl.col("line").str.split_exact(delimiter, width - 1).alias("cells")
    ).unnest("cells")
    cells.columns = ["row", "notes", *(f"c{i}" for i in range(width))]
    good, odd = _one_by_one(others, width, delimiter)
    frame = pl.concat([cells, pl.DataFrame(good, schema=cells.schema, orient="row")])
    return Records(frame.sort("row"), odd, int(blank.sum()))


def _one_by_one(
    others: pl.DataFrame, width: int, delimiter: str
) -> tuple[list[tuple[object, ...]], list[Odd]]:
    good: list[tuple[object, ...]] = []
    odd: list[Odd] = []
    rows, lines, notes = (others[c].to_list() for c in ("row", "line", "notes"))
    at = 0
    while at < len(lines):
        line, used = lines[at], 1
        if line.count('"') % 2:
            joined, used = _joined(rows, lines, at, width, delimiter)
            line = joined or line
        if len(line) > LONGEST_LINE:
            cells, why = [line[:LONGEST_LINE]], f"一行长达 {len(line):,} 字"
        elif is_sound(line, delimiter):
            cells = (
                next(csv.reader([line], delimiter=delimiter, strict=False))
                if "\n" not in line
                else next(csv.reader(_lines(line), delimiter=delimiter))
            )
            why = "" if len(cells) == width else f"应有 {width} 列，实有 {len(cells)} 列"
        else:
            cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
            why = "引号不成对或未加倍"
        if why:
            odd.append(Odd(rows[at], cells, line, why))
        else:
            note = "单元格内有换行" if "\n" in line else notes[at]
            good.append((rows[at], note, *cells))
        at += used
    return good, odd


def _joined(
    rows: list[int], lines: list[str], at: int, width: int, delimiter: str
) -> tuple[str | None, int]:
    """Return a record that runs over several lines, and how many; None where it does not."""
    text = lines[at]
    for n in range(1, min(LONGEST_RECORD, len(lines) - at)):
        if rows[at + n] != rows[at] + n:
            return None, 1  # a complete record lies between: the mark is a stray one
        text += "\n" + lines[at + n]
        if lines[at + n].count('"') % 2:
            cells = next(csv.reader(_lines(text), delimiter=delimiter))
            return (text, n + 1) if len(cells) == width else (None, 1)
    return None, 1


def _lines(text: str) -> list[str]:
    """Return a text's lines for `csv.reader`; only a line feed ends one."""
    return [f"{line}\n" for line in text.split("\n")]
