"""Read a bundled CSV file strictly: every row has its line, every defect is named with it."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import polars as pl

from chainmap import resources
from chainmap.errors import CurationError


class RowFault(NamedTuple):
    """One defect of a CSV file; `line` is 1-based, `field` the column, empty for the row."""

    file: str
    line: int
    field: str
    message: str
    todo: str

    def error(self) -> CurationError:
        """Return it as the error to raise."""
        return CurationError(
            self.message, file=self.file, line=self.line, field=self.field, todo=self.todo
        )


def read_csv(*parts: str) -> pl.DataFrame:
    """Return a bundled CSV file, all text, empty cells null, with the column `line` at the end.

    Raises:
        ResourceError: The file is missing or was changed.
        CurationError: It is not UTF-8, a quote stays open, a row has too many or too few cells,
            or a column stands twice; names file and line.
    """
    file, content = resources.shown(*parts), resources.read_bytes(*parts)
    rows = _rows(_decoded(content, file), file)
    if not rows:
        raise CurationError("文件为空", file=file, line=1, todo="补上表头。")
    header = rows[0][1]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise CurationError(f"列 {'、'.join(twice)} 写了两次", file=file, line=1, todo="改正表头。")
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise CurationError(
                f"有 {len(row)} 格，应为 {len(header)} 格",
                file=file,
                line=line,
                todo="检查是否多写或少写了半角逗号；格内含逗号时整格加英文双引号。",
            )
    columns = {
        name: pl.Series([row[at] or None for _, row in rows[1:]], dtype=pl.String)
        for at, name in enumerate(header)
    }
    lines = pl.Series([line for line, _ in rows[1:]], dtype=pl.Int64)
    return pl.DataFrame({**columns, "line": lines})


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CurationError(
            "不是 UTF-8 编码（可能存成了 GBK）",
            file=file,
            line=content.count(b"\n", 0, error.start) + 1,
            todo="请另存为 UTF-8 编码的 CSV。",
        ) from error


def _rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Return (line it starts on, cells) of every row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            if row:
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise CurationError(
            "引号没有成对",
            file=file,
            line=line,
            todo="补上或删除这一行的英文双引号；格内的双引号写两遍。",
        ) from error
    return rows
