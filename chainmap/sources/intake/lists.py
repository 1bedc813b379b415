"""A company list as it was found, its partitions, and the block of records each one holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.errors import InputError
from chainmap.sources.intake.decode import decode_lines
from chainmap.sources.intake.delimited import Odd, read_records
from chainmap.sources.intake.layout import Layout
from chainmap.sources.intake.merged_columns import merged_in, with_merged
from chainmap.sources.intake.workbooks import read_sheet

BLOCK_BYTES = 24 << 20
"""Text read at a time: about 100,000 companies; decides how much memory an import takes."""

BLOCK_ROWS = 100_000
"""Rows of a workbook or a Parquet file taken at a time."""

LONGEST_LINE = 4 << 20
"""A longer line is no list."""


class CompanyList(NamedTuple):
    """One table of companies: a CSV, a sheet, a Parquet file, a member of an archive."""

    path: Path
    label: str
    form: str
    layout: Layout
    sha256: str
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    as_of: dt.date = dt.date(1970, 1, 1)
    sequence: int = 0
    ordinal: int = 0
    today: dt.date = dt.date(1970, 1, 1)


class Partition(NamedTuple):
    """A stretch of one list: bytes of a CSV, rows of anything else. Picklable."""

    of: CompanyList
    start: int
    stop: int
    first_row: int
    number: int


class Block(NamedTuple):
    """Records of one partition: `row, notes, c0 …` of the regular ones, and the odd ones."""

    frame: pl.DataFrame
    odd: list[Odd]
    blank: int


def partitions(of: CompanyList) -> Iterator[Partition]:
    """Yield a list's partitions in order; a CSV is cut between two regular lines."""
    if of.form == "delimited":
        yield from _text_partitions(of)
        return
    rows = _row_count(of)
    first = of.layout.header_row if of.form == "sheet" else 0
    for number, start in enumerate(range(first, max(rows, first), BLOCK_ROWS)):
        stop = min(start + BLOCK_ROWS, rows)
        yield Partition(of, start, stop, start + 1, number)


def read_block(part: Partition) -> Block:
    """Return the records of one partition."""
    of, width = part.of, len(part.of.layout.fields)
    if of.form == "delimited":
        with of.path.open("rb") as file:
            file.seek(part.start)
            data = file.read(part.stop - part.start)
        lines = decode_lines(data, of.encoding)
        return Block(*read_records(lines.texts, part.first_row, width, of.delimiter, lines.odd))
    if of.form == "sheet":
        frame = read_sheet(of.path, of.sheet).slice(part.start, part.stop - part.start)
    else:
        frame = _parquet_rows(of, part.start, part.stop - part.start)
    frame.columns = [f"c{i}" for i in range(frame.width)]
    frame = frame.with_columns(
        row=pl.int_range(part.first_row, part.first_row + frame.height, dtype=pl.Int64),
        notes=pl.lit(None, pl.String),
    )
    cells = [f"c{i}" for i in range(width)]
    blank = frame.select(
        pl.all_horizontal(pl.col(cells).str.strip_chars().fill_null("") == "")
    ).to_series()
    records = frame.filter(~blank).select("row", "notes", *cells)
    if of.form == "sheet":
        whole, merged = read_sheet(of.path, of.sheet), merged_in(of.path, of.sheet)
        records = with_merged(records, whole, of.layout, merged)
    return Block(records, [], int(blank.sum()))


def _parquet_rows(of: CompanyList, start: int, n: int) -> pl.DataFrame:
    try:
        return pl.scan_parquet(of.path).slice(start, n).select(pl.all().cast(pl.String)).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            f"{of.label} 第 {start + 1} 行起读不出来，文件已损坏。", todo="请重新导出或下载。"
        ) from error


def _row_count(of: CompanyList) -> int:
    if of.form == "sheet":
        return read_sheet(of.path, of.sheet).height
    return int(pl.scan_parquet(of.path).select(pl.len()).collect().item())


def _text_partitions(of: CompanyList) -> Iterator[Partition]:
    width = len(of.layout.fields)
    with of.path.open("rb") as file:
        for _ in range(of.layout.header_row):
            file.readline()
        start, row, number = file.tell(), of.layout.header_row + 1, 0
        pending = b""
        while True:
            data = pending + file.read(BLOCK_BYTES)
            if not data:
                return
            last = len(data) - len(pending) < BLOCK_BYTES
            cut = len(data) if last else _cut(data, width, of.delimiter.encode())
            if cut == 0:
                if len(data) > 4 * BLOCK_BYTES:
                    raise InputError(f"{of.label} 第 {row} 行长得不合理。", todo="检查文件格式。")
                pending = data
                if last:
                    return
                continue
            yield Partition(of, start, start + cut, row, number)
            row += data.count(b"\n", 0, cut)
            start, number, pending = start + cut, number + 1, data[cut:]
            if last:
                return


def _cut(data: bytes, width: int, delimiter: bytes) -> int:
    """Return where a block ends: after a line that, like the next, is regular and unquoted."""
    end = data.rfind(b"\n") + 1
    fallback, after_ok = end, False
    for _ in range(5000):
        begin = data.rfind(b"\n", 0, max(end - 1, 0)) + 1
        line = data[begin:end]
        ok = line.count(delimiter) == width - 1 and b'"' not in line
        if ok and after_ok:
            return end
        after_ok, end = ok, begin
        if begin == 0:
            break
    return fallback
