"""Logging for the command and the server; the library itself adds no handler."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
import time
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any, TextIO

_KEY = re.compile(r"cm_([a-z2-7]{12})_[A-Za-z0-9_-]+")
_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@\s]+@")


def configure(level: str) -> None:
    """Send log records of `level` and above to stderr, one JSON object a line.

    Every record carries what is bound to the request (its id), no secret, and nothing of what an
    agent asked.
    """
    import structlog

    stamped: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
        _without_secrets,
    ]

    class Lines(structlog.stdlib.ProcessorFormatter):
        """Formats records; the line of a request, the most frequent one, by the shorter way."""

        def format(self, record: logging.LogRecord) -> str:
            said: Mapping[str, Any] | None = vars(record).pop(_SAID, None)
            line = None if said is None else request_line(record, said)
            return super().format(record) if line is None else line

    formatter = Lines(
        foreign_pre_chain=stamped,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = _ToStderr()
    handler.setFormatter(formatter)
    handler.addFilter(_without_questions)
    if not logging.root.handlers:  # warnings of others; the MCP SDK then adds none of its own
        logging.root.addHandler(handler)
    for name in ("chainmap", "uvicorn", "uvicorn.error", "mcp"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler] if "." not in name else []
        logger.setLevel(level)
        logger.propagate = "." in name


class _ToStderr(logging.StreamHandler[TextIO]):
    """Writes to what `sys.stderr` is at that moment, not to what it was when logging began."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


class RequestLines:
    """Writes the one record of every request: the same as `logger.info` makes, at a third the time.

    Args:
        logger: Under whose name.
    """

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._usual = vars(
            logging.LogRecord(logger.name, logging.INFO, __file__, 0, "request", (), None)
        )

    def write(self, said: Mapping[str, Any]) -> None:
        """Write what is said of a request, its `request_id` with it."""
        if not self._logger.isEnabledFor(logging.INFO):
            return
        record = logging.LogRecord.__new__(logging.LogRecord)
        moment = time.time()
        vars(record).update(self._usual, **said, created=moment, msecs=moment % 1 * 1000)
        setattr(record, _SAID, said)
        self._logger.handle(record)


def request_line(record: logging.LogRecord, said: Mapping[str, Any]) -> str | None:
    """Return the line of a request; None where a name in it may hold a secret, to be looked at."""
    fields = []
    for name, value in said.items():
        if name == "request_id":  # plain characters only, and never the same again
            text = f'"{value}"'
        else:
            text = _quoted(value) if isinstance(value, str) else repr(value)
        if "cm_" in text or "://" in text:
            return None
        fields.append(f'"{name}": {text}')
    at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat().removesuffix("+00:00")
    about = f'"event": "request", "level": "info", "logger": "{record.name}", "time": "{at}Z"'
    return f"{{{', '.join(fields)}, {about}}}"


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_SAID = "said_of_request"


def _without_questions(record: logging.LogRecord) -> bool:
    """Return whether a record may be written; the MCP SDK's repeat what an agent asked.

    Of its own records only warnings are, and of those the words it put in are left out.
    """
    if record.name.partition(".")[0] != "mcp":
        return True
    record.args = ()
    return record.levelno >= logging.WARNING


def masked(text: str) -> str:
    """Return a text without what opens a door: secrets of API keys, passwords in addresses."""
    return _PASSWORD.sub(r"\1:***@", _KEY.sub(r"cm_\1_***", text))


def _without_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str) and ("cm_" in value or "://" in value):
            event[name] = masked(value)
    return event
