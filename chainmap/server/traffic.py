"""What passes through: a request id, one log line and the metrics of every request.

No address, no query and no path with names in it is written: the route's template says what was
asked, the key's id who asked.
"""

from __future__ import annotations

import logging
import os
import re
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, reset_contextvars

from chainmap.logs import RequestLines
from chainmap.server.headers import Dressing
from chainmap.server.methods import as_get, method_of
from chainmap.server.problems import Refusal, problem_of_any, send_refusal
from chainmap.server.service import ANONYMOUS, LOOPBACK, Service, network_of

log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9._\-]{1,64}")
_NOTICE = (
    b"chainmap-notice",
    b"keyless first use on this machine; create a key with: chainmap keys create",
)


AUDITED = (
    "key-missing", "key-wrong", "key-expired", "key-revoked", "scope-missing",
    "origin-not-allowed", "host-not-allowed", "too-many-requests", "body-too-large",
    "body-too-slow", "unsupported-type", "unreadable",
)  # fmt: skip
"""Kinds of problem that are counted in the audit log, with who asked and from which network;
every kind stands in the request's log line."""


class Metrics:
    """The numbers Prometheus reads, labelled with the route's template."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter(
            "chainmap_requests_total", "Requests answered", labels, registry=self.registry
        )
        self.seconds = Histogram(
            "chainmap_request_seconds",
            "Time to answer",
            ("method", "route"),
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self.registry,
        )
        self.open = Gauge("chainmap_requests_open", "Requests under way", registry=self.registry)
        self.answers = Counter(
            "chainmap_answers_total", "Answers by origin", ("source",), registry=self.registry
        )
        self._labelled: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        found = self._labelled.get((method, route, status))
        if found is None:
            made = self.requests.labels(method, route, str(status))
            found = self._labelled[method, route, status] = made, self.seconds.labels(method, route)
        found[0].inc()
        found[1].observe(seconds)


class Edge:
    """What every request meets first and every answer last.

    Gives the request an id, the answer its headers and what nobody has caught a problem, and writes
    down how it ended. One layer, not four: every layer costs every message of every answer.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, service: Service) -> None:
        self.app = app
        self.metrics = metrics
        self.service = service
        self.dressing = Dressing(service)
        self._written = RequestLines(log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve and write down; an error before the answer has begun becomes a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        request_id = state["request_id"] = _request_id(scope)
        if scope["method"] == "HEAD":
            scope, send = as_get(scope, send)
        status = 500
        begun = False

        async def marked(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = self.dressing.dressed(scope, status, message.get("headers", []))
                headers.append((b"x-request-id", request_id.encode()))
                if state.get("principal") is LOOPBACK:
                    headers.append(_NOTICE)
                message["headers"] = headers
                begun = True
            await send(message)

        started = time.perf_counter()
        bound = bind_contextvars(request_id=request_id)
        self.metrics.open.inc()
        try:
            if _framed_twice(scope):
                await send_refusal(_ambiguous(), scope, receive, marked)
            elif not await self.dressing.preflight(scope, receive, marked):
                await self.app(scope, receive, marked)
        except Exception as error:
            answer = problem_of_any(scope, error)
            if begun:
                raise
            await answer(scope, receive, marked)
        finally:
            self.metrics.open.dec()
            self._note(scope, status, time.perf_counter() - started)
            reset_contextvars(**bound)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        state, route, method = scope["state"], route_of(scope), method_of(scope)
        self.metrics.note(method, route, status, seconds)
        who = state.get("principal", ANONYMOUS).name
        said = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "who": who,
            "request_id": state["request_id"],
        }
        found = state.get("problem")
        if found is not None:
            said["problem"] = found
        self._written.write(said)
        if found in AUDITED:
            network = network_of(scope)
            self.service.tally(who, f"refused.{found}", network)
            log.warning("refused", extra={"problem": found, "network": network, "who": who})


def _framed_twice(scope: Scope) -> bool:
    """Return whether a request says in two ways where it ends (RFC 9112, 6.3).

    A proxy that goes by the other one takes what we read as its body for the next request.
    """
    said = [name for name, _ in scope["headers"]]
    return b"transfer-encoding" in said and b"content-length" in said


def _ambiguous() -> Refusal:
    return Refusal(
        "unreadable",
        "请求同时写了 Content-Length 和 Transfer-Encoding，无法确定内容到哪里为止。",
        "请只写其中一个。",
        {"Connection": "close"},
        detail_en="The request has both Content-Length and Transfer-Encoding.",
    )


def _request_id(scope: Scope) -> str:
    """Return the id a request brings, if it is harmless, or a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            if _REQUEST_ID.fullmatch(given):
                return str(given)
            break
    return os.urandom(16).hex()


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, like `/v1/chains/{chain}`."""
    route = scope.get("route")
    path = getattr(route, "path_format", None) or getattr(route, "path", None)
    return str(path) if path else "(none)"
