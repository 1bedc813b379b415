"""Which kept snapshot a reader means: by its name, or by the start of an id."""

from __future__ import annotations

import re

from chainmap.errors import InputError, UnknownNameError
from chainmap.ledger import lists
from chainmap.ledger.engine import Transaction
from chainmap.ledger.lists import SavedList
from chainmap.nearest import nearest_names
from chainmap.sources.places import load_cities

MOST_NAMED = 1000
"""Snapshots whose names are offered where none answers."""
_MOST_OFFERED = 8
_ID_START = re.compile(r"[0-9a-f]{6,64}")


def snapshot_called(tx: Transaction, given: str, client: str | None = None) -> SavedList:
    """Return the snapshot that a name or the start of an id means; of equal ones the newest.

    Args:
        tx: The transaction.
        given: What the reader wrote.
        client: Whose; None is everybody's.

    Raises:
        UnknownNameError: Nothing answers to it.
        InputError: Snapshots of different content do; they are named by their ids.
    """
    found = lists.all_named(tx, given, client)
    if not found and _ID_START.fullmatch(given):
        found = [s for s in lists.begins_with(tx, given) if client in (None, s.client)]
    if not found:
        known = [one.name for one in lists.newest(tx, MOST_NAMED, client=client, filed=True)]
        near = nearest_names(given[:60], known) or tuple(dict.fromkeys(known))[:5]
        raise UnknownNameError("快照", given[:60], near)
    different = {one.content_id: one for one in reversed(found)}
    if len(different) > 1:
        raise _ambiguous(given, list(different.values())[::-1])
    return found[0]


def _ambiguous(given: str, found: list[SavedList]) -> InputError:
    cities = dict(load_cities().select("city_code", "city").iter_rows())
    shown = [
        f"{(one.content_id or '')[:12]}（{cities.get(one.question['city'], '')}，"
        f"{one.created_at:%Y-%m-%d %H:%M} UTC 保存）"
        for one in found[:_MOST_OFFERED]
    ]
    more = "等" if len(found) > _MOST_OFFERED else ""
    return InputError(
        f"有 {len(found)} 份内容不同的快照都叫“{given[:60]}”。",
        todo=f"请改用编号：{'、'.join(shown)}{more}。",
    )
