"""Put the pages into the application: their routes, their files, their page for a wrong address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from chainmap.server.pages.catalogue import router as catalogue
from chainmap.server.pages.catalogue_edit import router as catalogue_edit
from chainmap.server.pages.catalogue_versions import router as catalogue_versions
from chainmap.server.pages.city import router as city
from chainmap.server.pages.companies import router as companies
from chainmap.server.pages.datasets import router as datasets
from chainmap.server.pages.evaluation import router as evaluation
from chainmap.server.pages.gaps import router as gaps
from chainmap.server.pages.imported import router as imported
from chainmap.server.pages.kept import router as kept
from chainmap.server.pages.overview import router as overview
from chainmap.server.pages.panorama import router as panorama
from chainmap.server.pages.policies import router as policies
from chainmap.server.pages.search import router as search
from chainmap.server.pages.shell import DEFAULT_CITY, STATIC, missing_page
from chainmap.server.pages.targets import router as targets
from chainmap.server.pages.warm import start
from chainmap.server.pages.why import router as why

_ROUTERS = (
    overview, city, panorama, gaps, targets, kept, companies, why, policies, catalogue,
    catalogue_edit, catalogue_versions, datasets, evaluation, imported, search,
)  # fmt: skip


def add_pages(app: FastAPI) -> None:
    """Mount every page, `/static`, and a readable page for addresses that lead nowhere.

    Call after the API's problem handlers are in place: a reader whose browser asks for HTML gets
    the page, everybody else the problem as before, and so does whoever asks below `/v1/`: many
    programs say that they take HTML too.
    """
    for router in _ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    before = app.exception_handlers.get(HTTPException)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        page = not request.scope["path"].startswith("/v1/")
        if before is None or (page and "text/html" in request.headers.get("accept", "")):
            return missing_page(request, error.status_code)
        handler: Callable[[Request, Exception], Awaitable[Response]] = before  # type: ignore[assignment]
        return await handler(request, error)

    app.add_exception_handler(HTTPException, http_error)


def start_warm() -> None:
    """Work out in the background what a first reader opens first; call when the server is up."""
    start(DEFAULT_CITY)
