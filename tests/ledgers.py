"""Ledgers for tests, on both databases."""

import datetime as dt
import uuid

import pytest

from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.schema import upgrade
from tests import postgres

NOW = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)


def later(**more):
    """A moment after NOW."""
    return NOW + dt.timedelta(**more)


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a PostgreSQL server; skips where there is none."""
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of a fresh, empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield ledger_url(None, tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    with postgres.database(server, f"t{uuid.uuid4().hex[:12]}") as found:
        yield ledger_url(found, tmp_path)


@pytest.fixture
def ledger(address):
    """A migrated ledger, once on SQLite and once on PostgreSQL."""
    opened = Ledger(address)
    upgrade(opened)
    yield opened
    opened.close()
