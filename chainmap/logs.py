"""Logging for the command and the server; the library itself adds no handler."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

_KEY = re.compile(r"cm_([a-z2-7]{12})_[A-Za-z0-9_-]+")
_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@\s]+@")


def configure(level: str) -> None:
    """Send log records of `level` and above to stderr, one JSON object a line.

    Every record carries what is bound to the request (its id), and no secret.
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
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=stamped,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    if not logging.root.handlers:  # warnings of others; the MCP SDK then adds none of its own
        logging.root.addHandler(handler)
    for name in ("chainmap", "uvicorn", "uvicorn.error", "mcp"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler] if "." not in name else []
        logger.setLevel(level)
        logger.propagate = "." in name


def masked(text: str) -> str:
    """Return a text without what opens a door: secrets of API keys, passwords in addresses."""
    return _PASSWORD.sub(r"\1:***@", _KEY.sub(r"cm_\1_***", text))


def _without_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str) and ("cm_" in value or "://" in value):
            event[name] = masked(value)
    return event
