"""The world on a day: what a question with `as_of` is answered from."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from threading import Lock

from chainmap.gaps.world import World
from chainmap.pipeline import load_world

KEPT = 4
"""Earlier years kept in memory: some 70 MB each, half a second to make."""

_making = Lock()


def world_on(day: dt.date) -> World:
    """Return the world as of a day, as `chainmap gaps --as-of` takes it.

    Companies founded in a later year do not count. Founding is known by the year, so all days of
    a year share a world; from the edition's day on it is today's.
    """
    today = load_world()
    if day >= today.edition:
        return today
    with _making:  # the second to ask waits instead of making it too
        return _world_of(day.year)


@lru_cache(maxsize=KEPT)
def _world_of(year: int) -> World:
    # Past the cache of `load_world`, which keeps every day: anybody could fill the memory by
    # asking for one day after the other.
    return load_world.__wrapped__(dt.date(year, 12, 31))
