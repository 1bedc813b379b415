"""Things made lately and asked for again: made once, also when many ask at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """What was made last, by name.

    Args:
        most: How many are kept; where they have sizes, how much of them together. The last one is
            kept however large.
        size: Of one of them.
    """

    def __init__(self, most: int, size: Callable[[T], int] = lambda _: 1) -> None:
        self._most = most
        self._size = size
        self._kept: OrderedDict[str, Future[T]] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._lock = Lock()

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return what stands under a name; the first to ask makes it, the others wait for it.

        What fails is not kept: whoever waited gets the same error, the next tries again.
        """
        with self._lock:
            found = self._kept.get(name)
            ours: Future[T] | None = None
            if found is None:
                found = ours = self._kept[name] = Future()
            self._kept.move_to_end(name)
        if ours is not None:
            self._make(name, ours, make)
        return found.result()

    def made(self, name: str) -> T | None:
        """Return what stands under a name and is made; None where there is nothing yet."""
        with self._lock:
            found = self._kept.get(name)
            if found is None or not found.done() or found.exception() is not None:
                return None
            self._kept.move_to_end(name)
            return found.result()

    def _make(self, name: str, ours: Future[T], make: Callable[[], T]) -> None:
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                if self._kept.get(name) is ours:
                    del self._kept[name]
            ours.set_exception(error)
            return
        with self._lock:
            if self._kept.get(name) is ours:
                self._sizes[name] = self._size(made)
                self._let_go()
        ours.set_result(made)

    def _let_go(self) -> None:
        """Let go of what was asked for longest ago until the others fit."""
        while len(self._kept) > 1 and sum(self._sizes.values()) > self._most:
            name, _ = self._kept.popitem(last=False)
            self._sizes.pop(name, None)
