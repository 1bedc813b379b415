"""How often somebody may ask: requests counted in memory, or in Redis for several processes."""

from __future__ import annotations

import time

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from starlette.types import Scope

from chainmap.errors import InputError
from chainmap.server.problems import Refusal
from chainmap.server.service import Service, network_of

MOST_COUNTED = 10_000
"""Counts in memory before those whose window is over are thrown out."""


WRONG_KEYS = "60/minute"
"""Wrong keys from one network: nobody mistypes more often. 256 bits are not guessed at any rate;
the limit tells a script that tries from a reader who mistypes, and slows it down."""


_SPANS = {
    "second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "month": "个月", "year": "年",
}  # fmt: skip


class _Memory:
    """Fixed windows in this process's memory: a dictionary look-up per request.

    The library's own store in memory goes through all its keys with every request.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], tuple[float, int]] = {}

    def hit(self, item: RateLimitItem, who: str, text: str) -> float:
        """Count one request; returns the seconds to wait, 0 where it may be served."""
        now = time.time()
        ends, before = self._counts.get((who, text), (0.0, 0))
        if ends <= now:
            ends, before = now + item.get_expiry(), 0
            self._sweep(now)
        self._counts[who, text] = (ends, before + 1)
        return ends - now if before >= item.amount else 0.0

    def _sweep(self, now: float) -> None:
        if len(self._counts) >= MOST_COUNTED:
            self._counts = {k: count for k, count in self._counts.items() if count[0] > now}


class Rates:
    """Counts requests against their limits."""

    def __init__(self, service: Service) -> None:
        settings = service.settings
        address = settings.rate_storage.get_secret_value()
        try:
            storage = storage_from_string(f"async+{address}")
        except ConfigurationError as error:
            raise InputError(
                "CHAINMAP_RATE_STORAGE 不可用。",
                todo="写作 memory:// 或 redis://…（需另装 redis 包）。",
            ) from error
        assert isinstance(storage, Storage)
        self._memory = _Memory() if address == "memory://" else None
        self._limiter = FixedWindowRateLimiter(storage)
        self._usual = settings.rate_limit
        self._items: dict[str, RateLimitItem] = {}

    async def spend(self, rate: str | None, who: str) -> None:
        """Count one request of somebody.

        Raises:
            Refusal: They have used up what they may send.
        """
        text = rate or self._usual
        item = self._items.get(text)
        if item is None:
            item = self._items[text] = parse(text)
        wait = await self._wait(item, who, text)
        if wait > 0:
            seconds = max(1, int(wait) + 1)
            raise Refusal(
                "too-many-requests",
                f"超过上限：{_zh(item)}。",
                f"请 {seconds} 秒后再试。",
                {"Retry-After": str(seconds)},
                detail_en=f"More than {item}; wait {seconds} s.",
            )

    async def _wait(self, item: RateLimitItem, who: str, text: str) -> float:
        """Count one request; returns the seconds to wait, 0 where it may be served."""
        if self._memory is not None:
            return self._memory.hit(item, who, text)
        if await self._limiter.hit(item, who):
            return 0.0
        stats = await self._limiter.get_window_stats(item, who)
        return max(stats.reset_time - time.time(), 1.0)


def _zh(item: RateLimitItem) -> str:
    """Return a limit in words, like 每分钟 60 次."""
    span = _SPANS[item.GRANULARITY.name]
    return f"每{f' {item.multiples} ' if item.multiples > 1 else ''}{span} {item.amount} 次"


def wrong_keys_of(scope: Scope) -> str:
    """Return under which name a request's wrong keys are counted: its network's."""
    return f"wrong:{network_of(scope)}"
