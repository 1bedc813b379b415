"""Where results go: a table on the screen, or JSON, CSV or Excel, to stdout or a file."""

from __future__ import annotations

import io
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import TYPE_CHECKING, Any

from chainmap.errors import InputError, reason_of
from chainmap.reports.plain_csv import csv_text

if TYPE_CHECKING:
    from rich.console import Console

Rows = Sequence[dict[str, Any]]
DOCUMENTS = ("pdf", "docx", "doc", "wps", "xls", "et", "html", "htm", "parquet")
"""Endings of files that would not open if a table of text were in them."""


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def emit(
    fmt: Format,
    out: Path | None,
    *,
    record: Any,
    rows: Rows,
    title: str,
    workbook: Callable[[Path], None] | None = None,
) -> None:
    """Write a result as asked.

    Args:
        fmt: Form of the result; a table that is to go to a file ends in what the name says.
        out: File to write; None is stdout. Excel needs a file.
        record: What JSON shows: a pydantic record, or plain lists and dicts.
        rows: What table and CSV show; keys are headings.
        title: Heading of the table.
        workbook: Writes the Excel file; None writes one sheet of `rows`.

    Raises:
        InputError: Excel without a file; a file name whose ending promises a document that is not
            written here; the file cannot be written.
    """
    fmt = form_written(fmt, out)
    if fmt is Format.XLSX and out is not None:
        write_file(out, workbook or partial(_write_sheet, title=title, rows=rows))
    elif fmt is Format.TABLE:
        _print_table(rows, title, out)
    else:
        text = csv_text(rows) if fmt is Format.CSV else _json(record)
        if not text:
            say("没有符合条件的条目，CSV 是空的。")
        if out is None:
            sys.stdout.write(text)
        else:
            # WPS and Excel read a CSV as UTF-8 only with a byte-order mark.
            encoding = "utf-8-sig" if fmt is Format.CSV else "utf-8"
            write_file(out, lambda path: path.write_bytes(text.encode(encoding)))
    if out is not None:
        say(f"已写入 {out}")


def form_asked(fmt: Format | None, out: Path | None, otherwise: Format) -> Format:
    """Return the form asked for; where none is, what the file's name says, or else `otherwise`."""
    if fmt is not None:
        return fmt
    end = _ending(out)
    return Format(end) if end in set(Format) else otherwise


def form_written(fmt: Format, out: Path | None) -> Format:
    """Return the form asked for; where none is, a file's name says it, so that it opens.

    Raises:
        InputError: Form and name disagree, nothing of the name's form is written, or Excel is to
            go to the screen.
    """
    end = _ending(out)
    if fmt is Format.XLSX and out is None:
        raise InputError("Excel 只能写入文件。", todo="请用 --out 指定文件名。")
    if fmt is Format.TABLE and end in DOCUMENTS:
        raise InputError(
            f"此处不能写成 .{end}。",
            todo="可用 .xlsx、.csv、.json 或 .txt；PDF、Word 和网页由 chainmap report 写出。",
        )
    if fmt is not Format.TABLE and end != fmt and end in {*Format, *DOCUMENTS}:
        raise InputError(
            f"--format {fmt} 与文件名 {out.name if out else ''} 不一致，写出的文件会打不开。",
            todo=f"文件名改以 .{fmt} 结尾，或去掉 --format。",
        )
    return Format(end) if fmt is Format.TABLE and end in set(Format) else fmt


def _ending(out: Path | None) -> str:
    return out.suffix.lower().removeprefix(".") if out is not None else ""


def check_file(out: Path) -> None:
    """Raise now where `write_file` would raise after the work; nothing stays behind.

    Raises:
        InputError: It is a folder, or its folder does not exist or cannot be written.
    """
    with _refusals_told(out):
        if not out.exists() or out.is_file():
            # Rights alone do not tell: a volume may be read-only, a name too long for it.
            with NamedTemporaryFile(prefix=f".{out.name}.", dir=out.parent):
                pass
        elif out.is_dir() or not os.access(out, os.W_OK):
            out.open("wb").close()  # the system says why not


