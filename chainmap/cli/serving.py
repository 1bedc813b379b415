"""What `chainmap serve` and `chainmap mcp` do."""

from __future__ import annotations

import os
import secrets
import socket
from typing import Any

from chainmap.cli.output import say
from chainmap.errors import InputError, reason_of
from chainmap.settings import LEAST_SECRET, Settings, load_settings
from chainmap.sources.serving import serving

GRACE_S = 5
"""Seconds beyond those of the longest answer that requests under way may take to end once the
service is told to stop: none of them is cut off."""

_MOST_OPEN = 1000
"""Connections a process takes at a time; the next is told 503 instead of waiting for ever."""

_BACKLOG = 2048
"""Connections that wait to be accepted; as uvicorn has it."""


def run_server(host: str | None, port: int | None, workers: int) -> None:
    """Answer `chainmap serve`: until stopped by a signal, then requests under way are ended.

    Raises:
        InputError: It would listen beyond this machine while no key was ever made.
        ConflictError: A backup is being restored into the workspace.
        LedgerError: The operational database cannot be used.
    """
    settings = load_settings()
    changed: dict[str, Any] = {"host": host or settings.host, "port": port or settings.port}
    settings = settings.model_copy(update=changed)
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,  # our own line per request carries no query and no address
        "server_header": False,
        "timeout_graceful_shutdown": int(settings.request_timeout_s) + GRACE_S,
        "timeout_keep_alive": 15,
        "limit_concurrency": _MOST_OPEN,
    }
    with serving(settings.workspace):  # before the database is opened, which a restore fills
        _serve(settings, options, workers)


def _serve(settings: Settings, options: dict[str, Any], workers: int) -> None:
    import uvicorn

    from chainmap.logs import configure
    from chainmap.server.app import open_ledger, worker_app
    from chainmap.server.garbage import look_as_usual
    from chainmap.server.generations import Supervisor
    from chainmap.server.held import held_still

    where = f"接口说明页：http://{settings.host}:{settings.port}/docs （按 Ctrl+C 停止）"
    if workers == 1:
        with held_still():
            served = worker_app(settings)
            look_as_usual()
            say(where)
            uvicorn.run(served, **options)
        return
    open_ledger(settings).close()  # what is wrong is said once, before there are many
    _pass_down(settings)
    configure(settings.log_level)
    with _listening(settings.host, settings.port) as listening:
        say(where)
        Supervisor(listening, options, workers).run()


def _listening(host: str, port: int) -> socket.socket:
    """Return the socket all server processes accept from.

    Raises:
        InputError: The address cannot be listened at.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise InputError(
            f"无法监听 {host}:{port}：{reason_of(error)}。",
            todo="换一个 --port，或停掉占用它的程序。",
        ) from error
    return listening


def run_agents() -> None:
    """Answer `chainmap mcp`: speak MCP on stdin and stdout until the other side hangs up.

    Raises:
        ConflictError: A backup is being restored into the workspace.
    """
    from chainmap.logs import configure
    from chainmap.server.agents import agent_server
    from chainmap.server.garbage import look_as_usual

    settings = load_settings()
    with serving(settings.workspace):
        server = agent_server()
        configure(settings.log_level)  # after the SDK, which sets up a log of its own
        look_as_usual()
        server.run("stdio")


def _pass_down(settings: Settings) -> None:
    """Give the worker processes what they cannot read from the command line."""
    os.environ["CHAINMAP_HOST"] = settings.host
    os.environ["CHAINMAP_PORT"] = str(settings.port)
    if settings.session_secret is None:  # a login made with one worker must count with the next
        os.environ["CHAINMAP_SESSION_SECRET"] = secrets.token_urlsafe(LEAST_SECRET)
