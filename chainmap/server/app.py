"""The HTTP service: `/v1`, health, and the contract with its reading page."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import FileResponse

from chainmap import __version__, resources
from chainmap.pipeline import load_world
from chainmap.server import chains, cities
from chainmap.server.problems import Problem, add_problem_handlers

DESCRIPTION = "产业链、城市缺口与招商目标企业。每个结果都可追溯到政策原文、企业事实或公式。"
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}, "description": text}
    for status, text in ((404, "没有这个名称"), (422, "参数不可用"))
}


def create_app() -> FastAPI:
    """Return the application; the bundled data is read now, so a broken one never starts.

    Raises:
        CurationError: A curated file is broken.
        ResourceError: A bundled file is missing or was changed.
    """
    app = build_app()
    load_world()
    return app


def build_app() -> FastAPI:
    """Return the application without reading any data; its contract is complete."""
    app = FastAPI(
        title="chainmap",
        version=__version__,
        summary="Industry-chain gaps and investment-promotion targets",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/"}],
    )
    add_problem_handlers(app)
    app.include_router(chains.router, responses=_PROBLEMS)
    app.include_router(cities.router, responses=_PROBLEMS)

    @app.get("/healthz", tags=["service"], operation_id="getHealth")
    def health() -> dict[str, str]:
        """Say that the service is up, and which version and roster it serves."""
        return {"status": "ok", "version": __version__, "edition": str(load_world().edition)}

    page = resources.path("api", "docs-page")

    @app.get("/docs", include_in_schema=False)
    def docs() -> FileResponse:
        """Return the reading page of the contract, from our own files."""
        return FileResponse(page / "index.html")

    app.mount("/docs-page", StaticFiles(directory=page), name="docs-page")
    return app
