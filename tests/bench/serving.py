"""`make bench`: the service under load on loopback, beside a bare route that sends the same bytes.

Six kinds of question, all about the targets of one city and chain but the fourth:

- kept: the same question in the same words; the answer's bytes are kept.
- cut: a page, order or fields nobody asked for; the ranked list is in memory, the answer is made.
- listed: a length and limit per segment nobody asked for lately; scores, draws and each target's
  JSON are in memory, the list and the intervals of a new limit are made.
- around: as listed, of eleven cities and six chains in turn.
- narrowed: as listed, of two modes and of the firms of one place in turn.
- weighed: weights of all seven families nobody asked for; as listed, scored anew.

The bare route is FastAPI under the same server; it sends answers of the same kind, made before, and
looks nothing up but which. Both are timed in turn, in one run. Beside throughput stands the
processor time a server spends on an answer: it hardly hangs on what else the machine does.

`CHAINMAP_BENCH_SECONDS` is how long 200 clients ask at once (10; the goal is held to 120).
"""

from __future__ import annotations

import json
import os
import pickle
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, permutations
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple
from urllib.parse import quote

from tests.bench.load import Asking, Load, get, post, put_under
from tests.server.running import Running, free_port, running

SECONDS = float(os.environ.get("CHAINMAP_BENCH_SECONDS", "10"))
CROWD = 200
ROUND_S = 3.0
ROUNDS = 5
"""Rounds of a kind, taken in turn with the bare route's; the median ratio counts."""

SAME_BYTES = 40
"""Answers of a kind that the bare route sends in turn."""

FAMILIES = ("segment_fit", "need", "expansion", "affinity", "relations", "policy", "terms")
CHAIN = "targets?chain=integrated-circuits"
PATH = f"/v1/cities/330600/{CHAIN}"
CITIES = tuple(range(330100, 331200, 100))
CHAINS = (
    "integrated-circuits", "robotics", "new-materials", "biomedicine", "aerospace", "quantum",
)  # fmt: skip
AROUND = [(city, chain) for chain in CHAINS for city in CITIES]
NARROWED = ("mode=chain", "mode=advantage", f"home={quote('上海')}")

_BARE = """
import pickle
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI
from starlette.responses import Response
bodies = pickle.loads(Path(sys.argv[1]).read_bytes())
app = FastAPI()
@app.get("/bare/{kind}/{number}")
async def bare(kind: str, number: int) -> Response:
    return Response(bodies[kind][number], media_type="application/json")
uvicorn.run(app, port=int(sys.argv[2]), log_config=None, access_log=False)
"""


class Kind(NamedTuple):
    """A kind of question: how the n-th is asked, and the share of the bare route hoped for.

    Attributes:
        first: How many are asked before anything is timed, so that none is asked the first time.
    """

    name: str
    ask: Asking
    goal: float
    first: int = SAME_BYTES


class Timed(NamedTuple):
    """The median round of a load, and what it came to beside the bare route.

    Attributes:
        load: The round.
        ratio: Median of its throughput over the bare route's.
        cpu_ms: Processor time of the server per answer.
        cpu_ratio: The bare route's processor time per answer over it.
    """

    load: Load
    ratio: float
    cpu_ms: float
    cpu_ratio: float


