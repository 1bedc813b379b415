"""Answers already made, as bytes, and the lists they were cut from."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from anyio import to_thread

from chainmap.server.given_answers import GivenAnswers
from chainmap.server.recent import Recent

RECENT_LISTS = 8
"""Whole lists kept to cut further pages and forms from; some megabytes each."""


class Kept(NamedTuple):
    """An answer as bytes."""

    body: bytes
    media: str
    next: str | None


class AnswerCache:
    """Answers already made, the least used forgotten first.

    Args:
        most_bytes: Memory they may take.

    Attributes:
        given: Those that can be given again without the route.
        lists: Whole lists that further answers are cut from.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._making: dict[str, asyncio.Task[Kept]] = {}
        self.given = GivenAnswers()
        self.lists: Recent[Any] = Recent(RECENT_LISTS)

    def body(self, name: str) -> bytes | None:
        """Return the bytes of an answer that is kept."""
        found = self._kept.get(name)
        if found is None:
            return None
        self._kept.move_to_end(name)
        return found.body

    async def get(self, name: str, make: Callable[[], Kept]) -> tuple[Kept, str]:
        """Return an answer and where it came from: `kept`, or `made` by a thread, just once."""
        found = self._kept.get(name)
        if found is not None:
            self._kept.move_to_end(name)
            return found, "kept"
        task = self._making.get(name)
        if task is None or task.get_loop() is not asyncio.get_running_loop():
            task = asyncio.ensure_future(to_thread.run_sync(make, abandon_on_cancel=True))
            self._making[name] = task
            task.add_done_callback(lambda done: self._keep(name, done))
        return await asyncio.shield(task), "made"

    def _keep(self, name: str, done: asyncio.Task[Kept]) -> None:
        self._making.pop(name, None)
        if done.cancelled() or done.exception() is not None:
            return
        made = done.result()
        if _size(name, made) > self._most // 4:
            return
        self._kept[name] = made
        self._size += _size(name, made)
        while self._size > self._most:
            least_used, gone = self._kept.popitem(last=False)
            self._size -= _size(least_used, gone)


def _size(name: str, kept: Kept) -> int:
    """Return about how many bytes an answer takes.

    Its name counts too, or who asks for little in ever new long words would fill memory.
    """
    return len(kept.body) + 2 * len(name)
