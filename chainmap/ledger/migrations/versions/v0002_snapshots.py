"""Saved lists may stand in a snapshot's file: its id, and who saved it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two columns; lists saved earlier have no file."""
    op.add_column("saved_list", sa.Column("content_id", sa.String(64), nullable=True))
    op.add_column("saved_list", sa.Column("saved_by", sa.String(120), nullable=True))
    op.create_index("ix_saved_list_content_id", "saved_list", ["content_id"])
