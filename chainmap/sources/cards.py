"""Dataset cards (`data/<id>/dataset.yml`): who gathered what, how, when, and what must hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile
from chainmap.errors import CurationError
from chainmap.sources.csv_table import RowFault, read_csv


class Column(Frozen):
    """One column: type, unit, meaning."""

    name: str
    type: str
    unit: str | None
    meaning: str


class Assertions(Frozen):
    """What must hold of a file's cells, compared as text; only non-empty cells are looked at."""

    rows: int | None = None
    min_rows: int | None = None
    unique: tuple[str, ...] = Field(default=(), strict=False)
    unique_if_set: tuple[str, ...] = Field(default=(), strict=False)
    not_null: tuple[str, ...] = Field(default=(), strict=False)
    matches: dict[str, str] = Field(default={})
    range: dict[str, list[float]] = Field(default={})
    allowed: dict[str, list[str]] = Field(default={})
    counts: dict[str, dict[str, int]] = Field(default={})
    references: dict[str, str] = Field(default={})


class DataFile(Frozen):
    """One file of a dataset."""

    path: str
    title: str
    title_zh: str
    columns: tuple[Column, ...] = Field(strict=False)
    assertions: Assertions


class Source(Frozen):
    """Where a reader can check the facts."""

    title: str
    where: str


class DatasetCard(Frozen):
    """A dataset's card."""

    id: str
    title: str
    title_zh: str
    publisher: str
    gathered: str
    date: dt.date = Field(strict=False)
    licence: str
    limits: tuple[str, ...] = Field(default=(), strict=False)
    assertion_rules: str
    assertions: Assertions | None = None
    columns: tuple[Column, ...] = Field(default=(), strict=False)
    files: tuple[DataFile, ...] = Field(strict=False)
    sources: tuple[Source, ...] = Field(strict=False)


def load_card(dataset: str) -> DatasetCard:
    """Return the card of `data/<dataset>/`.

    Raises:
        ResourceError: There is no such dataset.
        CurationError: The card is malformed.
    """
    return CuratedFile.bundled("data", dataset, "dataset.yml").check(DatasetCard)


def broken_assertions(dataset: str) -> list[str]:
    """Return every assertion of a dataset's card that does not hold, in words; empty is good.

    Raises:
        ResourceError: A file is missing or was changed.
        CurationError: The card or a file cannot be read; names file and line.
    """
    folder = f"data/{dataset}/"
    words = (
        f"{fault.file.removeprefix(folder) or '全部文件'}: {fault.message}"
        for fault in card_faults(dataset)
    )
    return list(dict.fromkeys(words))


def card_faults(dataset: str) -> list[RowFault]:
    """Return every assertion of a dataset's card that does not hold, with file, line and column.

    The line is that of the first row it fails in; 0 where no row is meant, and then what must
    hold over all files together names the folder.

    Raises:
        ResourceError: A file is missing or was changed.
        CurationError: The card or a file cannot be read; names file and line.
    """
    card, folder = load_card(dataset), f"data/{dataset}/"
    frames = {file.path: read_csv("data", dataset, file.path) for file in card.files}
    faults = []
    for file in card.files:
        frame, columns = frames[file.path], [column.name for column in file.columns]
        named, place = frame.drop("line"), folder + file.path
        if named.columns != columns:
            message = f"列为 {'、'.join(named.columns)}，应为 {'、'.join(columns)}"
            faults.append(RowFault(place, 1, "", message, "按数据卡改正表头。"))
            continue
        faults += [
            RowFault(place, line, column, message, "按 data/README.md 改正。")
            for line, column, message in _checked(frame, file.assertions, dataset)
        ]
    if card.assertions and not any(fault.line == 1 for fault in faults):
        whole = pl.concat(frames.values(), how="diagonal")
        places = [(folder, 0)] + [(folder + p, n) for p, f in frames.items() for n in f["line"]]
        numbered = whole.with_columns(line=pl.int_range(1, whole.height + 1))
        for row, column, message in _checked(numbered, card.assertions, dataset):
            place, line = places[row]
            faults.append(RowFault(place, line, column, message, "按 data/README.md 改正。"))
    return faults


Broken = tuple[int, str, str]
"""Line (0 where no row is meant), column (empty where none is), and what does not hold."""


def _checked(frame: pl.DataFrame, must: Assertions, dataset: str) -> list[Broken]:
    try:
        return list(_broken(frame, must, dataset))
    except pl.exceptions.PolarsError as error:
        raise CurationError(
            f"断言无法检查：{str(error).splitlines()[0]}",
            file=f"data/{dataset}/dataset.yml",
            todo="改正数据卡 assertions 中的列名或正则表达式。",
        ) from error


def _broken(frame: pl.DataFrame, must: Assertions, dataset: str) -> Iterator[Broken]:
    if must.rows is not None and frame.height != must.rows:
        yield 0, "", f"{frame.height} 行，应为 {must.rows} 行"
    if must.min_rows is not None and frame.height < must.min_rows:
        yield 0, "", f"{frame.height} 行，应不少于 {must.min_rows} 行"
    for column in (*must.unique, *must.unique_if_set):
        again = frame.filter(pl.col(column).is_not_null() & ~pl.col(column).is_first_distinct())
        if len(again):
            twice = again[column].unique().sort()
            yield again["line"][0], column, f"{column} 有重复：{'、'.join(twice[:5])}"
    for column in must.not_null:
        empty = frame.filter(pl.col(column).is_null())
        if len(empty):
            yield empty["line"][0], column, f"{column} 有 {len(empty)} 个空值"
    for column, pattern in must.matches.items():
        yield from _wrong(frame, column, ~pl.col(column).str.contains(f"^(?:{pattern})$"), pattern)
    for column, (low, high) in must.range.items():
        number = pl.col(column).cast(pl.Float64, strict=False)
        yield from _wrong(frame, column, ~number.is_between(low, high), f"{low} 到 {high}")
    for column, allowed in must.allowed.items():
        yield from _wrong(frame, column, ~pl.col(column).is_in(allowed), "、".join(allowed))
    for column, counts in must.counts.items():
        for value, expected in counts.items():
            found = (frame[column] == value).sum()
            if found != expected:
                yield 0, column, f"{column}={value} 有 {found} 行，应为 {expected} 行"
    for column, target in must.references.items():
        known = _referenced(dataset, target)
        yield from _wrong(frame, column, ~pl.col(column).is_in(known), f"见 {target}")


def _wrong(frame: pl.DataFrame, column: str, wrong: pl.Expr, rule: str) -> Iterator[Broken]:
    rows = frame.filter(pl.col(column).is_not_null() & wrong.fill_null(True))
    if len(rows):
        bad = rows[column].unique().sort()
        yield rows["line"][0], column, f"{column} 的值 {'、'.join(bad[:5])} 不合规（{rule}）"


def _referenced(dataset: str, target: str) -> list[str]:
    file, column = target.rsplit(":", 1)
    folder, _, name = file.rpartition("/")
    frame = read_csv("data", folder.removeprefix("../") or dataset, name)
    return frame[column].to_list()
