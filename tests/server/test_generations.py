"""A new generation takes over while requests come in all the time; none is dropped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from chainmap.errors import ConflictError, LedgerError, ResourceError
from chainmap.ledger.engine import Ledger
from chainmap.server import held, reloads
from chainmap.server.generations import Supervisor, _Server, ask_for_reload, supervised
from tests.server.serving import kind

ROOT = Path(__file__).parents[2]
RUN = """
import socket, sys
from chainmap.server.generations import Supervisor
if __name__ == "__main__":
    bound = socket.socket(); bound.bind(("127.0.0.1", int(sys.argv[1]))); bound.listen(512)
    options = {"log_config": None, "access_log": False, "timeout_graceful_shutdown": 20}
    Supervisor(bound, options, 2, "tests.server.small_app:make").run()
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", "/", headers={"connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def wait_for(port, said, seconds=240):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if {ask(port)[1] for _ in range(4)} == {said}:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"nobody says {said}")


@pytest.fixture
def running(tmp_path):
    said, script, port = tmp_path / "said", tmp_path / "run.py", free_port()
    said.write_text("one", "utf-8")
    script.write_text(RUN, "utf-8")
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"SMALL_APP_FILE": str(said), "PYTHONPATH": paths}
    process = subprocess.Popen([sys.executable, str(script), str(port)], env=environment)
    try:
        wait_for(port, "one")
        yield process, port, said
    finally:
        process.terminate()
        process.wait(40)


def test_no_request_is_dropped_while_generations_change(running):
    process, port, said = running
    answers, wrong, over = [], [], threading.Event()

    def hammer():
        while not over.is_set():
            try:
                answers.append(ask(port))
            except (OSError, http.client.HTTPException) as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=hammer, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for name in ("two", "three"):
            said.write_text(name, "utf-8")
            process.send_signal(signal.SIGHUP)
            wait_for(port, name)
        said.write_text("broken", "utf-8")
        process.send_signal(signal.SIGHUP)
        time.sleep(3)
    finally:
        over.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert {status for status, _ in answers} == {200}
    assert {text for _, text in answers} == {"one", "two", "three"}
    wait_for(port, "three")  # what could not be read has changed nothing


def test_a_single_process_says_that_it_cannot_swap(served):
    assert not supervised()
    with pytest.raises(ConflictError, match="单个进程"):
        ask_for_reload()
    admin, editor = served.key("admin"), served.key("editor")

    def reload(key):
        return served.client.post("/v1/admin/reload", headers={"X-API-Key": key})

    assert kind(reload(editor)) == "scope-missing"
    assert kind(reload(admin)) == "conflict"


def test_what_cannot_be_audited_is_not_reloaded(served, monkeypatch):
    admin, asked = served.key("admin"), []
    monkeypatch.setattr(reloads, "ask_for_reload", lambda: asked.append(True))

    def reload():
        return served.client.post("/v1/admin/reload", headers={"X-API-Key": admin})

    @contextmanager
    def out_of_reach(_):
        raise LedgerError("数据库当前不可用。")
        yield

    served.get("/v1/chains", admin)
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "write", out_of_reach)
        assert kind(reload()) == "database-unavailable" and not asked
    assert reload().status_code == 202 and asked == [True]
    assert [a for a, _, _ in served.audited() if a == "service.reload"] == ["service.reload"]


def test_a_reload_nobody_can_do_leaves_no_entry(served):
    admin = served.key("admin")
    answer = served.client.post("/v1/admin/reload", headers={"X-API-Key": admin})
    assert kind(answer) == "conflict"
    assert "service.reload" not in [action for action, _, _ in served.audited()]


class Made:
    """A process that ends when it is told to."""

    exitcode = None

    def is_alive(self):
        return True

    def terminate(self):
        self.exitcode = -15

    def join(self):
        pass


def test_a_process_that_cannot_be_started_leaves_nothing_of_its_generation(tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yml").write_text("a", "utf-8")
    monkeypatch.setattr(held.resources, "own_taxonomy", lambda: own)
    supervisor, made = Supervisor(None, {}, 2), []

    def server(what):
        if made:
            raise ResourceError("进程数到了上限。")
        made.append(_Server(Made(), threading.Event(), what))
        return made[0]

    monkeypatch.setattr(supervisor, "_server", server)
    supervisor._swap()
    copy = made[0].held.taxonomy
    assert copy.is_dir() and made[0].process.exitcode is not None
    supervisor._see_all_off()
    assert not copy.exists() and supervisor._serving == []
    supervisor._serving = [_Server(Made(), threading.Event(), made[0].held)]
    supervisor._serving[0].process.terminate()
    supervisor._replace_dead()  # tried again with the next tick
    assert len(supervisor._serving) == 1
