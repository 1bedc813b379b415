"""A server in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

BRISK = {"CHAINMAP_WARM_PAGES": "false", "CHAINMAP_JOB_LEASE_S": "6"}
"""For tests that kill and start again: nothing worked out that nobody asks, no long wait."""


def free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """`chainmap serve` as a process group, with what it says on stderr in a file."""

    def __init__(self, folder, *options, **environment):
        self.port = free_port()
        self.folder = folder
        self.said = folder / "stderr.log"
        self.environment = os.environ | {
            "CHAINMAP_WORKSPACE": str(folder / "ws"),
            "CHAINMAP_RATE_LIMIT": "1000000/minute",
            **environment,
        }
        self.options = options
        self.start()

    def start(self):
        """Start it and wait until it is ready."""
        command = [sys.executable, "-m", "chainmap", "serve", "--port", str(self.port)]
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [*command, *self.options],
                env=self.environment,
                cwd=self.folder,
                stderr=said,
                start_new_session=True,
            )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.said.read_text())

    def command(self, *argv):
        """Run another `chainmap` command of the same installation; returns what it said."""
        run = [sys.executable, "-m", "chainmap", *argv]
        return subprocess.run(
            run, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=True
        )

    def get(self, path, body=None, **headers):
        """Ask; returns status, headers and body."""
        data = None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} if data else {}
        return self.send(path, data, **given | headers)

    def send(self, path, data, **headers):
        """Send bytes as they are; returns status, headers and body."""
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code, problem.headers, problem.read()

    def kill(self):
        """Kill it and its workers, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Ask it to end; returns how it ended."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=600)


@contextmanager
def running(folder, *options, **environment):
    """Yield a running server that is gone afterwards."""
    server = Running(folder, *options, **environment)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()
