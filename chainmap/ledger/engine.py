"""The way into the operational database: one engine, reading and writing transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    OperationalError,
    TimeoutError,
)

from chainmap.errors import LedgerError

Transaction = sa.Connection
"""One transaction: everything done with it counts together or not at all."""

DATABASE = "chainmap.db"
"""The SQLite file of a workspace, where no address is given."""

BUSY_TIMEOUT_MS = 15_000
"""How long a writer waits for another: longer than any transaction here, shorter than a reader's
patience."""

_READING = "chainmap_reading"

_DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}
"""Databases that can be used, and the driver of each that is installed."""


class Ledger:
    """The operational database.

    Args:
        url: SQLAlchemy address; `sqlite:///…` or `postgresql://…`.

    Raises:
        LedgerError: The address names no database that can be used.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    @property
    def shown(self) -> str:
        """The address without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; None for a server."""
        return Path(str(self.engine.url.database)) if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Yield a transaction that sees one state of the database throughout.

        Raises:
            LedgerError: The database cannot be reached, or a table is missing.
        """
        with _translated(self), self.engine.connect() as connection:
            options: dict[str, Any] = {_READING: True}
            if not self.is_sqlite:
                options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            reading = connection.execution_options(**options)
            with reading.begin():
                yield reading

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Yield a transaction that is committed at the end, or rolled back on any error.

        Raises:
            LedgerError: The database cannot be reached, or another writer held it too long.
        """
        with _translated(self), self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def ledger_url(address: str | None, workspace: Path) -> str:
    """Return the address of the database: the one given, else the workspace's SQLite file.

    `postgresql://` means the driver that is installed, psycopg 3.
    """
    if address is None:
        return f"sqlite:///{workspace.absolute() / DATABASE}"
    for bare in ("postgresql://", "postgres://"):
        if address.startswith(bare):
            return "postgresql+psycopg://" + address.removeprefix(bare)
    return address


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        _refuse_unfit(parsed)
        if parsed.get_backend_name() == "postgresql":
            return sa.create_engine(parsed, pool_pre_ping=True, pool_size=5, max_overflow=10)
        engine = sa.create_engine(parsed, connect_args={"check_same_thread": False})
    except (ArgumentError, NoSuchModuleError, ValueError) as error:  # a port that is no number
        # The address may hold a password, so neither it nor SQLAlchemy's message is shown.
        raise LedgerError(
            "数据库地址写法有误。",
            todo="CHAINMAP_DATABASE_URL 写作 postgresql://用户:密码@主机/库。",
        ) from error
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _refuse_unfit(address: sa.URL) -> None:
    """Refuse a database of another make, one for another driver, and one that ends with us."""
    make, _, driver = address.drivername.partition("+")
    if make not in _DRIVERS:
        raise LedgerError(
            f"不支持的数据库 {make}。",
            todo="CHAINMAP_DATABASE_URL 可用 sqlite:///… 或 postgresql://…。",
        )
    if driver not in ("", _DRIVERS[make]):
        raise LedgerError(
            f"没有数据库驱动 {driver}。", todo=f"CHAINMAP_DATABASE_URL 写作 {make}://…，不写驱动。"
        )
    named = address.database or ""
    in_memory = not named or ":memory:" in named or address.query.get("mode") == "memory"
    if make == "sqlite" and in_memory:
        raise LedgerError(
            "数据库地址没有指明文件：只在内存中的数据库，命令一结束就没有了。",
            todo="CHAINMAP_DATABASE_URL 写作 sqlite:////文件夹/chainmap.db，或取消它，用工作目录中的。",
        )


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # We say BEGIN ourselves (below): the driver's own begins too late to keep two writers apart.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    # With WAL, NORMAL loses nothing when the process is killed; FULL also survives a power cut,
    # and an acknowledged write must.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _begin_sqlite(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    # IMMEDIATE takes the write lock at once: two writers wait for each other, never half way.
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def _translated(ledger: Ledger) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise LedgerError(
            f"数据库 {ledger.shown} 当前不可用（{_reason(error)}）。",
            todo="检查文件夹权限、磁盘空间或数据库服务；结构过旧时运行 chainmap database upgrade。",
        ) from error
    except TimeoutError as error:  # all connections were taken, for half a minute
        raise LedgerError(
            f"数据库 {ledger.shown} 的连接已用完。", todo="请稍后再试；常见时减少并发。"
        ) from error
    except DBAPIError as error:
        raise LedgerError(
            f"数据库 {ledger.shown} 拒绝了操作（{_reason(error)}）。",
            todo="运行 chainmap database upgrade；仍不行请附日志反馈。",
        ) from error


def _reason(error: DBAPIError) -> str:
    """Return the first line of what the driver said; it holds no password."""
    return str(error.orig).splitlines()[0] if error.orig is not None else "原因不明"
