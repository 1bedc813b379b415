"""RFC 9457 problems: how errors become answers, and the handlers that make them."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from chainmap.errors import (
    AmbiguousNameError,
    ChainmapError,
    ConflictError,
    InputError,
    LedgerError,
    UnknownNameError,
)
from chainmap.server.faults import fault, fault_en
from chainmap.server.methods import allowed_at, method_of
from chainmap.server.problem_kinds import KINDS as KINDS

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


_PLAIN: dict[int, tuple[str, str, str]] = {
    404: ("没有这个网址", "接口的网址见 /docs。", "See /docs for the addresses of the API"),
    405: ("此网址不支持这种请求方法", "可用的方法见 Allow 头。", "See the header Allow"),
    503: ("服务正在启动或停止", "请稍后再试。", "Try again later"),
}
"""What HTTP itself says: title in Chinese, and what to do in both languages."""

SLUGS: dict[type[Exception], str] = {
    UnknownNameError: "unknown-name",
    ConflictError: "conflict",
    InputError: "bad-input",
    LedgerError: "database-unavailable",
    ChainmapError: "broken-installation",
}
"""Error → end of `type`. The nearest kind counts."""


STATUSES: dict[type[Exception], tuple[int, str, str]] = {
    error: (KINDS[slug].status, slug, KINDS[slug].title) for error, slug in SLUGS.items()
}
"""Error → status, end of `type`, title in Chinese; what pages show."""


class Problem(BaseModel):
    """What went wrong (RFC 9457), in Chinese and, less closely, in English."""

    type: str = Field(description="Stable identifier of the kind of problem")
    title: str
    title_en: str
    status: int
    detail: str
    todo: str = Field(default="", description="What to do about it")
    nearest: list[str] = Field(default=[], description="Names that come close, best first")
    detail_en: str = Field(
        default="", description="What was found, in English; the title where no more can be said"
    )
    todo_en: str = Field(default="", description="What to do about this kind of problem")


class Refusal(HTTPException):
    """A request that is not served, for a reason only the server knows.

    Args:
        slug: One of `KINDS`.
        detail: What was found, in Chinese.
        todo: What to do, in Chinese.
        headers: Sent with the answer.
        detail_en: What was found, in English; empty is what the kind says.
    """

    def __init__(
        self,
        slug: str,
        detail: str,
        todo: str = "",
        headers: dict[str, str] | None = None,
        *,
        detail_en: str = "",
    ) -> None:
        super().__init__(KINDS[slug].status, detail, headers)
        self.slug = slug
        self.todo = todo
        self.detail_en = detail_en


def problem(
    slug: str, detail: str, todo: str = "", nearest: tuple[str, ...] = (), *, detail_en: str = ""
) -> Problem:
    """Return a problem of one of `KINDS`; parameters as those of `Refusal`."""
    kind = KINDS[slug]
    return Problem(
        type=f"urn:chainmap:problem:{slug}",
        title=kind.title,
        title_en=kind.title_en,
        status=kind.status,
        detail=detail,
        todo=todo,
        nearest=list(nearest),
        detail_en=detail_en or f"{kind.title_en}.",
        todo_en=f"{kind.todo_en}.",
    )


def problem_of(error: ChainmapError) -> Problem:
    """Return the problem an error of ours is to the outside."""
    slug = next(SLUGS[kind] for kind in type(error).__mro__ if kind in SLUGS)
    if isinstance(error, LedgerError):  # its message names the database's address
        return problem(slug, "业务数据库没有应答，详情已写入服务日志。", "请稍后再试。")
    if not isinstance(error, UnknownNameError):
        return problem(slug, error.message, error.todo)
    several = isinstance(error, AmbiguousNameError)
    found = "Several things answer" if several else "Nothing answers"
    told = f'{found} to "{error.given}".'
    return problem(slug, error.message, error.todo, error.nearest, detail_en=told)


def unforeseen() -> Problem:
    """Return what is told of an error nobody foresaw: nothing of the inside."""
    return problem("internal", "请求没有完成，详情已写入服务日志。", "请附请求号反馈。")


def problem_response(found: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return a problem as `application/problem+json`."""
    return JSONResponse(
        found.model_dump(), status_code=found.status, media_type=MEDIA_TYPE, headers=headers
    )


def refusal_response(refusal: Refusal) -> JSONResponse:
    """Return a refusal as a problem."""
    told = str(refusal.detail)
    found = problem(refusal.slug, told, refusal.todo, detail_en=refusal.detail_en)
    return problem_response(found, dict(refusal.headers or {}))


def mark_problem(scope: Scope, slug: str) -> None:
    """Write on a request with which kind of problem it was answered; `Edge` logs it."""
    scope.setdefault("state", {})["problem"] = slug


async def send_refusal(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a refusal where no route has been looked for yet."""
    mark_problem(scope, refusal.slug)
    await refusal_response(refusal)(scope, receive, send)


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of a route a problem: ours and the framework's; `Edge` does the rest."""
    app.add_exception_handler(ChainmapError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def problem_of_any(scope: Scope, error: Exception) -> JSONResponse:
    """Return the problem of what no route has caught, such as a database gone at the door.

    What nobody foresaw is told without details; they stand in the log.
    """
    if isinstance(error, ChainmapError):
        return _told(scope, error)
    log.error("%s failed", method_of(scope), exc_info=error)
    mark_problem(scope, "internal")
    return problem_response(unforeseen())


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ChainmapError)
    return _told(request.scope, error)


def _told(scope: Scope, error: ChainmapError) -> JSONResponse:
    found = problem_of(error)
    mark_problem(scope, found.type.rpartition(":")[2])
    if found.status >= 500:
        log.error("%s: %s", method_of(scope), error)
    return problem_response(found)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    if any(one["loc"] == ("body",) and isinstance(one.get("input"), bytes) for one in errors):
        return await _http(request, _not_json(request))
    unreadable = any(one["type"] == "json_invalid" for one in errors)
    slug = "unreadable" if unreadable else "bad-input"
    mark_problem(request.scope, slug)
    faults = "".join(fault(one) for one in errors[:5])
    faults_en = " ".join(fault_en(one) for one in errors[:5])
    return problem_response(problem(slug, faults, "请对照 /docs 改正。", detail_en=faults_en))


def _not_json(request: Request) -> Refusal:
    """Return the refusal of a body that nothing has taken apart: its type is not that of JSON."""
    said = request.headers.get("content-type")
    given = f"收到 {said[:80]}" if said else "没有写明"
    return Refusal(
        "unsupported-type",
        f"请求内容的类型应为 application/json（{given}）。",
        "加上请求头 Content-Type: application/json。",
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if isinstance(error, Refusal):
        mark_problem(request.scope, error.slug)
        return refusal_response(error)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        mark_problem(request.scope, "unreadable")
        found = problem("unreadable", "请求的内容不是可以解析的 JSON 或表单。", "请用 UTF-8 编码。")
        return problem_response(found)
    phrase = HTTPStatus(error.status_code).phrase
    title, todo, todo_en = _PLAIN.get(error.status_code, (phrase, "", ""))
    found = Problem(
        type="about:blank",
        title=title,
        title_en=phrase,
        status=error.status_code,
        detail=title if error.detail in (None, "", phrase) else str(error.detail),
        todo=todo,
        detail_en=f"{phrase}.",
        todo_en=f"{todo_en}." if todo_en else "",
    )
    said = dict(error.headers or {})
    if "Allow" in said:
        said["Allow"] = allowed_at(request.scope, said["Allow"])
    return problem_response(found, said)
