"""Logging for the command and the server; the library itself adds no handler."""

from __future__ import annotations

import logging
import sys


def configure(level: str) -> None:
    """Send chainmap's log records of `level` and above to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("chainmap")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
