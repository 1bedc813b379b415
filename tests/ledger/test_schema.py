import stat
import threading

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from chainmap.concepts.access import AccessRole, Scope
from chainmap.errors import LedgerError
from chainmap.ledger import keys
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.keys import NewKey
from chainmap.ledger.schema import newest_revision, require_current, stored_revision, upgrade
from chainmap.ledger.tables import METADATA
from tests.ledgers import NOW


def test_models_and_migrations_agree(ledger):
    with ledger.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_upgrading_twice_changes_nothing(ledger):
    assert upgrade(ledger) is False
    assert stored_revision(ledger) == newest_revision()
    require_current(ledger)


def test_an_empty_database_is_refused_until_upgraded(address):
    ledger = Ledger(address)
    with pytest.raises(LedgerError, match="database upgrade"):
        require_current(ledger)
    assert upgrade(ledger) is True
    require_current(ledger)
    ledger.close()


def test_a_newer_schema_is_left_alone(ledger):
    with ledger.write() as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (upgrade, require_current):
        with pytest.raises(LedgerError, match="更新的版本"):
            attempt(ledger)


def test_many_at_once_migrate_once(address):
    done = []

    def migrate():
        ledger = Ledger(address)
        done.append(upgrade(ledger))
        ledger.close()

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]


def test_the_sqlite_file_and_its_folder_are_for_their_owner_only(tmp_path):
    ledger = Ledger(ledger_url(None, tmp_path / "new" / "ws"))
    upgrade(ledger)
    assert stat.S_IMODE(ledger.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger.file.parent.stat().st_mode) == 0o700
    with ledger.read() as tx:
        assert tx.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
    ledger.close()


def test_an_address_is_refused_without_showing_its_password():
    for bad in ("mysql://u:geheim@h/d", "no address at all"):
        with pytest.raises(LedgerError) as refused:
            Ledger(bad)
        assert "geheim" not in str(refused.value)


def test_a_server_out_of_reach_is_said_without_the_password(tmp_path):
    address = ledger_url(f"postgresql://u:geheim@/d?host={tmp_path}", tmp_path)
    with pytest.raises(LedgerError) as refused:
        stored_revision(Ledger(address))
    assert "geheim" not in str(refused.value) and refused.value.todo


def test_keys_that_could_approve_before_the_scope_was_made_still_can(ledger):
    with ledger.write() as tx:
        new = NewKey("招商局", AccessRole.EDITOR, frozenset({Scope.READ, Scope.WRITE}))
        reader = NewKey("统计局", AccessRole.EDITOR, frozenset({Scope.READ}))
        ids = [keys.create_key(tx, one, NOW)[1].id for one in (new, reader)]
        tx.execute(sa.text("DROP TABLE ended_session"))
        if ledger.is_sqlite:
            tx.execute(sa.text("DROP TRIGGER audit_entry_no_REPLACE"))
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '0002'"))
    assert upgrade(ledger) is True
    with ledger.read() as tx:
        found = [keys.get_key(tx, one).scopes for one in ids]
    assert found == [{Scope.READ, Scope.WRITE, Scope.APPROVE}, {Scope.READ}]
