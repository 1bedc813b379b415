"""Generations of server processes: a new one is started beside the old, then takes over.

Each process answers from one state of data, taxonomy and models, read when it starts. On SIGHUP the
supervisor starts new processes on the same listening socket; once all of them are ready, the old
ones stop accepting, end what they have begun, and leave. Where a new one does not come up, the old
ones stay. No request is refused meanwhile: the socket is open all the time.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from chainmap.errors import ChainmapError, ConflictError, LedgerError, ResourceError, reason_of
from chainmap.server.garbage import look_as_usual, look_seldom
from chainmap.server.held import Held, hold

log = logging.getLogger(__name__)

APP = "chainmap.server.app:worker_app"
LINGER_S = 1.0
"""How long a leaving process waits for the requests of connections it has just accepted."""
READY_S = 600.0
"""How long a new generation may take to read its data, some seconds on an idle machine; then it is
given up. The former one serves meanwhile."""
LEAVE_S = 30.0
"""How long an old generation may take to leave when its requests have ended: jobs go on to their
next checkpoint."""
_TICK_S = 0.2

_spawn = multiprocessing.get_context("spawn")
_supervisor: int | None = None
"""The process that supervises this one."""


@dataclass
class _Server:
    """One server process and whether it is ready."""

    process: BaseProcess
    ready: Any
    held: Held


class Supervisor:
    """Runs server processes until it is told to stop.

    Args:
        listening: The bound socket all of them accept from.
        options: Of `uvicorn.Config`.
        workers: Processes of a generation.
        app: What makes the application.
    """

    def __init__(
        self, listening: socket.socket, options: dict[str, Any], workers: int, app: str = APP
    ) -> None:
        self.listening = listening
        self.options = options
        self.workers = workers
        self.app = app
        self._serving: list[_Server] = []
        self._leaving: list[tuple[float, _Server]] = []
        requests = float(options.get("timeout_graceful_shutdown") or 0)
        self._leave_s = LINGER_S + requests + LEAVE_S
        self._search = list(sys.path)
        self._own_search = [os.path.realpath(folder) for folder in sys.path]
        self._gone: list[Held] = []
        self._stop = threading.Event()
        self._reload = threading.Event()

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; take in a new generation at every SIGHUP.

        Raises:
            LedgerError: The first generation did not come up; why stands in the log.
        """
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._told_to_stop)
        signal.signal(signal.SIGHUP, self._told_to_reload)
        first = self._generation()
        if first is None and not self._stop.is_set():
            self._see_all_off()
            raise LedgerError("服务没有启动成功，原因见日志。", todo="运行 chainmap doctor 检查。")
        self._serving = first or []
        while not self._stop.is_set():
            if self._reload.is_set():
                self._reload.clear()
                self._swap()
            self._replace_dead()
            self._see_off()
            time.sleep(_TICK_S)
        leaving, self._serving = self._serving, []
        self._dismiss(leaving)
        self._see_all_off()

    def _see_all_off(self) -> None:
        while self._leaving:
            self._see_off()
            time.sleep(_TICK_S)

    def _swap(self) -> None:
        try:
            new = self._generation()
        except ChainmapError as error:
            log.error("reload failed: %s", error)
            return
        if new is None:
            log.error("reload failed, the former generation stays")
            return
        self._dismiss(self._serving)
        self._serving = new
        log.info("reload done")

    def _generation(self) -> list[_Server] | None:
        """Return as many servers as there are workers, all ready; None where one fails.

        Whoever takes the place of a dead one later reads what its generation reads.

        Raises:
            ResourceError: The expert's own taxonomy cannot be read, or no process be started.
        """
        held = hold(self._search)
        made: list[_Server] = []
        try:
            for _ in range(self.workers):
                made.append(self._server(held))
        except ResourceError:
            self._dismiss(made)
            self._gone.append(held)
            raise
        until = time.monotonic() + READY_S
        while not all(server.ready.is_set() for server in made):
            failed = any(server.process.exitcode is not None for server in made)
            late = time.monotonic() > until
            if failed or late or self._stop.is_set():
                why = "too slow" if late else "it ended"
                log.error("a server process did not come up: %s", why)
                self._dismiss(made)
                return None
            self._replace_dead()
            time.sleep(_TICK_S)
        return made

    def _server(self, held: Held) -> _Server:
        ready = _spawn.Event()
        given = (self.app, self.options, self.listening, ready, (os.getpid(), held))
        process = _spawn.Process(target=_serve, args=given, name="chainmap-server")
        sys.path[:] = held.search  # a spawned process looks for its modules where we do
        try:
            process.start()
        except OSError as error:
            raise ResourceError(
                f"无法启动服务进程：{reason_of(error)}。", todo="检查内存和进程数上限。"
            ) from error
        finally:
            sys.path[:] = self._own_search
        return _Server(process, ready, held)

    def _replace_dead(self) -> None:
        for at, server in enumerate(self._serving):
            if server.process.exitcode is not None:
                log.error("server process died", extra={"exit": server.process.exitcode})
                try:
                    self._serving[at] = self._server(server.held)
                except ResourceError as error:  # the others serve on; tried again
                    log.error("not replaced: %s", error)
                time.sleep(_TICK_S)  # what dies at once must not be started without end

    def _dismiss(self, servers: list[_Server]) -> None:
        for server in servers:
            if server.process.is_alive():
                server.process.terminate()
            self._leaving.append((time.monotonic() + self._leave_s, server))
            if server.held not in self._gone:
                self._gone.append(server.held)

    def _see_off(self) -> None:
        staying = []
        for until, server in self._leaving:
            if server.process.exitcode is None:
                if time.monotonic() > until:
                    server.process.kill()
                staying.append((until, server))
            else:
                server.process.join()
        self._leaving = staying
        read = [server.held for server in self._serving] + [s.held for _, s in staying]
        for held in self._gone:
            if held not in read:
                held.let_go()
        self._gone = [held for held in self._gone if held in read]

    def _told_to_stop(self, _: int, __: FrameType | None) -> None:
        self._stop.set()

    def _told_to_reload(self, _: int, __: FrameType | None) -> None:
        self._reload.set()


