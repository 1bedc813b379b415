"""Items of a list that is kept, each written as JSON once: pages and fields are put together."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chainmap.server.select import sortable_fields


class Slips:
    """A list's items as JSON, whole and field by field.

    Args:
        items: All of them; they do not change any more.
        kind: Their record.
        whole: The record around some of the items; None where they stand alone.
    """

    def __init__(
        self,
        items: Sequence[BaseModel],
        kind: type[BaseModel],
        whole: Callable[[list[Any]], BaseModel] | None,
    ) -> None:
        self._items = items
        self._number = {id(item): at for at, item in enumerate(items)}
        self._kind = kind
        self._texts = [item.model_dump_json().encode() for item in items]
        # Where the items stand in the whole is looked for, not assumed: a record may hold lists of
        # other things, and write its items in its own way. One of them is enough to find it.
        one = list(items[:1])
        if whole is None:
            written = TypeAdapter(list[kind]).dump_json(one)  # type: ignore[valid-type]
        else:
            written = whole(one).model_dump_json().encode()
        inside = b"".join(self._texts[:1])
        self._before, found, self._behind = written.partition(b"[" + inside + b"]")
        self.composable = bool(inside and found)
        self._values: list[dict[str, Any]] | None = None
        self._pieces: dict[str, list[bytes]] = {}

    @cached_property
    def sortable(self) -> list[str]:
        """The fields that the items can be sorted by."""
        return sortable_fields(self._items, self._kind)

    @property
    def opened(self) -> bool:
        """Whether items can be shown by field without being taken apart first."""
        return self._values is not None

    def open(self) -> None:
        """Take the items apart, once."""
        if self._values is None:
            self._values = [item.model_dump(mode="json") for item in self._items]

    def some(self, shown: Sequence[BaseModel]) -> bytes:
        """Return the whole with only these items in it, in this order."""
        texts = [self._texts[self._number[id(item)]] for item in shown]
        return b"".join((self._before, b"[", b",".join(texts), b"]", self._behind))

    def fields(self, shown: Sequence[BaseModel], names: Sequence[str]) -> bytes:
        """Return these items with only these fields, in this order."""
        columns = [self._column(name) for name in names]
        numbers = [self._number[id(item)] for item in shown]
        rows = [b"{" + b",".join([column[at] for column in columns]) + b"}" for at in numbers]
        return b"[" + b",".join(rows) + b"]"

    def _column(self, name: str) -> list[bytes]:
        found = self._pieces.get(name)
        if found is None:
            self.open()
            assert self._values is not None
            found = [_compact({name: row[name]}) for row in self._values]
            self._pieces[name] = found
        return found


def _compact(field: dict[str, Any]) -> bytes:
    """Return a field as it stands between the braces of an object."""
    return json.dumps(field, ensure_ascii=False, separators=(",", ":"))[1:-1].encode()
