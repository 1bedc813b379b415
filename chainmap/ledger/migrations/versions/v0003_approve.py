"""Approving a catalogue has a scope of its own: keys that could do it before still can."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEYS = sa.table("api_key", sa.column("id", sa.String), sa.column("scopes", sa.JSON))


def upgrade() -> None:
    """Add `approve` to every key that has `write`, which opened it so far."""
    bind = op.get_bind()
    for row in bind.execute(sa.select(_KEYS.c.id, _KEYS.c.scopes)).all():
        if "write" in row.scopes and "approve" not in row.scopes:
            scopes = sorted([*row.scopes, "approve"])
            bind.execute(_KEYS.update().where(_KEYS.c.id == row.id).values(scopes=scopes))
