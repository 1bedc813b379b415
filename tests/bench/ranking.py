"""Ranking: 6 chains × 11 cities over a register, warm lists by Python and HTTP, explanations."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import numpy as np

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets, target_ground
from chainmap.ranking.candidates import propose_candidates
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.recommend import Lists, recommend
from chainmap.ranking.scorer import scorer_of
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from tests.bench.intake import REGISTRATIONS, run_import
from tests.oracles.ranking import listed_by_pandas, parts_by_pandas

QUERIES = 200
PATH = f"/v1/cities/330600/targets?chain={quote('集成电路')}&top="
_REGISTER = """
import resource, sys, tempfile, time
from pathlib import Path
from chainmap.linkage.partitions import run_here
from chainmap.ranking.known import Known
from chainmap.ranking.partitions import placed_universe, rank_partitions, write_known
from chainmap.ranking.target_model import load_target_model
from chainmap.sources.places import load_cities
from chainmap.sources.workspace import Workspace
from tests.oracles.ranking import ranked_by_pandas
cities, model = load_cities(), load_target_model()
codes = cities.filter(cities["province_code"] == "330000")["city_code"].to_list()
clock = [(time.perf_counter(), time.process_time())]
tick = lambda: clock.append((time.perf_counter(), time.process_time()))
universe = placed_universe(Workspace(Path(sys.argv[1])), cities, run_here); tick()
known = Known(universe, model.edition)
with tempfile.TemporaryDirectory() as folder:
    file = write_known(known, model, Path(folder)); tick()
    lists = rank_partitions(file, known.n_firms, codes, 100, run_here); tick()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
