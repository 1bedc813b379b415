"""First-talk locks (首报首谈) as they stand on a day: which hold, which have run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chainmap.concepts.allocation_records import TalkLock
from chainmap.errors import InputError
from chainmap.ranking.company_names import company_named
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
    group = dict(companies.select("company_id", "group_id").iter_rows())
    return [
        HeldLock(
            lock.company, lock.city, group[company_named(companies, lock.company)],
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
