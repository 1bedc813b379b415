"""The state of the database's schema: bring it up to date, or say that it is not."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from chainmap.errors import LedgerError, reason_of
from chainmap.ledger.engine import Ledger, Transaction
from chainmap.sources.workspace_folder import make_folder

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 4_202_611
"""The PostgreSQL advisory lock under which one process migrates at a time; any number would do."""


def newest_revision() -> str:
    """Return the revision this version of the code is written for."""
    head = ScriptDirectory(str(_SCRIPTS)).get_current_head()
    assert head is not None
    return head


def stored_revision(ledger: Ledger) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    with ledger.read() as tx:
        return MigrationContext.configure(tx).get_current_revision()


def upgrade(ledger: Ledger) -> bool:
    """Bring the schema up to date, in one transaction; returns whether anything was to be done.

    Raises:
        LedgerError: A newer version of the code has migrated the database, or it is out of reach.
    """
    file = ledger.file
    if file is not None:
        try:
            make_folder(file.parent)
        except OSError as error:
            raise LedgerError(
                f"无法建立工作目录 {file.parent}：{reason_of(error)}。",
                todo="换一个可写的 CHAINMAP_WORKSPACE。",
            ) from error
    with ledger.write() as tx:
        if not ledger.is_sqlite:
            tx.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        before = MigrationContext.configure(tx).get_current_revision()
        if before == newest_revision():
            return False
        _refuse_newer(before)
        command.upgrade(_config(tx), "head")
    _close_to_others(file)
    return True


def require_current(ledger: Ledger) -> None:
    """Make sure the schema is the one this code is written for.

    Raises:
        LedgerError: It is older, newer, or not there.
    """
    found = stored_revision(ledger)
    if found == newest_revision():
        return
    _refuse_newer(found)
    raise LedgerError(
        f"数据库 {ledger.shown} 的结构为 {found or '空'}，应为 {newest_revision()}。",
        todo="运行 chainmap database upgrade。",
    )


def _refuse_newer(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}
    if found is not None and found not in known:
        raise LedgerError(
            f"数据库结构 {found} 由更新的版本建立。",
            todo="请升级 industry-chainmap，或恢复旧备份。",
        )


def _config(tx: Transaction) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = tx
    return config


def _close_to_others(file: Path | None) -> None:
    """Let only the owner read a new database file: it holds key digests and the audit log."""
    if file is not None and file.is_file():
        file.chmod(0o600)
