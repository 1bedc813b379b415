"""Many clients at once over plain sockets, with little work of their own: the server is timed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

Asking = Callable[[int], bytes]
"""Number of a request → its bytes on the wire."""


class Load(NamedTuple):
    """What a load came to: answers, wall seconds, milliseconds of each in order, and failures."""

    seconds: float
    took_ms: list[float]
    failed: list[str]

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.took_ms) / self.seconds

    def percentile_ms(self, share: float) -> float:
        """Return the milliseconds within which this share of the answers came."""
        return self.took_ms[min(int(len(self.took_ms) * share), len(self.took_ms) - 1)]


def get(path: str, **headers: str) -> bytes:
    """Return a GET as it goes over the wire, on a connection that stays."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def post(path: str, body: bytes, **headers: str) -> bytes:
    """Return a POST of JSON as it goes over the wire, on a connection that stays."""
    told = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    return get(path, **headers, **told).replace(b"GET", b"POST", 1) + body


def put_under(port: int, ask: Asking, clients: int, seconds: float) -> Load:
    """Return what `clients` connections, each asking again once answered, got in `seconds`."""
    return asyncio.run(_all(port, ask, clients, seconds))


async def _all(port: int, ask: Asking, clients: int, seconds: float) -> Load:
    numbers = count()
    begun = time.perf_counter()
    until = begun + seconds
    each = [_client(port, ask, numbers, until) for _ in range(clients)]
    found = await asyncio.gather(*each)
    spent = time.perf_counter() - begun
    took = sorted(ms for times, _ in found for ms in times)
    return Load(spent, took, [why for _, failed in found for why in failed])


async def _client(
    port: int, ask: Asking, numbers: Iterator[int], until: float
) -> tuple[list[float], list[str]]:
    took: list[float] = []
    failed: list[str] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    while (begun := time.perf_counter()) < until:
        try:
            writer.write(ask(next(numbers)))
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(_length(head))
        except (OSError, asyncio.IncompleteReadError) as error:
            failed.append(type(error).__name__)
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
            continue
        if head[9:12] != b"200":
            failed.append(f"{head[9:12].decode()} {body[:200].decode(errors='replace')}")
            continue
        took.append((time.perf_counter() - begun) * 1000)
    writer.close()
    return took, failed


def _length(head: bytes) -> int:
    name = b"\r\ncontent-length:"
    start = head.lower().index(name) + len(name)
    return int(head[start : head.index(b"\r\n", start)])
