"""How often somebody may ask: requests counted in memory, or in Redis for several processes."""

from __future__ import annotations

import time

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from chainmap.errors import InputError
from chainmap.server.problems import Refusal
from chainmap.server.service import Service


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
        self._limiter = FixedWindowRateLimiter(storage)
        self._usual = settings.rate_limit
        self._items: dict[str, RateLimitItem] = {}

    async def spend(self, rate: str | None, who: str) -> None:
        """Count one request of somebody.

        Raises:
            Refusal: They have used up what they may send.
        """
        text = rate or self._usual
        item = self._items.setdefault(text, parse(text))
        if not await self._limiter.hit(item, who):
            stats = await self._limiter.get_window_stats(item, who)
            wait = max(1, int(stats.reset_time - time.time()) + 1)
            raise Refusal(
                "too-many-requests",
                f"超过每{text.replace('/', ' 次/')}的上限。",
                f"请 {wait} 秒后再试。",
                {"Retry-After": str(wait)},
            )
