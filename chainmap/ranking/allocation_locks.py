"""First-talk locks (首报首谈) as they stand on a day: which hold, which have run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chainmap.concepts.allocation_records import TalkLock
from chainmap.errors import InputError, UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.sources.places import find_city
from chainmap.tables import Cities, Companies


class HeldLock(NamedTuple):
    """A lock with its names found.

    Attributes:
        company: As stated.
        city: As stated.
        company_id: Head of the company's group: the group is what is ranked.
        holds: Whether its day has not passed.
    """

    company: str
    city: str
    company_id: str
    city_code: str
    until: dt.date
    holds: bool


def read_locks(
    locks: Sequence[TalkLock], companies: Companies, cities: Cities, day: dt.date
) -> list[HeldLock]:
    """Return locks with their names found, in the order given.

    Args:
        locks: As stated.
        companies: The roster.
        cities: All prefecture-level places.
        day: A lock whose last day is before it has run out.

    Raises:
        UnknownNameError: No company or city answers to a name.
    """
    named = _heads_by_name(companies)
    return [
        HeldLock(
            lock.company, lock.city, _head(named, lock.company),
            find_city(cities, lock.city).code, lock.until, lock.until >= day,
        )
        for lock in locks
    ]  # fmt: skip


def holders(locks: Sequence[HeldLock], group: Mapping[str, str]) -> dict[str, str]:
    """Return company → city of the locks that hold.

    Args:
        locks: From `read_locks`.
        group: City → group of linked cities; two of a group may hold the same company.

    Raises:
        InputError: Two cities that are not linked hold the same company.
    """
    first: dict[str, HeldLock] = {}
    for lock in locks:
        if not lock.holds:
            continue
        held = first.setdefault(lock.company_id, lock)
        ours, theirs = (group.get(one.city_code, one.city_code) for one in (held, lock))
        if ours != theirs:
            raise InputError(
                f"企业“{lock.company}”同时由{held.city}和{lock.city}首报首谈。",
                todo="只留先报的一条，或说明两地是飞地关系。",
            )
    return {company: lock.city_code for company, lock in first.items()}


def _heads_by_name(companies: Companies) -> dict[str, str | None]:
    """Return every way to call a company → head of its group; None where a name means several."""
    named: dict[str, str | None] = {}
    columns = ("group_id", "short_name", "full_name", "company_id")
    for head, *names in companies.select(columns).iter_rows():
        for name in names:
            key = name.casefold()
            named[key] = head if named.get(key, head) == head else None
    return named


def _head(named: Mapping[str, str | None], given: str) -> str:
    found = named.get(given.strip().casefold())
    if found is None:
        raise UnknownNameError("企业", given, tuple(nearest_names(given, list(named))))
    return found
