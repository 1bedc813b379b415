"""Limits of one request: how large it may be, and how long it may take."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chainmap.server.problems import Refusal, send_refusal
from chainmap.settings import Settings

UPLOADS = "/v1/imports/"
"""Below it files are sent; nowhere else does a body of a file's size have a reason."""

PLAIN_BODY = 1 << 20
"""Bytes of a body that is no upload: a question to the API is a few kilobytes."""


class Limits:
    """Refuses bodies that are too large or come too slowly, and answers that take too long."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.upload = settings.max_body_mb << 20
        self.timeout_s = settings.request_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve within the limits, or answer a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = self.upload if _brings_file(scope, headers) else PLAIN_BODY
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await send_refusal(_too_large(most), scope, receive, send)
            return
        if not _readable(scope):
            await send_refusal(_garbled(), scope, receive, send)
            return
        await self._timed(scope, _Body(receive, most), send)

    async def _timed(self, scope: Scope, body: _Body, send: Send) -> None:
        """Serve; after the time allowed answer at once, whatever a thread is still busy with.

        The body may take as long to come as the answer may after it.
        """
        begun = over = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if not over:
                begun = True
                await send(message)

        task = asyncio.ensure_future(self.app(scope, body.receive, guarded))
        try:
            while not task.done() and (left := body.since + self.timeout_s - time.monotonic()) > 0:
                await asyncio.wait({task}, timeout=left)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if task.done():
            await task
            return
        if begun:  # an answer under way, or a stream an agent listens to, ends when it ends
            await task
            return
        over = True
        refusal = self._unread() if body.awaited else self._unfinished()
        task.cancel()
        await send_refusal(refusal, scope, body.receive, send)

    def _unfinished(self) -> Refusal:
        return Refusal(
            "too-slow",
            f"{self.timeout_s:g} 秒内没有算完。",
            "请缩小范围，或改用批量任务。",
            detail_en=f"Not worked out within {self.timeout_s:g} s.",
        )

    def _unread(self) -> Refusal:
        return Refusal(
            "body-too-slow",
            f"{self.timeout_s:g} 秒内没有收完请求内容。",
            "请检查网络，并核对 Content-Length 与实际内容是否一致，然后重发。",
            {"Connection": "close"},  # what is still to come would be read as the next request
            detail_en=f"The content had not come whole within {self.timeout_s:g} s.",
        )


class _Body:
    """The body of a request as it comes: never more than allowed.

    Attributes:
        awaited: Whether the rest of it is being waited for.
        since: When it had come whole; when it began to, as long as it has not.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._got = 0
        self._whole = False
        self.awaited = False
        self.since = time.monotonic()

    async def receive(self) -> Message:
        """Return the next message, as the server gives it.

        Raises:
            Refusal: More has come than allowed.
        """
        self.awaited = not self._whole
        try:
            message = await self._receive()
        finally:
            self.awaited = False
        if not self._whole and not message.get("more_body", False):
            self._whole = True
            self.since = time.monotonic()
        self._got += len(message.get("body", b""))
        if self._got > self._most:
            raise _too_large(self._most)
        return message


def _readable(scope: Scope) -> bool:
    """Return whether path and query are UTF-8 behind percent signs, without a null character."""
    query: bytes = scope["query_string"]
    for part in (scope.get("raw_path") or b"", query):
        if b"%" not in part:
            continue
        try:
            unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            return False
    return query.isascii() and b"%00" not in query and "\0" not in scope["path"]


def _brings_file(scope: Scope, headers: Headers) -> bool:
    """Return whether a request may be as large as an upload: where files go, and sent as one."""
    kind = headers.get("content-type", "").lower()
    return scope["path"].startswith(UPLOADS) and kind.startswith("multipart/form-data")


def _too_large(most: int) -> Refusal:
    return Refusal(
        "body-too-large",
        f"内容超过 {most >> 20} MB。",
        "请拆分后再发送。",
        detail_en=f"The content is larger than {most >> 20} MB.",
    )


def _garbled() -> Refusal:
    return Refusal(
        "unreadable",
        "网址里有未编码的字节、空字符，或不是 UTF-8 的字。",
        "中文参数请按 UTF-8 作百分号编码（不是 GBK）。",
    )
