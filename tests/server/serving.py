"""A server for one test, with keys to call it."""

import copy
import datetime as dt
import functools
from pathlib import Path
from unittest import mock

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from starlette.datastructures import State

from chainmap.concepts.access import AccessRole
from chainmap.ledger import audit, keys
from chainmap.ledger.keys import NewKey
from chainmap.server import app as application
from chainmap.server.app import build_app, create_app
from chainmap.settings import Settings

_built = functools.cache(build_app)

ON_ONE = pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
"""For answers worked out from the data alone, of which the database knows nothing."""


def unused_app() -> FastAPI:
    """An application as `build_app` makes it, of routes all applications of this process share.

    The framework works a route out when it is first matched, which takes longer than most tests.
    What an application keeps besides, its state, middleware and contract, is this one's own.
    """
    shared = _built()
    app, app.router = copy.copy(shared), copy.copy(shared.router)
    app.router.routes = list(shared.router.routes)
    app.router.middleware_stack = app.router.app
    app.user_middleware = list(shared.user_middleware)
    app.exception_handlers = dict(shared.exception_handlers)
    app.state = State(dict(shared.state._state))
    app.openapi = lambda: copy.deepcopy(shared.openapi())
    return app


class Served:
    """The application over a ledger of its own."""

    def __init__(self, address: str, workspace: Path, **options: object) -> None:
        given = {"workspace": workspace, "database_url": SecretStr(address), **options}
        with mock.patch.object(application, "build_app", unused_app):
            self.app = create_app(Settings(**given))
        self.service = self.app.state.service
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def key(self, role: str = "viewer", **more: object) -> str:
        """Make a key; returns its text."""
        with self.service.ledger.write() as tx:
            text, _ = keys.create_key(
                tx, NewKey("测试", AccessRole(role), **more), dt.datetime.now(dt.UTC)
            )
        self.service._keyless = None
        self.service._origins = None
        return text

    def forget(self) -> None:
        """Let the next request ask the database anew."""
        self.service._known.clear()

    def audited(self) -> list[tuple[str, str, str]]:
        """What the audit log holds, tally included: action, object, outcome."""
        self.service.flush()
        with self.service.ledger.read() as tx:
            assert audit.verify(tx).broken_at is None
            return [(e.action, e.object, e.outcome) for e in audit.entries(tx)]

    def get(self, path: str, key: str | None = None, **headers: str):
        """GET with a key."""
        shown = {"Authorization": f"Bearer {key}"} if key else {}
        return self.client.get(path, headers=shown | headers, follow_redirects=False)


def kind(answer) -> str:
    """The end of a problem's type."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.json()["type"].rpartition(":")[2]
