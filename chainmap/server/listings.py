"""Lists as they are answered: one page, order and choice of fields of them, in one form."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from chainmap.server.answer_cache import Kept
from chainmap.server.formats import (
    FIELDS_JSON,
    Media,
    csv_bytes,
    parquet_bytes,
    sheet_bytes,
    written,
)
from chainmap.server.select import Choice, sortable_fields
from chainmap.server.slips import Slips
from chainmap.server.snapshot import current_snapshot

Item = TypeVar("Item", bound=BaseModel)


@dataclass(frozen=True)
class Listing(Generic[Item]):
    """A list to be answered.

    Attributes:
        items: All of it, in its own order.
        kind: Its record.
        identity: The field that tells one item from another.
        title: As a sheet is called, in Chinese.
        whole: The record around the items of one page, where there is one.
        workbook: Writes that record as the official Excel file; None is a plain sheet.
    """

    items: Sequence[Item]
    kind: type[Item]
    identity: str
    title: str
    whole: Callable[[list[Item]], BaseModel] | None = None
    workbook: Callable[[Any, Path], None] | None = None

    @cached_property
    def slips(self) -> Slips:
        """Its items as JSON, for pages and fields of a list that is kept."""
        return Slips(self.items, self.kind, self.whole)


def rendered(
    make: Callable[[], Listing[Any]],
    chosen: Choice,
    media: Media,
    as_json: Callable[[Listing[Any], Choice], Kept],
) -> Kept:
    """Return the page, order and fields asked for, in the form asked for.

    Args:
        make: Makes the list, or takes the one that is kept.
        chosen: Page, order and fields.
        media: The form.
        as_json: `plain_json`, or `composed_json` for a list that is kept.

    Raises:
        InputError: A field or cursor that cannot be used.
        Refusal: A cursor of other data or another question.
    """
    listing = make()
    if media is Media.JSON:
        return as_json(listing, chosen)
    columns = chosen.columns(listing.kind)
    sortable = sortable_fields(listing.items, listing.kind) if chosen.sort is not None else ()
    shown, following = chosen.page(listing.items, sortable, listing.identity)
    snapshot = current_snapshot()
    notes = [snapshot.coverage, f"快照 {snapshot.id}，名录 {snapshot.edition}。"]
    if media is Media.CSV:
        return Kept(csv_bytes(shown, columns), f"{media}; charset=utf-8", following)
    if media is Media.PARQUET:
        about = {"chainmap_snapshot": snapshot.id, "chainmap_coverage": snapshot.coverage}
        return Kept(parquet_bytes(shown, columns, listing.kind, about), media, following)
    if listing.workbook is not None and listing.whole is not None and chosen.fields is None:
        record, write = listing.whole(shown), listing.workbook
        return Kept(written(lambda file: write(record, file)), media, following)
    return Kept(sheet_bytes(shown, columns, listing.title, notes), media, following)


def plain_json(listing: Listing[Any], chosen: Choice) -> Kept:
    """Return a list as JSON; raises as `rendered` does."""
    columns = chosen.columns(listing.kind)
    sortable = sortable_fields(listing.items, listing.kind) if chosen.sort is not None else ()
    shown, following = chosen.page(listing.items, sortable, listing.identity)
    if chosen.fields is not None:
        dumped = [item.model_dump(mode="json", include=set(columns)) for item in shown]
        rows = [{name: row[name] for name in columns} for row in dumped]
        body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        return Kept(body, FIELDS_JSON, following)
    if listing.whole is not None:
        return Kept(record_json(listing.whole(shown)), Media.JSON, following)
    return Kept(TypeAdapter(list[listing.kind]).dump_json(shown), Media.JSON, following)  # type: ignore[name-defined]


def composed_json(listing: Listing[Any], chosen: Choice) -> Kept:
    """Return what `plain_json` does, of a list that is kept and will be asked for again."""
    slips = listing.slips
    if chosen.fields is not None:
        slips.open()
    elif not slips.composable:
        return plain_json(listing, chosen)
    return cut_json(listing, chosen)


def cut_json(listing: Listing[Any], chosen: Choice) -> Kept:
    """Return what `plain_json` does, put together from the list's slips; raises as it does."""
    columns, slips = chosen.columns(listing.kind), listing.slips
    sortable = slips.sortable if chosen.sort is not None else ()
    shown, following = chosen.page(listing.items, sortable, listing.identity)
    if chosen.fields is not None:
        return Kept(slips.fields(shown, columns), FIELDS_JSON, following)
    return Kept(slips.some(shown), Media.JSON, following)


def record_json(record: BaseModel) -> bytes:
    """Return a record as JSON."""
    return record.model_dump_json().encode()
