"""Tests of the server never meet the reader's own workspace."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.ledgers import (
    address,
    ledger,
    migrated,
    postgres_server,
    postgres_template,
    sqlite_template,
)
from tests.server.serving import Served

# Test modules make their client when they are imported, before any fixture runs.
os.environ["CHAINMAP_WORKSPACE"] = str(Path(tempfile.mkdtemp(prefix="cm-server-")) / "ws")
os.environ.pop("CHAINMAP_DATABASE_URL", None)
# One client asks here in a minute what an office asks in a day; rates have tests of their own.
os.environ["CHAINMAP_RATE_LIMIT"] = "1000000/minute"
# Nobody reads on from the page a test opens; working ahead has a test of its own.
os.environ["CHAINMAP_WARM_PAGES"] = "false"

__all__ = [
    "address",
    "ledger",
    "migrated",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
]


@pytest.fixture
def serve(migrated, tmp_path):
    """A function that starts the application over a fresh database, on either kind."""
    with ExitStack() as closing:

        def make(**options):
            made = Served(migrated, tmp_path / "ws", **options)
            closing.callback(made.service.ledger.close)
            return made

        yield make


@pytest.fixture
def served(serve):
    """The application over a fresh database, on either kind."""
    return serve()
