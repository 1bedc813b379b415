from tests.ledgers import (
    address,
    ledger,
    migrated,
    postgres_server,
    postgres_template,
    sqlite_template,
)

__all__ = [
    "address",
    "ledger",
    "migrated",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
]
