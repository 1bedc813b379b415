"""The tables of the operational database, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


class UtcTime(sa.types.TypeDecorator[dt.datetime]):
    """A moment in UTC; SQLite, which knows no time zone, keeps it bare and gives it back in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, dialect: sa.Dialect
    ) -> dt.datetime | None:
        """Return the moment as the database takes it."""
        if value is None:
            return None
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        found: dt.datetime = value
        return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


API_KEYS = sa.Table(
    "api_key",
    METADATA,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("client", sa.String(80), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("scopes", sa.JSON, nullable=False),
    sa.Column("origins", sa.JSON, nullable=False),
    sa.Column("rate", sa.String(40), nullable=True),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=True),
    sa.Column("revoked_at", UtcTime, nullable=True),
    sa.Column("last_used_at", UtcTime, nullable=True),
)

AUDIT = sa.Table(
    "audit_entry",
    METADATA,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    # Text, not a moment: the hash is over these very characters.
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("actor", sa.String(100), nullable=False),
    sa.Column("action", sa.String(60), nullable=False),
    sa.Column("object", sa.String(200), nullable=False),
    sa.Column("outcome", sa.String(40), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("request_id", sa.String(64), nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Index(None, "action"),
)

JOBS = sa.Table(
    "job",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("client", sa.String(80), nullable=False),
    sa.Column("question", sa.JSON, nullable=False),
    sa.Column("progress", sa.Float, nullable=False),
    sa.Column("step", sa.String(200), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("owner", sa.String(40), nullable=True),
    sa.Column("lease_until", UtcTime, nullable=True),
    sa.Column("checkpoint", sa.JSON, nullable=True),
    sa.Column("result", sa.JSON, nullable=True),
    sa.Column("problem", sa.JSON, nullable=True),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("started_at", UtcTime, nullable=True),
    sa.Column("finished_at", UtcTime, nullable=True),
    sa.Index(None, "state", "created_at"),
)

IDEMPOTENCY = sa.Table(
    "idempotency_record",
    METADATA,
    sa.Column("client", sa.String(80), primary_key=True),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("request_sha256", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("location", sa.String(300), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Index(None, "created_at"),
)

SAVED_LISTS = sa.Table(
    "saved_list",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("client", sa.String(80), nullable=False),
    sa.Column("question", sa.JSON, nullable=False),
    sa.Column("snapshot_id", sa.String(64), nullable=False),
    # Text, so that a list comes back byte for byte as it was saved.
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    # The workspace's file that holds the list with all it was ranked from.
    sa.Column("content_id", sa.String(64), nullable=True),
    sa.Column("saved_by", sa.String(120), nullable=True),
    sa.Index(None, "created_at", "id"),
    sa.Index(None, "content_id"),
)

ENDED_SESSIONS = sa.Table(
    "ended_session",
    METADATA,
    sa.Column("id", sa.String(43), primary_key=True),
    # From then on its cookie is void by itself.
    sa.Column("until", UtcTime, nullable=False),
)