def check_folder(folder: Path) -> None:
    """Raise now where `write_folder` would raise after the work; nothing is made.

    Raises:
        InputError: It is a file, or it cannot be made or written.
    """
    nearest = next(at for at in (folder, *folder.absolute().parents) if at.exists())
    with _refusals_told(folder), NamedTemporaryFile(prefix=".chainmap.", dir=nearest):
        pass


@contextmanager
def _refusals_told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"无法写入 {out}：{reason_of(error)}。", todo="检查文件夹是否存在、文件是否正被打开。"
        ) from error


def write_file(out: Path, write: Callable[[Path], Any]) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed.

    What is no file but takes bytes (`/dev/stdout`, a pipe) is given them and stays what it is.

    Raises:
        InputError: The folder does not exist or cannot be written.
    """
    with _refusals_told(out):
        if out.exists() and not out.is_file():
            _pour_into(out, write)
        else:
            _put_in_place(out, write)


def write_template_file(out: Path, write: Callable[[Path], Any]) -> None:
    """Write an Excel template, and say where.

    Raises:
        InputError: The file is not called .xlsx, or cannot be written.
    """
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"模板是 Excel 文件，{out.name} 应以 .xlsx 结尾。")
    write_file(out, write)
    say(f"已写入 {out}")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, made where it is missing, each whole or not at all; say so.

    Raises:
        InputError: The folder cannot be made or written.
    """
    with _refusals_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_file(folder / name, partial(Path.write_bytes, data=content))
    say(f"已写入 {folder}：{'、'.join(files)}")


def _put_in_place(out: Path, write: Callable[[Path], Any]) -> None:
    partial = out.with_name(f".{out.name}.partial")
    try:
        partial.touch()  # a folder that is missing or closed shows here, whatever writes the file
        write(partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _pour_into(device: Path, write: Callable[[Path], Any]) -> None:
    with TemporaryDirectory(prefix="chainmap-") as folder:
        whole = Path(folder) / "whole"
        write(whole)
        device.write_bytes(whole.read_bytes())


def say(message: str) -> None:
    """Print a line for the user on stderr."""
    sys.stderr.write(message + "\n")


def console(out: Any = None) -> Console:
    """Return a console; 160 columns where nobody's terminal says how wide it is."""
    from rich.console import Console

    stream = out or sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 160, highlight=False)


def _print_table(rows: Rows, title: str, out: Path | None) -> None:
    from rich import box
    from rich.table import Table

    table = Table(
        title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", expand=True
    )
    for name, value in (rows[0] if rows else {"结果": ""}).items():
        number = isinstance(value, int | float)
        # A heading or a city cut in two reads badly; long text shares what room is left.
        short = number or (len(name) < 5 and all(len(str(row[name])) < 8 for row in rows))
        table.add_column(
            name, justify="right" if number else "left", overflow="fold", no_wrap=short,
            ratio=None if short else max(1, round(max(len(str(row[name])) for row in rows) ** 0.5)),
        )  # fmt: skip
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    if not rows:
        table.add_row("没有符合条件的条目。")
    if out is None:
        console().print(table)
        return
    text = io.StringIO()
    console(text).print(table)
    write_file(out, lambda path: path.write_text(text.getvalue(), encoding="utf-8"))


def _write_sheet(file: Path, title: str, rows: Rows) -> None:
    from chainmap.reports.plain_workbook import write_rows

    write_rows(file, title, [], [{key: _cell(row[key]) for key in row} for row in rows])


def _cell(value: Any) -> Any:
    """Return what a cell can hold: a finite number, or the text the other forms would show."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return value if math.isfinite(value) else str(value)


def _json(record: Any) -> str:
    if hasattr(record, "model_dump_json"):
        return str(record.model_dump_json(indent=2)) + "\n"
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
