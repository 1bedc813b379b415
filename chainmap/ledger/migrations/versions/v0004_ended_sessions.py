"""Sessions ended by a logout; and no entry of the audit log is written over on SQLite.

There, `INSERT OR REPLACE` takes the row away that stands in its place without asking the triggers
that refuse deletes; it may name the row by its number or by SQLite's own.
"""

import sqlalchemy as sa
from alembic import op

from chainmap.ledger.tables import UtcTime

revision = "0004"
down_revision = "0003"

_NO_REPLACE_SQLITE = """
CREATE TRIGGER audit_entry_no_REPLACE BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""


def upgrade() -> None:
    """Make the table, and the trigger where it is needed."""
    op.create_table(
        "ended_session",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ended_session"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_NO_REPLACE_SQLITE)
