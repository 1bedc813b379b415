"""What passes through: a request id, one log line and the metrics of every request.

No address, no query and no path with names in it is written: the route's template says what was
asked, the key's id who asked.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from contextlib import AbstractContextManager

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chainmap.server.service import ANONYMOUS, LOOPBACK, Service, network_of

log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9._\-]{1,64}")
_NOTICE = "keyless first use on this machine; create a key with: chainmap keys create"


AUDITED = (
    "key-missing", "key-wrong", "key-expired", "key-revoked", "scope-missing",
    "origin-not-allowed", "host-not-allowed", "too-many-requests", "body-too-large",
    "unsupported-type", "unreadable",
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


class Traffic:
    """Gives every request an id, and writes down how it ended."""

    def __init__(self, app: ASGIApp, metrics: Metrics, service: Service) -> None:
        self.app = app
        self.metrics = metrics
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve and write down."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        state["request_id"] = request_id
        status = 500

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                if state.get("principal") is LOOPBACK:
                    headers["Chainmap-Notice"] = _NOTICE
            await send(message)

        begun = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id), self._under_way():
            try:
                await self.app(scope, receive, marked)
            finally:
                self._note(scope, status, time.perf_counter() - begun)

    def _under_way(self) -> AbstractContextManager[None]:
        return self.metrics.open.track_inprogress()

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self.metrics.requests.labels(scope["method"], route, str(status)).inc()
        self.metrics.seconds.labels(scope["method"], route).observe(seconds)
        who = scope["state"].get("principal", ANONYMOUS).name
        said = {
            "method": scope["method"],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "who": who,
        }
        found = scope["state"].get("problem")
        log.info("request", extra=said if found is None else {**said, "problem": found})
        if found in AUDITED:
            network = network_of(scope)
            self.service.tally(who, f"refused.{found}", network)
            log.warning("refused", extra={"problem": found, "network": network, "who": who})


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, like `/v1/chains/{chain}`."""
    route = scope.get("route")
    path = getattr(route, "path_format", None) or getattr(route, "path", None)
    return str(path) if path else "(none)"
