"""Where a command is to write: looked at as its options are read, before it does anything."""

from __future__ import annotations

from pathlib import Path

import typer

from chainmap.cli.output import DOCUMENTS, Format, check_file, check_folder, form_written
from chainmap.errors import InputError

_OTHER_FORMS = {*Format, *DOCUMENTS} - {"csv"}
"""Endings of files that would not open if lines of text were in them."""


def result_file(context: typer.Context, out: Path | None) -> Path | None:
    """Return the file of a command's result; `fmt`, its form, has been read before.

    Raises:
        InputError: Form and name disagree, or the file cannot be written.
    """
    form_written(context.params.get("fmt") or Format.TABLE, out)
    return any_file(out)


def any_file(out: Path | None) -> Path | None:
    """Return a file that a command writes.

    Raises:
        InputError: The file cannot be written.
    """
    if out is not None:
        check_file(out)
    return out


def csv_file(out: Path | None) -> Path | None:
    """Return a CSV file that a command writes.

    Raises:
        InputError: Its ending promises another form, or the file cannot be written.
    """
    if out is not None and out.suffix.lower().removeprefix(".") in _OTHER_FORMS:
        raise InputError(f"此处写的是 CSV，叫作 {out.name} 会打不开。", todo="请以 .csv 结尾。")
    return any_file(out)


def csv_or_parquet_file(out: Path | None) -> Path | None:
    """Return a file of rows that a command writes, Parquet if called so.

    Raises:
        InputError: Its ending promises another form, or the file cannot be written.
    """
    parquet = out is not None and out.suffix.lower() == ".parquet"
    return any_file(out) if parquet else csv_file(out)


def any_folder(folder: Path | None) -> Path | None:
    """Return a folder that a command writes into, made where it is missing.

    Raises:
        InputError: The folder cannot be made or written.
    """
    if folder is not None:
        check_folder(folder)
    return folder