def supervised() -> bool:
    """Return whether a supervisor can replace this process."""
    return _supervisor is not None


def ask_for_reload() -> None:
    """Ask this process's supervisor for a new generation.

    Raises:
        ConflictError: There is no supervisor: the service runs as one process.
    """
    if _supervisor is None:
        raise ConflictError(
            "服务以单个进程运行，不能在不停机的情况下换数据。",
            todo="用 chainmap serve --workers 2（或更多）启动，或重新启动服务。",
        )
    os.kill(_supervisor, signal.SIGHUP)


def _serve(
    app: str,
    options: dict[str, Any],
    listening: socket.socket,
    ready: Any,
    start: tuple[int, Held],
) -> None:
    """Serve as one process of a generation; `start` is its supervisor and what it reads."""
    global _supervisor
    import uvicorn

    look_seldom()
    supervisor, held = start
    held.adopt()

    class Draining(uvicorn.Server):
        """A server that says when it is ready, and leaves without dropping a connection."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            look_as_usual()
            if self.started:
                ready.set()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            for server in self.servers:
                server.close()
            # Whoever keeps a connection open is told to come back by another one.
            self.server_state.default_headers += [(b"connection", b"close")]
            await asyncio.sleep(LINGER_S)
            await super().shutdown(sockets)

    _supervisor = supervisor
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server = Draining(uvicorn.Config(app, factory=True, **options))
    threading.Thread(target=_leave_with, args=(supervisor, server), daemon=True).start()
    server.run([listening])


def _leave_with(supervisor: int, server: Any) -> None:
    """Leave when the supervisor is gone: nobody could stop this process any more."""
    while os.getppid() == supervisor:
        time.sleep(1.0)
    server.should_exit = True
