"""Data, taxonomy and code changed under the real service while clients ask all the time.

The changes are made as an operator makes them (docs/deploy/README.md): the new release beside the
old one and a link turned; the expert's own taxonomy edited where it lies; then a reload.
"""

import compileall
import csv
import http.client
import json
import os
import shutil
import signal
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.running import BRISK, running
from tests.server.test_kills import workers_of

SWAPS = int(os.environ.get("CHAINMAP_TEST_SWAPS", "1"))
ROOT = Path(__file__).parents[2]
TARGETS = "/v1/cities/330600/targets?chain=integrated-circuits&top=5"
CHAIN = "/v1/chains/integrated-circuits"
ROSTER = ("data", "companies", "integrated-circuits.csv")
with ROOT.joinpath(*ROSTER).open(encoding="utf-8", newline="") as rows:
    NAME = next(csv.DictReader(rows))["short_name"]
"""A company that is called otherwise in the second release: the roster's first."""
RENAMED = f"{NAME}改名"
NAMED = f"/v1/companies?q={NAME}"
ASKED = (TARGETS, CHAIN, "/v1/cities/330600/gaps?chain=integrated-circuits", NAMED)
LATE = "/v1/segments/紫外光刻胶"
"""Asked for the first time after the change and before the swap."""
LISTENS = "Application startup complete"
"""What a process says once it has read its data and listens."""
MOVED = "reload done"
"""What the service says once all processes have moved to a new state."""


def release(folder, name, short_name):
    """A release of its own, in which a company is called otherwise."""
    home = folder / name
    if name == "one":
        skip = shutil.ignore_patterns("_bundled", "*.pyc.*")  # the latter are being written
        shutil.copytree(ROOT / "chainmap", home / "chainmap", ignore=skip)
        compileall.compile_dir(home / "chainmap", quiet=2)
        for part in ("data", "models", "taxonomy"):
            shutil.copytree(ROOT / part, home / part)
        (home / "api").symlink_to(ROOT / "api")
        shutil.copy(ROOT / "pyproject.toml", home)
    else:
        # What is changed later is replaced: the other release's file stays as it is.
        shutil.copytree(folder / "one", home, symlinks=True, copy_function=os.link)
    change(home.joinpath(*ROSTER), f",{NAME},", f",{short_name},")


def change(file, old, new):
    """Change one place of a text, as an editor program does: another file in its place."""
    text = file.read_text("utf-8")
    assert old in text
    other = file.with_name(f".{file.name}")
    other.write_text(text.replace(old, new, 1), "utf-8")
    other.replace(file)


def turn(folder, name):
    """Let the link lead to another release, in one step."""
    (folder / "next").symlink_to(folder / name)
    (folder / "next").rename(folder / "current")


class Client:
    """Asks all the time; keeps its connection as long as the server does, or never."""

    def __init__(self, server, key, keep):
        self.server, self.keep = server, keep
        self.headers = {"X-API-Key": key} | ({} if keep else {"Connection": "close"})
        self.answers, self.wrong, self.over = [], [], threading.Event()
        self.tags = {}
        self.thread = threading.Thread(target=self.run)

    def run(self):
        connection = None
        while not self.over.is_set():
            for path in ASKED:
                connection = connection or http.client.HTTPConnection(
                    "127.0.0.1", self.server.port, timeout=600
                )
                try:
                    self.ask(connection, path)
                except (OSError, http.client.HTTPException) as error:
                    self.wrong.append((path, repr(error)))
                    connection.close()
                if connection.sock is None:
                    connection = None
        if connection is not None:
            connection.close()

    def ask(self, connection, path):
        tag = {"If-None-Match": self.tags[path]} if path in self.tags and self.keep else {}
        connection.request("GET", quote(path, safe="/?=&"), headers=self.headers | tag)
        answer = connection.getresponse()
        body = answer.read()
        found = answer.headers
        if answer.status in (200, 304):
            self.tags[path] = found["etag"]
        said = (answer.status, found["chainmap-snapshot"], found["etag"])
        self.answers.append((time.monotonic(), path, *said, body))
        time.sleep(0.1)  # the machine has to read a new state meanwhile


def said(server):
    """What the service has said so far."""
    return server.said.read_text("utf-8")


def snapshot_everywhere(server, key):
    """The one snapshot that twenty connections in a row meet; None while they differ."""
    met = {
        server.get("/v1/snapshots/current", **{"X-API-Key": key, "Connection": "close"})[1][
            "chainmap-snapshot"
        ]
        for _ in range(20)
    }
    return met.pop() if len(met) == 1 else None


