"""The processes a mapper runs partitions in."""

import os
from concurrent.futures.process import BrokenProcessPool

import polars as pl
import pytest

from chainmap.linkage.partitions import run_in_processes

PARTS = [pl.DataFrame({"n": [n]}) for n in range(6)]


def who(part):
    return part.with_columns(pid=pl.lit(os.getpid()))


def dies(part):
    os._exit(1)


def test_they_serve_all_calls_and_are_started_anew_after_one_died():
    mapper = run_in_processes(1)
    first, again = (pl.concat(mapper(who, PARTS)) for _ in range(2))
    assert first["n"].to_list() == list(range(6)) and first.equals(again)
    assert os.getpid() not in first["pid"]
    with pytest.raises(BrokenProcessPool):
        list(mapper(dies, PARTS))
    assert pl.concat(mapper(who, PARTS))["n"].to_list() == list(range(6))
