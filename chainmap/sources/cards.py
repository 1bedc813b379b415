"""Dataset cards (`data/<id>/dataset.yml`): who gathered what, how, when, and what must hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
from pydantic import Field

from chainmap import resources
from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile


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
    """Return every assertion of a dataset's card that does not hold, in words; empty is good."""
    card = load_card(dataset)
    frames = {file.path: _read(dataset, file.path) for file in card.files}
    broken = []
    for file in card.files:
        frame, columns = frames[file.path], [column.name for column in file.columns]
        if frame.columns != columns:
            broken.append(f"{file.path}: 列为 {frame.columns}，应为 {columns}")
            continue
        broken += [f"{file.path}: {what}" for what in _broken(frame, file.assertions, dataset)]
    if card.assertions:
        whole = pl.concat(frames.values(), how="diagonal")
        broken += [f"全部文件: {what}" for what in _broken(whole, card.assertions, dataset)]
    return broken


def _broken(frame: pl.DataFrame, must: Assertions, dataset: str) -> Iterator[str]:
    if must.rows is not None and frame.height != must.rows:
        yield f"{frame.height} 行，应为 {must.rows} 行"
    if must.min_rows is not None and frame.height < must.min_rows:
        yield f"{frame.height} 行，应不少于 {must.min_rows} 行"
    for column in (*must.unique, *must.unique_if_set):
        twice = frame[column].drop_nulls().value_counts().filter(pl.col("count") > 1)[column]
        if len(twice):
            yield f"{column} 有重复：{'、'.join(twice.sort()[:5])}"
    for column in must.not_null:
        if frame[column].null_count():
            yield f"{column} 有 {frame[column].null_count()} 个空值"
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
                yield f"{column}={value} 有 {found} 行，应为 {expected} 行"
    for column, target in must.references.items():
        known = _referenced(dataset, target)
        yield from _wrong(frame, column, ~pl.col(column).is_in(known), f"见 {target}")


def _wrong(frame: pl.DataFrame, column: str, wrong: pl.Expr, rule: str) -> Iterator[str]:
    bad = frame.filter(pl.col(column).is_not_null() & wrong.fill_null(True))[column].unique().sort()
    if len(bad):
        yield f"{column} 的值 {'、'.join(bad[:5])} 不合规（{rule}）"


def _referenced(dataset: str, target: str) -> list[str]:
    file, column = target.rsplit(":", 1)
    folder, _, name = file.rpartition("/")
    frame = _read(folder.removeprefix("../") or dataset, name)
    return frame[column].to_list()


def _read(dataset: str, name: str) -> pl.DataFrame:
    return pl.read_csv(resources.read_bytes("data", dataset, name), infer_schema=False)
