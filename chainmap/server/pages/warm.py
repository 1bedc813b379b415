"""Work out ahead what readers open first, so that a city's page is there at once."""

from __future__ import annotations

import logging
import threading

from chainmap.errors import ChainmapError
from chainmap.server.pages import facts, search_index

log = logging.getLogger(__name__)
SHOWN = 10
"""Rows of a list on a page that shows several; the list's own page has them all."""
_begun = threading.Event()


def begin(code: str) -> None:
    """Start working ahead in a thread of its own, once per process: this city, then 浙江's others.

    The thread ends with the process, at most one city late.
    """
    if _begun.is_set():
        return
    _begun.set()
    threading.Thread(target=_work_ahead, args=(code,), name="warm-pages").start()


def _work_ahead(first: str) -> None:
    others = [city.code for city in facts.home_cities() if city.code != first]
    try:
        for code in (first, *others):
            if not threading.main_thread().is_alive():
                return
            facts.gaps(code)
            facts.first_targets(code, SHOWN)
        search_index.find("a")
    except ChainmapError as error:
        # The page itself will say what is wrong to whoever opens it.
        log.warning("warm-up stopped", extra={"problem": str(error)})
