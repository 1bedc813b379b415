"""What of a list is answered: its order, its page, its fields."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Annotated, Any, TypeVar

from fastapi import Query, Request
from pydantic import BaseModel

from chainmap.errors import InputError
from chainmap.nearest import instead_of
from chainmap.server.problems import Refusal
from chainmap.server.snapshot import current_snapshot

Item = TypeVar("Item", bound=BaseModel)

MOST = 1000
"""Items of one page at most."""


@dataclass(frozen=True)
class Choice:
    """Order, page and fields as asked for.

    Attributes:
        query: Hash of the other parameters: a cursor counts only for its own question.
        state: Hash of what the list rests on besides the snapshot, empty where there is nothing: a
            cursor counts only while that is the same.
    """

    query: str
    limit: int | None = None
    cursor: str | None = None
    sort: str | None = None
    fields: str | None = None
    state: str = ""

    def columns(self, kind: type[BaseModel]) -> list[str]:
        """Return the fields to show, in the record's order, or in the order asked for.

        Raises:
            InputError: A field the record does not have.
        """
        if self.fields is None:
            return list(kind.model_fields)
        asked = list(dict.fromkeys(name.strip() for name in self.fields.split(",")))
        for name in asked:
            _known(name, list(kind.model_fields), "字段")
        return asked

    def page(
        self, items: Sequence[Item], sortable: Sequence[str], identity: str
    ) -> tuple[list[Item], str | None]:
        """Return one page of the items in the order asked for, and the cursor of the next.

        Args:
            items: All of them, in their own order.
            sortable: The fields they can be sorted by, from `sortable_fields`.
            identity: The field that tells one from another.

        Raises:
            InputError: A field that cannot be sorted by, or a cursor that is none of ours.
            Refusal: A cursor of other data or another question.
        """
        ordered = self._sorted(items, sortable)
        start = self._start(ordered, identity)
        size = self.limit if self.limit is not None else len(ordered)
        shown = ordered[start : start + size]
        more = start + size < len(ordered)
        last = placed(str(getattr(shown[-1], identity)), self.state) if shown else ""
        return shown, self.cursor_behind(last) if more and shown else None

    def _sorted(self, items: Sequence[Item], sortable: Sequence[str]) -> list[Item]:
        ordered = list(items)
        if self.sort is None:
            return ordered
        for given in reversed(self.sort.split(",")):
            name = given.strip().removeprefix("-")
            _known(name, list(sortable), "可排序字段")
            down = given.strip().startswith("-")
            there = [item for item in ordered if getattr(item, name) is not None]
            there.sort(key=attrgetter(name), reverse=down)
            ordered = there + [item for item in ordered if getattr(item, name) is None]
        return ordered

    def _start(self, ordered: Sequence[BaseModel], identity: str) -> int:
        if self.cursor is None:
            return 0
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            snapshot, query, last = json.loads(base64.urlsafe_b64decode(padded))
        except (ValueError, TypeError, binascii.Error) as error:
            raise InputError("翻页标记不可用。", todo="原样使用上一页给出的 cursor。") from error
        found, _, state = str(last).partition(_TIE)
        if (snapshot, query, state) != (current_snapshot().id, self.query, self.state):
            raise Refusal(
                "stale-cursor", "数据或查询条件已变，翻页标记失效。", "请从第一页重新开始。"
            )
        for at, item in enumerate(ordered):
            if str(getattr(item, identity)) == found:
                return at + 1
        raise InputError("翻页标记不可用。", todo="原样使用上一页给出的 cursor。")

    def under(self, state: str) -> Choice:
        """Return the choice with a cursor that counts only while the list rests on this state."""
        return replace(self, state=state_hash(state))

    def cursor_behind(self, last: str) -> str:
        """Return the cursor of the page behind an item, as `placed` says which."""
        content = json.dumps([current_snapshot().id, self.query, last], ensure_ascii=False)
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


async def choice(
    request: Request,
    limit: Annotated[
        int | None, Query(ge=1, le=MOST, description="Items of a page; none is all of them")
    ] = None,
    cursor: Annotated[
        str | None,
        Query(max_length=500, description="From `Link: rel=next` of the page before"),
    ] = None,
    sort: Annotated[
        str | None,
        Query(max_length=200, description="Fields to sort by, `-` before one for falling order"),
    ] = None,
    fields: Annotated[
        str | None,
        Query(
            max_length=500,
            description="Fields to show; the answer is then of type vnd.chainmap.fields+json",
        ),
    ] = None,
) -> Choice:
    """Return what of a list a request asks for."""
    query = _query_of(request.url.path, request.query_params.multi_items())
    return Choice(query, limit, cursor, sort, fields)


def choice_said(path: str, asked: Sequence[tuple[str, str]]) -> Choice | None:
    """Return what a request asks for, read without the route; None where it is not plain.

    What is not plain may be wrong, and only the route says what is.

    Args:
        path: As asked for.
        asked: Names and values of the query, in order.
    """
    said = {name: value for name, value in asked if name in PAGING}
    given = sum(name in PAGING for name, _ in asked)
    limit = said.get("limit")
    if len(said) < given or not all(said.values()):
        return None
    if limit is not None and not (_PLAIN_NUMBER.fullmatch(limit) and int(limit) <= MOST):
        return None
    if any(len(value) > _LONGEST.get(name, 4) for name, value in said.items()):
        return None
    number = int(limit) if limit is not None else None
    placed = said.get("cursor"), said.get("sort"), said.get("fields")
    return Choice(_query_of(path, asked), number, *placed)


_TIE = "\n"


def placed(identity: str, state: str) -> str:
    """Return what a cursor says of the item it stands behind.

    Args:
        identity: Tells the item from the others.
        state: As `Choice.state`.
    """
    return f"{identity}{_TIE}{state}" if state else identity


def state_hash(said: str) -> str:
    """Return the `Choice.state` of a list that rests on this."""
    return _hashed(said) if said else ""


def by_name(asked: Iterable[tuple[str, str]], but: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return a query in the order of its names, less some of them.

    What is said twice under one name, as lists may be, stays in its order.
    """
    return sorted(((k, v) for k, v in asked if k not in but), key=itemgetter(0))


def _query_of(path: str, asked: Sequence[tuple[str, str]]) -> str:
    return _hashed(json.dumps([path, by_name(asked, _PLACING)], ensure_ascii=False))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


_PLAIN_NUMBER = re.compile("[1-9][0-9]{0,3}")
_LONGEST = {"cursor": 500, "sort": 200, "fields": 500}
"""Characters of a value, as `choice` has them."""

_PLACING = ("limit", "cursor", "fields")
PAGING = (*_PLACING, "sort")
"""Parameters that choose from a list and do not change which list it is."""


def _known(name: str, names: list[str], what: str) -> None:
    if name not in names:
        raise InputError(f"没有{what}“{name[:60]}”。", todo=instead_of(name, names))


def sortable_fields(items: Sequence[BaseModel], kind: type[BaseModel]) -> list[str]:
    """Return the fields that hold one plain value in every item."""
    return [name for name in kind.model_fields if _sortable(items, name)]


def _sortable(items: Sequence[BaseModel], name: str) -> bool:
    """Return whether a field holds one plain value in every item."""
    values: list[Any] = [getattr(item, name) for item in items]
    return all(value is None or isinstance(value, str | int | float) for value in values)