@contextmanager
def bare_route(bodies: dict[str, list[bytes]], folder: Path) -> Iterator[tuple[int, int]]:
    """Yield the port and process of a server that only sends these bytes."""
    port: int = free_port()  # type: ignore[no-untyped-call]
    file = folder / "bodies"
    file.write_bytes(pickle.dumps(bodies))
    command = [sys.executable, "-c", _BARE, str(file), str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                put_under(port, lambda _: get(f"/bare/{next(iter(bodies))}/0"), 1, 0.05)
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


def beside(ours: tuple[int, int], bare: tuple[int, int], kind: Kind, clients: int) -> Timed:
    """Return how a kind of question does beside the bare route; both as port and process."""
    numbers = count(SAME_BYTES)

    def ask(_: int) -> bytes:
        return kind.ask(next(numbers))

    def ask_bare(number: int) -> bytes:
        return get(f"/bare/{kind.name}/{number % SAME_BYTES}")

    rounds = []
    put_under(ours[0], ask, clients, 1.0)  # warm
    for _ in range(ROUNDS):
        before, cpu_before = _counted(bare, ask_bare, clients)
        load, cpu = _counted(ours, ask, clients)
        after, cpu_after = _counted(bare, ask_bare, clients)
        of_bare = (before.per_second + after.per_second) / 2
        rounds.append((load.per_second / of_bare, load, cpu, (cpu_before + cpu_after) / 2 / cpu))
    rounds.sort(key=lambda one: one[0])
    return Timed(
        rounds[len(rounds) // 2][1],
        median(ratio for ratio, _, _, _ in rounds),
        median(cpu for _, _, cpu, _ in rounds) * 1000,
        median(ratio for _, _, _, ratio in rounds),
    )


def _counted(server: tuple[int, int], ask: Asking, clients: int) -> tuple[Load, float]:
    """Return a round, and the server's processor seconds per answer."""
    begun = cpu_seconds(server[1])
    load = put_under(server[0], ask, clients, ROUND_S)
    return load, (cpu_seconds(server[1]) - begun) / max(len(load.took_ms), 1)


def cpu_seconds(process: int) -> float:
    """Return the processor time a process has taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(process: int) -> float:
    """Return the megabytes a process holds in memory."""
    text = Path(f"/proc/{process}/status").read_text()
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


def watched(process: int, work: Callable[[], Load]) -> tuple[Load, list[float]]:
    """Return a load and the memory of the server during it, once a second."""
    memory: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(1.0):
            memory.append(resident_mb(process))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        found = work()
    finally:
        over.set()
        watching.join()
    return found, memory


def questions(key: str) -> list[Kind]:
    """Return the kinds of question; the first `SAME_BYTES` of each are the bare route's."""
    kept = get(PATH, X_API_Key=key)
    orders = list(permutations(["rank", "company", "score", "segment", "home_city", "chance"]))
    dice = random.Random(time.time_ns())

    def page(number: int) -> bytes:
        order = ",".join(orders[number // 20 % len(orders)])
        chosen = f"fields={order}&sort=score" if number % 2 else f"sort={order}"
        return get(f"{PATH}&limit={1 + number % 20}&{chosen}", X_API_Key=key)

    def listed(number: int) -> bytes:
        limit = 2 + number // 20 % 499
        return get(f"{PATH}&top={10 + number % 20}&per_segment={limit}", X_API_Key=key)

    def around(number: int) -> bytes:
        (city, chain), nth = AROUND[number % len(AROUND)], number // len(AROUND)
        said = f"top={10 + nth % 20}&per_segment={2 + nth // 20 % 499}"
        return get(f"/v1/cities/{city}/targets?chain={chain}&{said}", X_API_Key=key)

    def narrowed(number: int) -> bytes:
        asked_by, nth = NARROWED[number % len(NARROWED)], number // len(NARROWED)
        said = f"top={10 + nth % 20}&per_segment={2 + nth // 20 % 499}"
        return get(f"{PATH}&{asked_by}&{said}", X_API_Key=key)

    def weighed(_: int) -> bytes:
        weights = {family: round(dice.uniform(0, 3), 6) for family in FAMILIES}
        asked = {"city": "330600", "chain": "integrated-circuits", "weights": weights}
        return post("/v1/targets", json.dumps(asked).encode(), X_API_Key=key)

    return [
        Kind("kept", lambda _: kept, 0.6),
        Kind("cut", page, 0.25),
        Kind("listed", listed, 0.25),
        Kind("around", around, 0.25, len(AROUND)),
        Kind("narrowed", narrowed, 0.25),
        Kind("weighed", weighed, 0.25),
    ]


def answer_to(port: int, asked: bytes) -> bytes:
    """Return the body a question is answered with."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(asked.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        head, _, body = b"".join(iter(lambda: line.recv(1 << 16), b"")).partition(b"\r\n\r\n")
    assert head.split()[1] == b"200", head
    return body


def report(say: Callable[[str], object]) -> None:
    """Print throughput and p99 beside the bare route, then 200 clients at once."""
    with tempfile.TemporaryDirectory(prefix="cm-bench-") as folder, running(Path(folder)) as server:
        key = server.command("keys", "create", "bench", "--role", "editor").stdout.strip()
        time.sleep(6)  # as long as the server remembers that there was no key
        kinds = questions(key)
        bodies = {
            kind.name: [answer_to(server.port, kind.ask(at)) for at in range(kind.first)]
            for kind in kinds
        }
        with bare_route(bodies, Path(folder)) as bare:
            say(
                "service: targets of a city and chain, one process, 4 clients, beside a bare "
                f"route with the same bytes; load of the machine {os.getloadavg()[0]:.1f}\n"
            )
            for kind in kinds:
                found = beside((server.port, server.process.pid), bare, kind, 4)
                size = mean(map(len, bodies[kind.name][:SAME_BYTES]))
                say(
                    f"  {kind.name:<8}{size:8,.0f} bytes {found.load.per_second:6.0f}/s  "
                    f"ratio {found.ratio:5.2f} (goal {kind.goal})  "
                    f"p99 {found.load.percentile_ms(0.99):7.1f} ms  "
                    f"processor {found.cpu_ms:6.2f} ms, ratio {found.cpu_ratio:5.2f}  "
                    f"failed {len(found.load.failed)}\n"
                )
        _crowd(say, server, key)


def _crowd(say: Callable[[str], object], server: Running, key: str) -> None:
    paths = (PATH, "/v1/cities/330600/gaps", "/v1/chains", "/v1/companies?q=slw")
    asked = [get(path, X_API_Key=key) for path in paths]
    put_under(server.port, lambda n: asked[n % 4], CROWD, 2.0)
    found, memory = watched(
        server.process.pid,
        lambda: put_under(server.port, lambda n: asked[n % 4], CROWD, SECONDS),
    )
    say(f"  {CROWD} clients, {SECONDS:g} s: {len(found.took_ms):,} answers, {len(found.failed)} "
        f"failed, {found.per_second:.0f}/s, p99 {found.percentile_ms(0.99):.0f} ms, memory of the "
        f"process {memory[0]:.0f} → {memory[len(memory) // 2]:.0f} → {memory[-1]:.0f} MB; "
        f"load of the machine {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    for why in sorted(set(found.failed))[:5]:
        say(f"    {why[:200]}\n")


if __name__ == "__main__":
    report(sys.stdout.write)
