"""The HTTP service: `/v1`, pages, health, and the contract with its reading page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import FileResponse
from starlette.routing import Route

from chainmap import __version__, resources
from chainmap.errors import InputError
from chainmap.ledger import schema
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.logs import configure
from chainmap.pipeline import load_world
from chainmap.server import (
    allocations,
    audits,
    catalogues,
    chains,
    cities,
    companies,
    diffs,
    embed_panorama,
    embeds,
    health,
    imports,
    jobs,
    lists,
    oidc,
    policies,
    problem_page,
    projects,
    reloads,
    reports,
    sessions,
    snapshots,
    why,
)
from chainmap.server.agents import AgentEndpoint
from chainmap.server.answer_cache import AnswerCache
from chainmap.server.deprecations import mark_deprecated
from chainmap.server.given_weights import GivenWeights
from chainmap.server.importing import sweep
from chainmap.server.limits import Limits
from chainmap.server.operations import describe_operations
from chainmap.server.pages import add_pages, start_warm
from chainmap.server.problems import Problem, add_problem_handlers
from chainmap.server.rates import Rates
from chainmap.server.security import Door
from chainmap.server.service import Service, is_loopback
from chainmap.server.shortcut import Shortcut
from chainmap.server.traffic import Edge, Metrics
from chainmap.server.work import Worker
from chainmap.settings import Settings, load_settings

log = logging.getLogger(__name__)

DESCRIPTION = "产业链、城市缺口与招商目标企业。每个结果都可追溯到政策原文、企业事实或公式。"
AGENTS = "/mcp"
STOP_S = 20.0
"""How long shutdown waits for a worker to reach a checkpoint; then its lease runs out."""

_TEXTS = {
    400: "请求内容无法解析",
    401: "需要有效的密钥",
    403: "密钥没有这项权限，或网页来源未获准",
    404: "没有这个名称",
    406: "没有所要的格式",
    408: "内容接收超时",
    410: "翻页标记已失效",
    413: "内容过大",
    415: "不接受此类内容",
    422: "参数不可用",
    429: "请求过于频繁",
    503: "业务数据库暂不可用",
    504: "处理超时",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}, "description": text}
    for status, text in _TEXTS.items()
}
_ROUTERS = (
    chains.router,
    cities.router,
    why.router,
    allocations.router,
    reports.router,
    embed_panorama.router,
    companies.router,
    policies.router,
    lists.router,
    jobs.router,
    imports.router,
    projects.router,
    catalogues.router,
    snapshots.router,
    diffs.router,
    reloads.router,
    audits.router,
    embeds.router,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; the bundled data is read now, so a broken one never starts.

    Args:
        settings: How it runs; None reads the environment.

    Raises:
        CurationError: A curated file is broken.
        ResourceError: A bundled file is missing or was changed.
        LedgerError: The operational database cannot be used.
        InputError: It would listen beyond this machine while no key was ever made.
    """
    settings = settings or load_settings()
    with ExitStack() as undo:
        service = Service(settings, open_ledger(settings))
        undo.callback(service.ledger.close)
        oidc.provider_of(settings)
        app = build_app()
        _equip(app, service)
        load_world()
        undo.pop_all()
    return app


def open_ledger(settings: Settings) -> Ledger:
    """Return the operational database, its schema up to date, fit for where it will listen.

    Raises:
        LedgerError: It cannot be used.
        InputError: It would listen beyond this machine while no key was ever made.
    """
    with ExitStack() as undo:
        ledger = Ledger(ledger_url(settings.database, settings.workspace))
        undo.callback(ledger.close)
        schema.upgrade(ledger)
        if not is_loopback(settings.host) and Service(settings, ledger).keyless():
            raise InputError(
                f"还没有任何密钥，不能监听 {settings.host}。",
                todo="先运行 chainmap keys create 名称 --role admin；试用请监听 127.0.0.1。",
            )
        undo.pop_all()
    return ledger


def worker_app(settings: Settings | None = None) -> FastAPI:
    """Return the application of a server process, its log set up."""
    settings = settings or load_settings()
    configure(settings.log_level)
    return create_app(settings)


def build_app() -> FastAPI:
    """Return the application without any data or database; its contract is complete."""
    app = FastAPI(
        title="chainmap",
        version=__version__,
        summary="Industry-chain gaps and investment-promotion targets",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # to an address made of what the request calls its host
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/"}],
        lifespan=_lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # we have our own
    )
    add_problem_handlers(app)
    for router in _ROUTERS:
        app.include_router(router, responses=PROBLEMS)
    app.include_router(health.router)
    app.include_router(sessions.router)
    app.include_router(oidc.router)
    app.include_router(embeds.embed_pages())
    app.include_router(problem_page.router)
    _add_reading_page(app)
    add_pages(app)
    describe_operations(app)
    mark_deprecated(app)
    return app


def _equip(app: FastAPI, service: Service) -> None:
    """Put what guards and watches around the app; the last added is met first."""
    app.state.service = service
    app.state.metrics = Metrics()
    app.state.answers = AnswerCache(service.settings.cached_answers_mb << 20)
    app.state.agents = AgentEndpoint()
    app.router.routes.append(Route(AGENTS, app.state.agents))
    app.add_middleware(Limits, settings=service.settings)
    given, counted = app.state.answers.given, app.state.metrics.answers
    app.state.weights = GivenWeights()
    posed = {"/v1/targets": app.state.weights.answer}
    app.add_middleware(Shortcut, answers=given, posed=posed, counted=counted)
    app.state.rates = Rates(service)
    app.add_middleware(Door, service=service, rates=app.state.rates)
    app.add_middleware(Edge, metrics=app.state.metrics, service=service)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    if service.keyless():
        log.warning("keyless", extra={"todo": "仅限本机试用：运行 chainmap keys create 建立密钥"})
    await asyncio.to_thread(sweep, service)
    workers = [Worker(service) for _ in range(service.settings.job_workers)]
    async with service.running(), app.state.agents.running():
        for worker in workers:
            worker.start()
        if service.settings.warm_pages:
            start_warm()
        yield
        for worker in workers:
            worker.stopping.set()
        for worker in workers:
            await asyncio.to_thread(worker.join, STOP_S)


def _add_reading_page(app: FastAPI) -> None:
    page = resources.path("api", "docs-page")

    @app.get("/docs", include_in_schema=False)
    def docs() -> FileResponse:
        """Return the reading page of the contract, from our own files."""
        return FileResponse(page / "index.html")

    app.mount("/docs-page", StaticFiles(directory=page), name="docs-page")
