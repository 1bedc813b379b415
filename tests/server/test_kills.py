"""kill -9 at random moments: the service, one of its workers, and what both are at meanwhile."""

import http.client
import json
import os
import random
import re
import signal
import threading
import time
import urllib.error
from contextlib import suppress
from pathlib import Path

from chainmap.sources.intake.credit_code import ALPHABET, WEIGHTS
from chainmap.sources.workspace import Workspace
from tests.server.running import BRISK, running

KILLS = int(os.environ.get("CHAINMAP_TEST_KILLS", "1"))
"""How often; `CHAINMAP_TEST_KILLS=20` takes half an hour."""
SEED = int(os.environ.get("CHAINMAP_TEST_KILLS_SEED", "7"))
ROWS = 1500
"""Rows of a list: read and merged in about a second, which is when the kills come."""

PATIENCE_S = 60 + 40 * KILLS
"""A killed job waits for its lease to run out, each time."""

REMEMBERED_S = 6
"""By then no worker remembers that there was no key."""

CITIES = ["330600", "330200", "330400"][: KILLS + 1]
LIST = {"name": "", "question": {"city": "绍兴", "chain": "集成电路", "top": 2}}
GIVEN_UP = "job-abandoned"
"""Killed with its worker three times, a job is given up, and says so."""

BATCH = {
    "name": "批",
    "cities": ["绍兴", "宁波", "杭州", "嘉兴"][: KILLS + 1],
    "question": {"city": "绍兴", "top": 20},
}
PATIENT = BRISK | {"CHAINMAP_REQUEST_TIMEOUT_S": "600"}
"""A busy machine is no lost request."""

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
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            status, headers, said = server.send("/v1/imports/companies", body, **kind)
            assert status == 202, said
            return headers["location"]
        time.sleep(0.5)
    raise AssertionError("nobody answers")


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


