"""Forms of an answer: JSON, CSV, Excel and Parquet, chosen by `Accept`."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import types
import typing
from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl
from fastapi import Request
from pydantic import BaseModel

from chainmap.concepts.inert_text import inert
from chainmap.reports.plain_workbook import write_rows
from chainmap.server.problems import Refusal


class Media(StrEnum):
    """What an answer may be written as; the order decides between equals."""

    JSON = "application/json"
    CSV = "text/csv"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PARQUET = "application/vnd.apache.parquet"

    @property
    def suffix(self) -> str:
        """The end of a file's name."""
        return self.name.lower()


FIELDS_JSON = "application/vnd.chainmap.fields+json"
"""JSON with only the fields asked for: another type, so that `application/json` always means the
whole record and a generated client can rely on it."""

_WILD = {"*/*": "", "application/*": "application/", "text/*": "text/"}
"""Pattern → how the names it stands for begin."""
_NAMES = {FIELDS_JSON: Media.JSON} | {media.value: media for media in Media}


def negotiate(accept: str, offered: Sequence[Media]) -> Media:
    """Return the form a reader likes best of those offered; JSON where nothing is said.

    What has `q=0` is not acceptable, whatever a pattern such as `*/*` says beside it.

    Raises:
        Refusal: None of them is acceptable.
    """
    wishes = [_wish(part) for part in accept.split(",") if part.strip()]
    if not wishes:
        return Media.JSON
    unwanted = {name for quality, name in wishes if not quality > 0}
    for quality, name in sorted(wishes, key=lambda wish: -wish[0]):
        media = _NAMES.get(name) or _best(name, offered, unwanted)
        if quality > 0 and media in offered and media is not None:
            return media
    raise Refusal(
        "not-acceptable",
        f"没有“{accept[:100]}”这种格式。",
        f"可用：{'、'.join(offered)}。",
        detail_en=f'There is no form "{accept[:100]}", but {", ".join(offered)}.',
    )


def json_only(request: Request) -> None:
    """Refuse a request for anything but JSON.

    Raises:
        Refusal: Only another form is acceptable.
    """
    negotiate(request.headers.get("accept", ""), [Media.JSON])


def csv_bytes(items: Sequence[BaseModel], columns: Sequence[str]) -> bytes:
    """Return a CSV that WPS and Excel open as UTF-8 and that runs no formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in _plain(items, columns):
        writer.writerow([_cell(value) for value in row.values()])
    return text.getvalue().encode("utf-8-sig")


def parquet_bytes(
    items: Sequence[BaseModel], columns: Sequence[str], kind: type[BaseModel], about: dict[str, str]
) -> bytes:
    """Return a Parquet file with the record's own types; `about` stands in its metadata."""
    schema = {name: _column_type(kind.model_fields[name].annotation) for name in columns}
    rows = [
        {name: _stored(value, schema[name]) for name, value in row.items()}
        for row in _plain(items, columns)
    ]
    store = io.BytesIO()
    pl.DataFrame(rows, schema=schema).write_parquet(store, metadata=about)
    return store.getvalue()


def sheet_bytes(
    items: Sequence[BaseModel], columns: Sequence[str], title: str, notes: list[str]
) -> bytes:
    """Return an Excel file of one sheet; text stays text."""
    rows = [
        {name: _sheet_cell(value) for name, value in row.items()} for row in _plain(items, columns)
    ]
    return written(lambda file: write_rows(file, title, notes, rows))


def written(write: Callable[[Path], object]) -> bytes:
    """Return the bytes of a file that something writes."""
    with tempfile.TemporaryDirectory(prefix="chainmap-") as folder:
        file = Path(folder) / "answer"
        write(file)
        return file.read_bytes()


_LEAST = 0.001
"""Of a wish whose quality cannot be read: liked least, not refused."""


def _best(pattern: str, offered: Sequence[Media], unwanted: Collection[str]) -> Media | None:
    """Return the first form offered that a pattern stands for and nobody has ruled out."""
    start = _WILD.get(pattern)
    if start is None:
        return None
    fit = (one for one in offered if one.startswith(start) and one not in unwanted)
    return next(fit, None)


def _wish(part: str) -> tuple[float, str]:
    name, *options = (piece.strip() for piece in part.split(";"))
    for option in options:
        if option.lower().startswith("q="):
            try:
                return float(option[2:]), name.lower()
            except ValueError:
                return _LEAST, name.lower()
    return 1.0, name.lower()


def _plain(items: Sequence[BaseModel], columns: Sequence[str]) -> list[dict[str, Any]]:
    dumped = (item.model_dump(mode="json", include=set(columns)) for item in items)
    return [{name: row[name] for name in columns} for row in dumped]


def _cell(value: Any) -> str | int | float:
    """Return what a CSV cell holds; no text a spreadsheet would run as a formula."""
    shown = _sheet_cell(value)
    return inert(shown) if isinstance(shown, str) else shown


def _sheet_cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "；".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _stored(value: Any, kind: Any) -> Any:
    structured = isinstance(value, dict | list)
    as_text = kind == pl.String and structured
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if as_text else value


def _column_type(annotation: Any) -> Any:
    """Return the column type of a field; structures below a list of texts are kept as JSON."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        kinds = [part for part in typing.get_args(annotation) if part is not types.NoneType]
        return _column_type(kinds[0]) if len(kinds) == 1 else pl.String
    if typing.get_origin(annotation) is list and typing.get_args(annotation) == (str,):
        return pl.List(pl.String)
    return {int: pl.Int64, float: pl.Float64, bool: pl.Boolean}.get(annotation, pl.String)
