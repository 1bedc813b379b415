"""Registers of companies in Parquet: which files of a folder hold them, known by their columns."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chainmap.errors import InputError

REGISTER_COLUMNS = ("name", "uscc", "reg_date", "scope", "province", "city")
"""What registrations hold: name, credit code, day of registration, business scope, and place."""

_WANTED = f"需要含 {'、'.join(REGISTER_COLUMNS)} 各列的 Parquet 文件。"


def register_files(place: Path) -> list[Path]:
    """Return the files that hold registrations, by path: several are one register in parts.

    Args:
        place: A Parquet file, or a folder with some in it or in the folders it holds.

    Raises:
        InputError: A Parquet file cannot be read.
    """
    files = sorted([*place.glob("*.parquet"), *place.glob("*/*.parquet")])
    return [file for file in (files if place.is_dir() else [place]) if _holds_register(file)]


def scan_register(place: Path) -> pl.LazyFrame:
    """Return the registrations of a place, as texts, in the order of their files.

    A company that stands in several files has several rows.

    Raises:
        InputError: No Parquet file there has `REGISTER_COLUMNS`, or one cannot be read.
    """
    files = register_files(place)
    if not files:
        raise InputError(f"{place} 中没有登记数据。", todo=_WANTED)
    read = pl.col(REGISTER_COLUMNS).cast(pl.String)
    return pl.concat([pl.scan_parquet(file).select(read) for file in files])


def _holds_register(file: Path) -> bool:
    try:
        columns = pl.read_parquet_schema(file).keys()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            f"无法读取 {file}：{str(error).splitlines()[0]}。", todo=_WANTED
        ) from error
    return set(REGISTER_COLUMNS) <= set(columns)