naive = int(sys.argv[2])
ranked_by_pandas(known, model, codes[:1], 100, only=1); tick()
ranked_by_pandas(known, model, codes[:1], 100, only=1); tick()
ranked_by_pandas(known, model, codes[:1], 100, only=naive + 1); tick()
cpu = [b[1] - a[1] for a, b in zip(clock, clock[1:])]
wall = clock[3][0] - clock[0][0]
print(known.n_firms, len(codes), lists["chain_id"].n_unique(), lists.height, wall, peak, *cpu)
"""
_BARE = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI, Response
app, body = FastAPI(), Path(sys.argv[2]).read_bytes()
@app.get("/{rest:path}")
async def same(rest: str) -> Response:
    return Response(body, media_type="application/json")
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""
_NAIVE_FIRMS = 200


class Spread(NamedTuple):
    """Wall milliseconds of a query, the middle and the slowest of a hundred."""

    p50: float
    p99: float

    def __str__(self) -> str:
        return f"p50 {self.p50:9.2f} ms   p99 {self.p99:9.2f} ms"


def report(say: Callable[[str], object]) -> None:
    """Say every figure of ranking."""
    _register(say)
    _lists(say)
    _http(say)


def _register(say: Callable[[str], object]) -> None:
    if not REGISTRATIONS.is_file():
        say("ranking over a register: skipped, the real lists are not in ../shared/data\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        imported = run_import([REGISTRATIONS], Path(folder))
        command = [sys.executable, "-c", _REGISTER, folder, str(_NAIVE_FIRMS)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    firms, cities, chains, rows, wall, peak, place, facts, score, _, once, naive = map(
        float, done.stdout.split()
    )
    ours = firms * cities / score
    theirs = _NAIVE_FIRMS / max(naive - once, 1e-9)
    whole = place + facts + score
    say(f"ranking {chains:.0f} chains × {cities:.0f} cities over {imported.rows:,} registrations "
        f"(imported before, {imported.seconds:.0f} s), fresh process\n")  # fmt: skip
    for name, seconds in (
        ("placement of every company", place),
        ("what is counted over the firms in a chain", facts),
        (f"scores of {firms:,.0f} firms × {cities:.0f} cities", score),
        ("end to end", whole),
    ):
        say(f"  {name:<46}{seconds:8.2f} CPU s\n")
    say(
        f"  {'wall, peak memory, rows of the lists':<46}{wall:8.1f} s {peak:6.0f} MB {rows:6,.0f}\n"
    )
    say(f"ratio: scores a CPU second, chainmap {ours:,.0f} ÷ plain pandas {theirs:,.0f} = "
        f"{ours / theirs:,.0f}\n")  # fmt: skip


def _lists(say: Callable[[str], object]) -> None:
    world, model = load_world(), load_target_model()
    city, chain = find_city(world.cities, "绍兴"), world.library.find_chain("集成电路")
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition), chain)
    scorer, options = scorer_of(model), TargetOptions(top=20)
    ground = target_ground(world, city)
    candidates = propose_candidates(world, gaps, city, ground)
    ranked = rank_candidates(candidates, options, scorer)
    lists = Lists(candidates, ranked, ground)
    pairs = list(ranked.select("company_id", "segment_id").iter_rows())
    bare = TargetOptions(top=20, draws=0)
    say(f"a warm list of 20 (绍兴 × 集成电路, {candidates.height:,} candidates), wall\n")
    whole = _spread(lambda: rank_targets(world, city, gaps, options), 60)
    order = _spread(lambda: rank_candidates(candidates, bare, scorer), 60)
    naive = _spread(lambda: listed_by_pandas(candidates, bare, scorer), 3)
    told = _spread(lambda: recommend(world, city, gaps, lists, (model, scorer)), 30)
    again = _spread(lambda: parts_by_pandas(candidates, bare, scorer, pairs), 3)
    for name, found in (
        ("Python, candidates to reasons", whole),
        ("of it: scores and order", order),
        ("plain pandas: scores and order", naive),
        (f"of it: chance and explanation of {len(pairs)} rows", told),
    ):
        say(f"  {name:<46}{found}\n")
    say(f"ratio: scores and order, plain pandas ÷ chainmap {naive.p50 / order.p50:8.1f}\n")
    ratio = again.p50 / (order.p50 + told.p50)
    say(f"ratio: list and explanation of {len(pairs)} rows, plain pandas (no sentences) ÷ chainmap "
        f"{ratio:8.1f}\n")  # fmt: skip


def _http(say: Callable[[str], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = {"CHAINMAP_WORKSPACE": f"{folder}/ws", "CHAINMAP_RATE_LIMIT": "1000000/minute"}
        serve = ["-m", "chainmap", "serve", "--host", "127.0.0.1", "--port"]
        with _serving(serve, [], settings) as port:
            body = _get(port, PATH + "20")
            kept = _spread_http(port, lambda n: PATH + "20", QUERIES)
            made = _spread_http(port, lambda n: f"{PATH}{21 + n}", 40)
        file = Path(folder) / "body"
        file.write_bytes(body)
        with _serving(["-c", _BARE], [str(file)], {}) as port:
            bare = _spread_http(port, lambda n: PATH + "20", QUERIES)
    say(f"the same list by HTTP on loopback, {len(body):,} bytes, one connection, wall\n")
    for name, found in (
        ("asked before, all guards and audit on", kept),
        ("not asked before", made),
        ("bare FastAPI route, the same bytes", bare),
    ):
        say(f"  {name:<46}{found}\n")
    say(f"ratio: asked before ÷ bare route, p50 {kept.p50 / bare.p50:8.1f}\n")


@contextmanager
def _serving(before: list[str], after: list[str], settings: dict[str, str]) -> Iterator[int]:
    """Serve in a process of its own, on a port that was free; yields the port once it answers."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, *before, str(port), *after]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=os.environ | settings, stdout=quiet, stderr=quiet)
    try:
        for _ in range(600):
            try:
                _get(port, "/health")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", path)
    return connection.getresponse().read()


def _spread_http(port: int, path: Callable[[int], str], times: int) -> Spread:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    numbers = iter(range(10_000))

    def ask() -> None:
        connection.request("GET", path(next(numbers)))
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status

    return _spread(ask, times)


def _spread(work: Callable[[], object], times: int) -> Spread:
    work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - start))
    low, high = np.percentile(spent, [50, 99])
    return Spread(float(low), float(high))


if __name__ == "__main__":
    report(sys.stdout.write)