def until(condition, seconds=900):
    """Wait for something to hold; returns what it says."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError("it never came to be")


@pytest.fixture
def installed(tmp_path):
    """Two releases, a link to the first, and an own taxonomy."""
    release(tmp_path, "one", NAME)
    release(tmp_path, "two", RENAMED)
    shutil.copytree(ROOT / "taxonomy", tmp_path / "taxonomy")
    turn(tmp_path, "one")
    return tmp_path


def test_every_answer_is_of_one_state_while_another_takes_over(installed, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    given = BRISK | {
        "PYTHONPATH": f"{installed / 'current'}{os.pathsep}{ROOT / 'nowhere'}",
        "CHAINMAP_TAXONOMY": str(installed / "taxonomy"),
        "CHAINMAP_REQUEST_TIMEOUT_S": "600",  # a busy machine is no dropped request
        "TMPDIR": str(installed / "temporary"),
    }
    (installed / "temporary").mkdir()
    with running(installed, "--workers", "2", **given) as server:
        key = server.command("keys", "create", "试", "--role", "admin").stdout.strip()
        until(lambda: server.get(CHAIN)[0] == 401)
        states, answers = [until(lambda: snapshot_everywhere(server, key))], []
        for at in range(SWAPS):
            change_all(installed, at)
            a_worker_dies(server, key)
            with asking(server, key, answers):
                states.append(swapped(server, key))
            summary = json.loads(server.get(CHAIN, **{"X-API-Key": key})[2])["summary"]
            assert f"第{at + 1}次" in summary
        broken_data_changes_nothing(installed, server, key)
        assert server.stop() in (0, -15)
    whole(answers, states)
    assert list((installed / "temporary").glob("chainmap-taxonomy-*")) == []


@contextmanager
def asking(server, key, answers):
    """Ask from three sides meanwhile; nobody may be turned away."""
    clients = [Client(server, key, keep) for keep in (True, True, False)]
    for client in clients:
        client.thread.start()
    try:
        everything_is_asked(clients)
        yield
        everything_is_asked(clients)
    finally:
        for client in clients:
            client.over.set()
            client.thread.join()
    assert [client.wrong for client in clients] == [[], [], []]
    answers += [answer for client in clients for answer in client.answers]


def everything_is_asked(clients):
    """Wait until each client has gone through all its questions, begun after now."""
    wanted = [len(client.answers) + len(client.wrong) + 2 * len(ASKED) for client in clients]
    until(
        lambda: all(
            len(client.answers) + len(client.wrong) >= many
            for client, many in zip(clients, wanted, strict=True)
        )
    )


def change_all(folder, at):
    """Edit the own taxonomy in place, and turn the link to the other release."""
    before = f"summary: （第{at}次）" if at else "summary: "
    chain = folder / "taxonomy" / "chains" / "integrated-circuits.yml"
    change(chain, before, f"summary: （第{at + 1}次）")
    turn(folder, ("two", "one")[at % 2])


def a_worker_dies(server, key):
    """Whoever takes its place reads what the others read, not what lies there now."""
    before = snapshot_everywhere(server, key)
    listening = said(server).count(LISTENS)
    killed = workers_of(server)[0]
    os.kill(killed, signal.SIGKILL)
    until(lambda: killed not in (there := workers_of(server)) and len(there) == 2)
    until(lambda: server.get("/readyz")[0] == 200)
    until(lambda: said(server).count(LISTENS) > listening)
    assert snapshot_everywhere(server, key) == before
    late = server.get(quote(LATE), **{"X-API-Key": key})
    assert late[0] == 200 and late[1]["chainmap-snapshot"] == before


def swapped(server, key):
    """Ask for the new state as an administrator; returns its id once all have moved."""
    before = snapshot_everywhere(server, key)
    former, moved = set(workers_of(server)), said(server).count(MOVED)
    assert server.get("/v1/admin/reload", {}, **{"X-API-Key": key})[0] == 202
    until(lambda: said(server).count(MOVED) > moved)
    after = until(lambda: (s := snapshot_everywhere(server, key)) not in (None, before) and s)
    until(lambda: not former & set(workers_of(server)))
    return after


def broken_data_changes_nothing(folder, server, key):
    """What cannot be read is said in the log; the former state goes on."""
    before = until(lambda: snapshot_everywhere(server, key))
    file = folder / "taxonomy" / "domains.yml"
    whole = file.read_text("utf-8")
    file.write_text("domains: [", "utf-8")
    assert server.get("/v1/admin/reload", {}, **{"X-API-Key": key})[0] == 202
    until(lambda: "reload failed" in said(server))
    assert snapshot_everywhere(server, key) == before
    file.write_text(whole, "utf-8")


def whole(answers, states):
    """Each answer is of one of the states, and of each state there is one answer to a question."""
    assert len(set(states)) == len(states)
    bodies, tags = defaultdict(set), defaultdict(set)
    for _, path, status, snapshot, tag, body in answers:
        assert status in (200, 304) and snapshot in states, (path, status, snapshot, body[:300])
        if status == 200:
            bodies[path, snapshot].add(body)
        tags[path, snapshot].add(tag)
    assert {len(found) for found in bodies.values()} == {1}
    assert {len(found) for found in tags.values()} == {1}
    for path in ASKED:
        met = {state: next(iter(bodies[path, state])) for state in states if bodies[path, state]}
        assert met.keys() == set(states), path
        assert len({next(iter(tags[path, state])) for state in states}) == len(states)
    # Every state has a summary of its own; there are two releases, and so two names.
    assert len({next(iter(bodies[CHAIN, state])) for state in states}) == len(states)
    named = [next(iter(bodies[NAMED, state])) for state in states]
    assert all((f'{RENAMED}"'.encode() in body) == bool(at % 2) for at, body in enumerate(named))
