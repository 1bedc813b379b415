"""Work out ahead what readers open first, so that a city's page is there at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from fastapi import Request

from chainmap.errors import ChainmapError
from chainmap.server.pages import facts, search_index
from chainmap.server.pages.shell import environment
from chainmap.server.service import Service

log = logging.getLogger(__name__)
SHOWN = 10
"""Rows of a list on a page that shows several; the list's own page has them all."""
_begun = threading.Event()
_started = threading.Event()


def start(code: str) -> None:
    """Start working out what the first page of all needs, in a thread of its own, once a process.

    Call when the server is up; it answers meanwhile. The thread ends with the process, at most one
    step late.
    """
    if _started.is_set():
        return
    _started.set()
    threading.Thread(target=_work_off, args=(_first_steps(code),), name="warm-start").start()


def begin(request: Request, code: str) -> None:
    """Start working ahead in a thread of its own, once per process: this city, then 浙江's others.

    Nothing where the installation wants none of it. The thread ends with the process, at most one
    city late.
    """
    service: Service | None = getattr(request.app.state, "service", None)
    if service is None or not service.settings.warm_pages or _begun.is_set():
        return
    _begun.set()
    others = [city.code for city in facts.home_cities() if city.code != code]
    steps = [_city(one) for one in (code, *others)]
    threading.Thread(target=_work_off, args=(steps,), name="warm-pages").start()


def _first_steps(code: str) -> list[Callable[[], object]]:
    def chains() -> None:
        for standing in facts.facts(code).chains:
            facts.chain_panorama(code, standing.chain_id)

    steps: list[Callable[[], object]] = [environment, facts.home_standings, _city(code), chains]
    return [*steps, lambda: search_index.find("a")]


def _city(code: str) -> Callable[[], object]:
    def work() -> None:
        facts.facts(code)
        facts.gaps(code)
        facts.first_targets(code, SHOWN)

    return work


def _work_off(steps: list[Callable[[], object]]) -> None:
    try:
        for step in steps:
            if not threading.main_thread().is_alive():
                return
            step()
    except ChainmapError as error:
        # The page itself will say what is wrong to whoever opens it.
        log.warning("warm-up stopped", extra={"problem": str(error)})
