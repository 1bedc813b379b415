"""Run a partition function over many partitions: a loop, processes, or a Dask cluster.

The function is pure and takes one frame, so the mapper is one line and the answers are the same
whichever runs it; they come in the order of the partitions. Only a few partitions are under way
at a time, so memory does not grow with their number.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import polars as pl

PartitionFunction = Callable[[pl.DataFrame], pl.DataFrame]
Mapper = Callable[[PartitionFunction, Iterable[pl.DataFrame]], Iterator[pl.DataFrame]]


def run_here(
    function: PartitionFunction, partitions: Iterable[pl.DataFrame]
) -> Iterator[pl.DataFrame]:
    """Yield the answers one after another, in this process."""
    return map(function, partitions)


def run_in_processes(workers: int) -> Mapper:
    """Return a mapper over `workers` fresh processes (polars is not safe to fork).

    They start with the first partition and serve all calls; they end with the mapper.
    """
    kept: list[ProcessPoolExecutor] = []

    def run(
        function: PartitionFunction, partitions: Iterable[pl.DataFrame]
    ) -> Iterator[pl.DataFrame]:
        if not kept:
            kept.append(ProcessPoolExecutor(workers, mp_context=get_context("spawn")))
        (pool,) = kept
        try:
            yield from _windowed(lambda part: pool.submit(function, part), partitions, workers + 1)
        except BaseException:  # a process that died, or a caller that takes no more
            kept.clear()
            pool.shutdown(cancel_futures=True)
            raise

    return run


def run_on_cluster(client: Any) -> Mapper:
    """Return a mapper over a Dask cluster.

    Args:
        client: A `dask.distributed.Client`; untyped, because Dask is an optional extra.
    """

    def run(
        function: PartitionFunction, partitions: Iterable[pl.DataFrame]
    ) -> Iterator[pl.DataFrame]:
        width = 2 * max(1, sum(client.ncores().values()))
        return _windowed(lambda part: client.submit(function, part, pure=False), partitions, width)

    return run


def _windowed(
    submit: Callable[[pl.DataFrame], Any], partitions: Iterable[pl.DataFrame], width: int
) -> Iterator[pl.DataFrame]:
    """Yield results in order with at most `width` partitions under way."""
    running: deque[Any] = deque()
    for partition in partitions:
        running.append(submit(partition))
        if len(running) >= width:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
