"""Agents' messages (JSON-RPC) before they are read: what cannot be taken is said in Chinese.

The SDK reads the last of two values of one name, and says in English what no message is.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from http import HTTPStatus
from typing import Any

import anyio
import pydantic_core
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    ErrorData,
    JSONRPCError,
    jsonrpc_message_adapter,
)
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope

from chainmap.errors import InputError
from chainmap.server.faults import argument_faults
from chainmap.server.parameters import each_once
from chainmap.server.problems import mark_problem

Refuse = Callable[[JSONRPCError], Awaitable[None]]

_NO_JSON = "请求内容不是可以解析的 JSON。请检查是否完整、是否为 UTF-8 编码。"
_NO_MESSAGE = (
    "请求内容不是 JSON-RPC 2.0 消息。应为一个对象（不成批），含 jsonrpc（值为 2.0）和 method，"
    "请求另含 id；有 params 时须为对象。"
)
_NO_ID = "请求的 id 应为文本或整数；不要回答的通知不带 id。"
_FIRST = "连接还没有建立：请先发送 initialize。"
_ONLY_TOOLS = (
    "这里只有工具（tools），没有提示（prompts）和资源（resources）。用 tools/list 查看工具。"
)
_BEFORE_INITIALIZE = "Invalid request parameters"
"""What the SDK says, without any fault of the parameters, of a request that comes too early."""
_NOT_HELD = ("prompts/get", "resources/read")
"""Methods of the SDK that ask for what we have none of."""
_KINDS = {PARSE_ERROR: "unreadable", INVALID_REQUEST: "unreadable", INVALID_PARAMS: "bad-input"}
"""Code of an error → what kind of problem the log calls it."""


def refusal_of(message: bytes) -> JSONRPCError | None:
    """Return what is wrong with a message of an agent; None where it can be taken.

    A name that stands in one object twice is refused, as everywhere: only the last of its values
    would be read.
    """
    try:
        if each_once(message) is None:
            raise ValueError(message)
        given = pydantic_core.from_json(message)
        jsonrpc_message_adapter.validate_python(given, by_name=False)
    except InputError as error:
        return _error(INVALID_PARAMS, str(error), _id_of(message))
    except ValidationError:
        return _error(INVALID_REQUEST, _NO_MESSAGE, _id_of(message))
    except ValueError:
        return _error(PARSE_ERROR, _NO_JSON, None)
    if "method" in given and "id" in given and not _usable(given["id"]):
        return _error(INVALID_REQUEST, _NO_ID, None)  # the SDK would take it for a notification
    return None


async def in_chinese(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Answer a request; where the SDK refuses it, say why in Chinese.

    Raises:
        MCPError: It is refused.
    """
    if ctx.method in _NOT_HELD:
        raise MCPError(INVALID_PARAMS, _ONLY_TOOLS)
    try:
        return await call_next(ctx)
    except ValidationError as error:
        raise MCPError(INVALID_PARAMS, argument_faults(error.errors()[:5])) from error
    except MCPError as error:
        if error.code == METHOD_NOT_FOUND:
            said = f"没有方法“{ctx.method[:60]}”。{_ONLY_TOOLS}"
            raise MCPError(METHOD_NOT_FOUND, said, error.data) from error
        if error.code == INVALID_PARAMS and error.message == _BEFORE_INITIALIZE:
            raise MCPError(INVALID_PARAMS, _FIRST) from error
        raise


async def taken(scope: Scope, receive: Receive) -> Receive | Response:
    """Return what gives a request's body again once it is looked at, or the answer to a wrong one.

    Raises:
        HTTPException: Whoever sends it has hung up.
    """
    try:
        body = await Request(scope, receive).body()
    except ClientDisconnect as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from error
    wrong = refusal_of(body)
    if wrong is None:
        return _given_again(body, receive)
    mark_problem(scope, _KINDS[wrong.error.code])
    return Response(_line(wrong), HTTPStatus.BAD_REQUEST, media_type="application/json")


class MessageLines(anyio.AsyncFile[str]):
    """The lines of stdin that can be taken; the others are answered with what is wrong.

    Attributes:
        refuse: Sends such an answer; set before anything is read.
    """

    refuse: Refuse

    async def __aiter__(self) -> AsyncGenerator[str, None]:
        while line := await self.readline():
            wrong = refusal_of(line.encode()) if line.strip() else None
            if wrong is not None:
                await self.refuse(wrong)
            elif line.strip():
                yield line


def _given_again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read, and then what comes after it."""
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Message:
        return whole.pop() if whole else await receive()

    return given


def _id_of(message: bytes) -> str | int | None:
    """Return the id of a message; None where it has none, or several."""
    found: Any = json.loads(message, object_pairs_hook=tuple)
    ids = [value for name, value in found if name == "id"] if isinstance(found, tuple) else []
    return ids[0] if len(ids) == 1 and _usable(ids[0]) else None


def _usable(id_: object) -> bool:
    return isinstance(id_, str | int) and not isinstance(id_, bool)


def _error(code: int, said: str, id_: str | int | None) -> JSONRPCError:
    return JSONRPCError(jsonrpc="2.0", id=id_, error=ErrorData(code=code, message=said))


def _line(error: JSONRPCError) -> str:
    return error.model_dump_json(by_alias=True, exclude_unset=True)
