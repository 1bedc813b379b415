"""RFC 9457 problems: the one table of HTTP statuses, and the handlers that use it."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from chainmap.errors import ChainmapError, InputError, UnknownNameError

log = logging.getLogger(__name__)

STATUSES: dict[type[Exception], tuple[int, str, str]] = {
    UnknownNameError: (404, "unknown-name", "没有这个名称"),
    InputError: (422, "bad-input", "参数不可用"),
    ChainmapError: (500, "broken-installation", "服务端数据或安装有误"),
}
"""Error → status, stable `type`, title. The nearest kind counts."""


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="Stable identifier of the kind of problem")
    title: str
    status: int
    detail: str
    todo: str = Field(default="", description="What to do about it")
    nearest: list[str] = Field(default=[], description="Names that come close, best first")


def problem_response(problem: Problem) -> JSONResponse:
    """Return a problem as `application/problem+json`."""
    return JSONResponse(
        problem.model_dump(), status_code=problem.status, media_type="application/problem+json"
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem: ours, the framework's, and the unforeseen."""
    app.add_exception_handler(ChainmapError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ChainmapError)
    kind = next(kind for kind in type(error).__mro__ if kind in STATUSES)
    status, slug, title = STATUSES[kind]
    if status >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error)
    nearest = list(error.nearest) if isinstance(error, UnknownNameError) else []
    return problem_response(
        Problem(
            type=f"urn:chainmap:problem:{slug}",
            title=title,
            status=status,
            detail=error.message,
            todo=error.todo,
            nearest=nearest,
        )
    )


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"][1:])
    return problem_response(
        Problem(
            type="urn:chainmap:problem:bad-input",
            title=STATUSES[InputError][2],
            status=422,
            detail=f"{field}：{first['msg']}（收到 {first.get('input')!r}）",
            todo="请对照 /docs 改正参数。",
        )
    )


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    response = problem_response(
        Problem(
            type="about:blank",
            title=phrase,
            status=error.status_code,
            detail=str(error.detail or phrase),
        )
    )
    response.headers.update(error.headers or {})
    return response


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    log.exception("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(
        Problem(
            type="urn:chainmap:problem:internal",
            title="服务内部错误",
            status=500,
            detail="请求没有完成，详情已写入服务日志。",
        )
    )
