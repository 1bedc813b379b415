"""Whether the service is up, whether it can answer, and its metrics."""

from __future__ import annotations

import os

from fastapi import APIRouter, Depends, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, Response

from chainmap import __version__
from chainmap.concepts.access import Scope
from chainmap.errors import ChainmapError
from chainmap.ledger import schema
from chainmap.pipeline import load_world
from chainmap.server.security import needs
from chainmap.server.service import Service, service_of

router = APIRouter(tags=["service"])

LEAST_FREE_MB = 200
"""Below it a write may fail at any moment: Parquet snapshots of a province are about that large."""


@router.get("/healthz", operation_id="getHealth")
def health() -> dict[str, str]:
    """Say that the service is up, and which version and roster it serves."""
    return {"status": "ok", "version": __version__, "edition": str(load_world().edition)}


@router.get(
    "/readyz",
    operation_id="getReadiness",
    responses={503: {"description": "Not ready: `checks` says why", "model": dict[str, str]}},
)
def readiness(request: Request) -> JSONResponse:
    """Say whether requests can be answered: data read, database in reach and up to date, disk."""
    checks = {"data": _data(), "database": _database(service_of(request)), "disk": _disk(request)}
    ready = all(found == "ok" for found in checks.values())
    return JSONResponse(checks, status_code=200 if ready else 503)


@router.get("/metrics", include_in_schema=False, dependencies=[Depends(needs(Scope.METRICS))])
def metrics(request: Request) -> Response:
    """Return the numbers Prometheus reads, of this server process."""
    return Response(
        generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST
    )


def _data() -> str:
    try:
        load_world()
    except ChainmapError:
        return "unreadable"
    return "ok"


def _database(service: Service) -> str:
    try:
        schema.require_current(service.ledger)
    except ChainmapError:
        return "unavailable"
    return "ok"


def _disk(request: Request) -> str:
    folder = service_of(request).settings.workspace
    if not folder.exists():
        return "ok"
    free = os.statvfs(folder)
    return "ok" if free.f_bavail * free.f_frsize >= LEAST_FREE_MB << 20 else "full"
