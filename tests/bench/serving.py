"""`make bench`: the service under load on loopback, beside a bare route that sends the same bytes.

`CHAINMAP_BENCH_SECONDS` is how long 200 clients ask at once (10; the goal is held to 120).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from statistics import median

from tests.bench.load import Asking, Load, get, post, put_under
from tests.server.running import Running, free_port, running

SECONDS = float(os.environ.get("CHAINMAP_BENCH_SECONDS", "10"))
CROWD = 200
ROUND_S = 3.0
ROUNDS = 5
"""Rounds of a kind, taken in turn with the bare route's; the median ratio counts."""

PATH = "/v1/cities/330600/targets?chain=integrated-circuits"

_BARE = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI
from starlette.responses import Response
body = Path(sys.argv[1]).read_bytes()
app = FastAPI()
@app.api_route("/bare", methods=["GET", "POST"])
async def bare() -> Response:
    return Response(body, media_type="application/json")
uvicorn.run(app, port=int(sys.argv[2]), log_config=None, access_log=False)
"""


@contextmanager
def bare_route(body: Path) -> Iterator[int]:
    """Yield the port of a server that only sends these bytes."""
    port: int = free_port()  # type: ignore[no-untyped-call]
    command = [sys.executable, "-c", _BARE, str(body), str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                put_under(port, lambda _: get("/bare"), 1, 0.05)
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.kill()
        process.wait()


def beside(port: int, ask: Asking, bare: int, clients: int) -> tuple[Load, float]:
    """Return the median round of a load, and the median of its throughput over the bare route's."""
    rounds = []
    put_under(port, ask, clients, 1.0)  # warm
    for _ in range(ROUNDS):
        before = put_under(bare, lambda _: get("/bare"), clients, ROUND_S)
        ours = put_under(port, ask, clients, ROUND_S)
        after = put_under(bare, lambda _: get("/bare"), clients, ROUND_S)
        rounds.append((ours.per_second / (before.per_second + after.per_second) * 2, ours))
    rounds.sort(key=lambda one: one[0])
    return rounds[len(rounds) // 2][1], median(ratio for ratio, _ in rounds)


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


def questions(key: str) -> dict[str, tuple[Asking, float]]:
    """Return kind of question → how it is asked, and the share of the bare route hoped for."""
    kept = get(PATH, X_API_Key=key)
    first = time.time_ns() % 1_000_000

    orders = list(permutations(["rank", "company", "score", "segment", "home_city", "chance"]))

    def page(number: int) -> bytes:
        fields = ",".join(orders[number // 20 % len(orders)])
        shown = f"&limit={1 + number % 20}&fields={fields}&sort={'rank,' * (number // 14400)}score"
        return get(PATH + shown, X_API_Key=key)

    def weighed(number: int) -> bytes:
        weights = {"affinity": 0.5 + (first + number) / 1e7}
        asked = {"city": "330600", "chain": "integrated-circuits", "weights": weights}
        return post("/v1/targets", json.dumps(asked).encode(), X_API_Key=key)

    return {
        "kept": (lambda _: kept, 0.6),
        "computed: pages and fields never asked": (page, 0.25),
        "computed: weights never asked": (weighed, 0.25),
    }


def report(say: Callable[[str], object]) -> None:
    """Print throughput and p99 beside the bare route, then 200 clients at once."""
    with tempfile.TemporaryDirectory(prefix="cm-bench-") as folder, running(Path(folder)) as server:
        key = server.command("keys", "create", "bench", "--role", "editor").stdout.strip()
        time.sleep(6)  # as long as the server remembers that there was no key
        status, _, body = server.get(PATH, **{"X-API-Key": key})
        assert status == 200
        file = Path(folder) / "body"
        file.write_bytes(body)
        with bare_route(file) as bare:
            say(f"service: targets of a city and chain, {len(body):,} bytes, one process, "
                f"beside a bare route with the same bytes\n")  # fmt: skip
            for name, (ask, goal) in questions(key).items():
                found, ratio = beside(server.port, ask, bare, 4)
                say(
                    f"  {name:<40}{found.per_second:8.0f}/s  ratio {ratio:5.2f} (goal {goal})  "
                    f"p99 {found.percentile_ms(0.99):7.1f} ms  failed {len(found.failed)}\n"
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
        f"failed, {found.per_second:.0f}/s, p99 {found.percentile_ms(0.99):.0f} ms, "
        f"memory {memory[0]:.0f} → {memory[-1]:.0f} MB\n")  # fmt: skip
    for why in sorted(set(found.failed))[:5]:
        say(f"    {why[:200]}\n")


if __name__ == "__main__":
    report(sys.stdout.write)
