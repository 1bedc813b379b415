"""A server for one test, with keys to call it."""

import datetime as dt
from pathlib import Path

from fastapi.testclient import TestClient
from pydantic import SecretStr

from chainmap.concepts.access import AccessRole
from chainmap.ledger import audit, keys
from chainmap.ledger.keys import NewKey
from chainmap.server.app import create_app
from chainmap.settings import Settings


class Served:
    """The application over a ledger of its own."""

    def __init__(self, address: str, workspace: Path, **options: object) -> None:
        given = {"workspace": workspace, "database_url": SecretStr(address), **options}
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
