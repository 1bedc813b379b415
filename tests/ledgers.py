"""Ledgers for tests, on both databases."""

import datetime as dt
import shutil
import uuid
from pathlib import Path

import pytest

from chainmap.ledger.engine import DATABASE, Ledger, ledger_url
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


def _upgraded(address):
    opened = Ledger(address)
    upgrade(opened)
    opened.close()


def _name():
    return f"t{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """The file of a migrated database."""
    folder = tmp_path_factory.mktemp("migrated")
    _upgraded(ledger_url(None, folder))
    return folder / DATABASE


@pytest.fixture(scope="session")
def postgres_template(postgres_server):
    """The name of a migrated database."""
    name = _name()
    with postgres.database(postgres_server, name) as found:
        _upgraded(ledger_url(found, Path()))
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of a fresh, empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield ledger_url(None, tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    with postgres.database(server, _name()) as found:
        yield ledger_url(found, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request, tmp_path):
    """The address of a fresh database with all its tables, a copy of one migrated for all."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path)
        yield ledger_url(None, tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    with postgres.database(server, _name(), template) as found:
        yield ledger_url(found, tmp_path)


@pytest.fixture
def ledger(migrated):
    """A migrated ledger, once on SQLite and once on PostgreSQL."""
    opened = Ledger(migrated)
    yield opened
    opened.close()
