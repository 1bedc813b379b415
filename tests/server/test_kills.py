"""kill -9 at random moments: the service, one of its workers, and imports sent over HTTP."""

import json
import os
import random
import signal
import threading
import time
import urllib.error
from contextlib import suppress
from pathlib import Path

from chainmap.sources.intake.credit_code import ALPHABET, WEIGHTS
from chainmap.sources.workspace import Workspace
from tests.server.running import running

KILLS = int(os.environ.get("CHAINMAP_TEST_KILLS", "2"))
SEED = int(os.environ.get("CHAINMAP_TEST_KILLS_SEED", "7"))
ROWS = 1500
"""Rows of a list: read and merged in about a second, which is when the kills come."""

PATIENCE_S = 60 + 40 * KILLS
"""A killed job waits for its lease to run out, half a minute each time."""

TARGETS = "/v1/cities/330600/targets?chain=integrated-circuits&top=5"


def code(number):
    """A credit code with a right check digit."""
    head = f"91330600{ALPHABET[number // 29791 % 31]}{number:08d}"[:17]
    total = sum(
        ALPHABET.index(letter) * weight for letter, weight in zip(head, WEIGHTS, strict=True)
    )
    return head + ALPHABET[-total % 31]


def table(at):
    """A list of companies no other list has."""
    where = "浙江省绍兴市越城区一路"
    rows = [
        f"第{at}批{row}号电机有限公司,{code(at * ROWS + row)},{where}{row}号,电机的生产。"
        for row in range(ROWS)
    ]
    return "\r\n".join(["企业名称,统一社会信用代码,注册地址,经营范围", *rows, ""]).encode()


def send(server, at):
    """Send a list; returns where its job is."""
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n'
        + table(at)
        + b"\r\n--b--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": f"list-{at}"}
    status, headers, said = server.send("/v1/imports/companies", body, **kind)
    assert status == 202, said
    return headers["location"]


def counted(folder):
    """How many companies of each list are in the workspace; reading it proves it whole."""
    workspace = Workspace(folder / "ws")
    manifest = workspace.manifest()
    frame = workspace.scan("companies")
    if frame is None:
        return {}
    names = frame.collect()["name"].to_list()
    assert len(names) == manifest.n_companies == len(set(names))
    found = {}
    for name in names:
        at = int(name[1 : name.index("批")])
        found[at] = found.get(at, 0) + 1
    return found


def targets_of(server):
    """A list, whole or not at all."""
    status, _, body = server.get(TARGETS)
    assert status == 200
    return json.loads(body)["targets"]


def workers_of(server):
    """The worker processes of a service."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    ids = [int(one) for one in children.read_text().split()]
    return [one for one in ids if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def over(server, places):
    """The jobs once all of them have ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        jobs = [json.loads(server.get(place)[2]) for place in places]
        if all(job["state"] not in ("queued", "running") for job in jobs):
            return jobs
        time.sleep(1)
    raise AssertionError([(job["state"], job["step"], job["attempts"]) for job in jobs])


def test_an_import_sent_over_http_is_done_whole_however_often_the_service_dies(tmp_path):
    chance = random.Random(SEED)
    with running(tmp_path) as server:
        places, whole = [], targets_of(server)
        for at in range(KILLS):
            places.append(send(server, at))
            time.sleep(chance.uniform(0, 3))
            server.kill()
            assert set(counted(tmp_path).values()) <= {ROWS}
            server.start()
            assert targets_of(server) == whole
            assert send(server, at) == places[at]  # acknowledged before the kill: done once
        jobs = over(server, places)
        there = counted(tmp_path)
        assert set(there.values()) <= {ROWS}
        for at, job in enumerate(jobs):
            # Killed with its worker three times, it is given up, and says so.
            assert job["state"] == "done" or job["problem"]["type"].endswith("job-abandoned")
            assert at in there or job["state"] == "failed"
        assert sum(job["state"] == "done" for job in jobs) >= len(jobs) / 2
        assert "首尾相接" in server.command("audit", "verify").stderr


def test_a_killed_worker_is_replaced_and_no_half_answer_goes_out(tmp_path):
    chance = random.Random(SEED)
    wrong, stop = [], threading.Event()

    def read_on(server, whole):
        while not stop.is_set():
            with suppress(OSError, urllib.error.URLError):
                status, _, body = server.get(TARGETS)
                if status != 200 or body != whole:
                    wrong.append((status, len(body)))

    with running(tmp_path, "--workers", "2") as server:
        whole = server.get(TARGETS)[2]
        reader = threading.Thread(target=read_on, args=(server, whole))
        reader.start()
        try:
            places = []
            for at in range(KILLS):
                places.append(send(server, at))
                time.sleep(chance.uniform(0, 2))
                killed = chance.choice(workers_of(server))
                os.kill(killed, signal.SIGKILL)
                until = time.monotonic() + 120
                while killed in (there := workers_of(server)) or len(there) < 2:
                    assert time.monotonic() < until and server.process.poll() is None
                    time.sleep(0.2)
                assert server.get("/readyz")[0] == 200
        finally:
            stop.set()
            reader.join()
        jobs = over(server, places)
    assert wrong == []
    assert set(counted(tmp_path).values()) <= {ROWS}
    assert all(job["state"] in ("done", "failed") for job in jobs)
