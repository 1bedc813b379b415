"""`make bench`: the service under load on loopback, beside a bare route that sends the same bytes.

Seven kinds of question, all about the targets of one city and chain but the fourth:

- kept: the same question in the same words; the answer's bytes are kept.
- cut: a page, order or fields nobody asked for; the ranked list is in memory, the answer is made.
- listed: a length and limit per segment nobody asked for lately; scores, draws and each target's
  JSON are in memory, the list and the intervals of a new limit are made.
- around: as listed, of eleven cities and six chains in turn.
- narrowed: as listed, of two modes and of the firms of one place in turn.
- weighed: weights of all seven families nobody asked for; as listed, scored anew.
- weighed+: as weighed, of the firms of one place.

The bare route is FastAPI under the same server; it sends answers of the same kind, made before, and
looks nothing up but which. Questions in a body are put to a bare route that takes the same body,
which every such route must read; how a bare GET does stands beside it. All are timed in turn, in
one run. Beside throughput stands the
processor time a server spends on an answer: it hardly hangs on what else the machine does.

`CHAINMAP_BENCH_SECONDS` is how long 200 clients ask at once (10; the goal is held to 120).
"""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from tests.bench.kinds import PATH, SAME_BYTES, Kind, questions
from tests.bench.load import Asking, Load, get, put_under
from tests.server.running import Running, free_port, running

SECONDS = float(os.environ.get("CHAINMAP_BENCH_SECONDS", "10"))
CROWD = 200
ROUND_S = 3.0
ROUNDS = 5
"""Rounds of a kind, taken in turn with the bare route's; the median ratio counts."""

_BARE = """
import pickle
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI
from starlette.responses import Response
from chainmap.concepts.service_records import TargetQuestion
bodies = pickle.loads(Path(sys.argv[1]).read_bytes())
app = FastAPI()
@app.get("/bare/{kind}/{number}")
async def bare(kind: str, number: int) -> Response:
    return Response(bodies[kind][number], media_type="application/json")
@app.post("/bare/{kind}/{number}")
async def posed(kind: str, number: int, question: TargetQuestion) -> Response:
    return Response(bodies[kind][number], media_type="application/json")
uvicorn.run(app, port=int(sys.argv[2]), log_config=None, access_log=False)
"""


class Ratio(NamedTuple):
    """Beside a bare route: throughput over its, and its processor time per answer over ours."""

    throughput: float
    cpu: float


class Timed(NamedTuple):
    """The median round of a load, and what it came to beside the bare route.

    Attributes:
        load: The round.
        cpu_ms: Processor time of the server per answer.
        ratio: Medians beside the bare route that is asked in the same way.
        to_get: Medians beside the one that is asked by GET.
    """

    load: Load
    cpu_ms: float
    ratio: Ratio
    to_get: Ratio


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

    asked_alike = [kind.ask_bare] if kind.body is None else [kind.ask_bare, kind.get_bare]
    rounds = []
    put_under(ours[0], ask, clients, 1.0)  # warm
    for _ in range(ROUNDS):
        before = [_counted(bare, alike, clients) for alike in asked_alike]
        load, cpu = _counted(ours, ask, clients)
        after = [_counted(bare, alike, clients) for alike in asked_alike]
        pairs = zip(before, after, strict=True)
        rounds.append((load, cpu, [_ratio((load, cpu), pair) for pair in pairs]))
    rounds.sort(key=lambda one: one[2][0].throughput)
    ratios = [_middle([one[2][at] for one in rounds]) for at in range(len(asked_alike))]
    cpu_ms = median(cpu for _, cpu, _ in rounds) * 1000
    return Timed(rounds[len(rounds) // 2][0], cpu_ms, ratios[0], ratios[-1])


_Round = tuple[Load, float]


def _ratio(ours: _Round, around: tuple[_Round, _Round]) -> Ratio:
    """Return how a round does beside the bare route's before and after it."""
    of_bare = mean(load.per_second for load, _ in around)
    return Ratio(ours[0].per_second / of_bare, mean(cpu for _, cpu in around) / ours[1])


def _middle(ratios: list[Ratio]) -> Ratio:
    return Ratio(median(one.throughput for one in ratios), median(one.cpu for one in ratios))


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
                    f"ratio {found.ratio.throughput:5.2f} (goal {kind.goal})  "
                    f"p99 {found.load.percentile_ms(0.99):7.1f} ms  "
                    f"processor {found.cpu_ms:6.2f} ms, ratio {found.ratio.cpu:5.2f}  "
                    f"failed {len(found.load.failed)}\n"
                )
                if kind.body is not None:
                    to_get = found.to_get
                    say(f"    beside a bare GET: {to_get.throughput:.2f}, "
                        f"processor {to_get.cpu:.2f}\n")  # fmt: skip
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