def over(server, places, **shown):
    """The jobs once all of them have ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            jobs = [json.loads(server.get(place, **shown)[2]) for place in places]
        except (OSError, http.client.HTTPException):
            continue
        if all(job["state"] not in ("queued", "running") for job in jobs):
            return jobs
        time.sleep(0.5)
    raise AssertionError([(job["state"], job["step"], job["attempts"]) for job in jobs])


def test_what_was_acknowledged_is_done_whole_however_often_the_service_dies(tmp_path):
    chance = random.Random(SEED)
    # A thread for the imports, and one for the batch, which takes longer than all of them.
    with running(tmp_path, **PATIENT, CHAINMAP_JOB_WORKERS="2") as server:
        places, kept, whole = [], [], targets_of(server)
        batch = acknowledged(server, "/v1/target-batches", BATCH)
        for at in range(KILLS):
            kept.append(acknowledged(server, "/v1/lists", LIST | {"name": f"第{at}份"}))
            places.append(send(server, at))
            time.sleep(chance.uniform(0, 3))
            server.kill()
            assert set(counted(tmp_path).values()) <= {ROWS}
            server.start()
            assert targets_of(server) == whole
            assert send(server, at) == places[at]  # acknowledged before the kill: done once
        all_kept(server, kept)
        *jobs, ranked = over(server, [*places, batch])
        batch_done_once(server, ranked)
        there = counted(tmp_path)
        assert set(there.values()) <= {ROWS}
        for at, job in enumerate(jobs):
            assert job["state"] == "done" or job["problem"]["type"].endswith(GIVEN_UP)
            assert at in there or job["state"] == "failed"
        assert sum(job["state"] == "done" for job in jobs) >= len(jobs) / 2
        assert "首尾相接" in server.command("audit", "verify").stderr


def all_kept(server, places):
    """Each acknowledged list is there, whole."""
    for place in places:
        status, _, content = server.get(place)
        assert status == 200 and len(json.loads(content)["targets"]) == LIST["question"]["top"]


def batch_done_once(server, job):
    """Killed more often than a job may kill its worker, it is given up, never done twice."""
    if job["state"] == "done":
        assert len(job["result"]["lists"]) == len(BATCH["cities"])
    else:
        assert job["state"] == "failed" and job["problem"]["type"].endswith(GIVEN_UP)
    names = [name for name in saved_lists(server).values() if name.startswith(BATCH["name"])]
    assert len(set(names)) == len(names) <= len(BATCH["cities"])


def test_a_killed_worker_is_replaced_and_no_half_answer_goes_out(tmp_path):
    chance = random.Random(SEED)
    wrong, stop = [], threading.Event()

    def read_on(server, whole):
        while not stop.is_set():
            with suppress(OSError, urllib.error.URLError, http.client.HTTPException):
                status, _, body = server.get(TARGETS)
                if status != 200 or body != whole:
                    wrong.append((status, len(body)))
            time.sleep(0.05)  # the machine has to start workers meanwhile

    with running(tmp_path, "--workers", "2", **PATIENT) as server:
        whole = server.get(TARGETS)[2]
        reader = threading.Thread(target=read_on, args=(server, whole))
        reader.start()
        try:
            places, kept, batches = [], [], []
            for at in range(KILLS):
                places.append(send(server, at))
                kept.append(acknowledged(server, "/v1/lists", LIST | {"name": f"第{at}份"}))
                batch = LIST | {"name": f"第{at}批", "cities": CITIES}
                batches.append(acknowledged(server, "/v1/target-batches", batch))
                time.sleep(chance.uniform(0, 4))
                killed = chance.choice(workers_of(server))
                os.kill(killed, signal.SIGKILL)
                until = time.monotonic() + 600
                while killed in (there := workers_of(server)) or len(there) < 2:
                    assert time.monotonic() < until and server.process.poll() is None
                    time.sleep(0.2)
                assert server.get("/readyz")[0] == 200
        finally:
            stop.set()
            reader.join()
        jobs, ranked = over(server, places), over(server, batches)
        lists = saved_lists(server)
        assert {place.rpartition("/")[2] for place in kept} <= lists.keys()
        key = server.command("keys", "create", "招商局", "--role", "editor").stdout.strip()
        made = time.monotonic()
        done_once(server, [*jobs, *ranked], lists)
        assert "首尾相接" in server.command("audit", "verify").stderr
        time.sleep(max(0, made + REMEMBERED_S - time.monotonic()))
        keys_jobs_and_logins_are_shared(server, key)
    assert wrong == []
    there = counted(tmp_path)
    assert set(there.values()) <= {ROWS}
    for at, job in enumerate(jobs):
        assert at in there if job["state"] == "done" else job["problem"]["type"].endswith(GIVEN_UP)
    assert sum(job["state"] == "done" for job in jobs) >= len(jobs) / 2


def keys_jobs_and_logins_are_shared(server, key):
    """Whichever worker is asked knows the key, and a job another took."""
    shown = {"Authorization": f"Bearer {key}"}
    assert [server.get("/v1/chains")[0] for _ in range(10)] == [401] * 10
    assert [server.get("/v1/chains", **shown)[0] for _ in range(10)] == [200] * 10
    status, headers, _ = server.get("/v1/target-batches", BATCH, **shown)
    assert status == 202
    (job,) = over(server, [headers["location"]], **shown)
    assert job["state"] == "done" and job["attempts"] == 1


def acknowledged(server, path, body):
    """Send a write until it is acknowledged: a kill takes away what was under way."""
    key = {"Idempotency-Key": f"{path}-{body['name']}".encode().hex()}
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            status, headers, said = server.get(path, body, **key)
            assert status in (201, 202), said
            return headers["location"]
        time.sleep(0.5)
    raise AssertionError("nobody answers")


def saved_lists(server):
    """Names of the kept lists by id."""
    found, url = {}, "/v1/lists?limit=200"
    while url:
        _, headers, body = server.get(url)
        found |= {one["id"]: one["name"] for one in json.loads(body)}
        match = re.search(r'<([^>]+)>; rel="next"', headers.get("link", ""))
        url = match and match[1]
    return found


def done_once(server, jobs, lists):
    """Each job left its results once: one closing entry in the audit log, one list for a city."""
    entries = json.loads(server.command("audit", "list", "--limit", "100000", "-f", "json").stdout)
    for job in jobs:
        mine = [one for one in entries if one["actor"] == f"job:{job['id']}"]
        closing = [one for one in mine if one["action"] in ("import", "job.done")]
        assert len(closing) == (job["state"] == "done")
        assert 1 <= job["attempts"] <= 3
        if job["kind"] == "target-batch":
            saved = [one["object"] for one in mine if one["action"] == "list.save"]
            assert len(saved) == len(set(saved)) <= len(CITIES) and set(saved) <= lists.keys()
            assert len({lists[one] for one in saved}) == len(saved)
            if job["state"] == "done":
                assert sorted(job["result"]["lists"].values()) == sorted(saved)
                assert len(saved) == len(CITIES)
