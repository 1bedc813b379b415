import io
import threading
import zipfile

import pytest

from chainmap.concepts.access import AccessRole
from chainmap.errors import ConflictError, InputError
from chainmap.ledger import audit, backup, jobs, keys, lists
from chainmap.ledger.audit import Deed
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.keys import NewKey
from chainmap.ledger.lists import NewList
from chainmap.ledger.sessions import end_session, ended_sessions
from tests.ledgers import NOW, later


def fill(ledger):
    with ledger.write() as tx:
        text, _ = keys.create_key(tx, NewKey("招商局", AccessRole.EDITOR), NOW)
        audit.append(tx, Deed("cli", "key.create"), NOW)
        jobs.submit(tx, "targets", {"城市": "绍兴"}, "k", NOW)
        lists.save(tx, NewList("甲", "gaps", {}, "s", "{}"), "k", NOW)
        end_session(tx, "ended", later(hours=12), NOW)
    return text


def dumped(ledger):
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        backup.dump(ledger, archive, NOW)
    return store


def load(ledger, store, **options):
    with zipfile.ZipFile(store) as archive:
        return backup.load(ledger, archive, **{"replace": False, **options})


def test_a_backup_of_either_database_is_restored_into_sqlite(ledger, tmp_path):
    text = fill(ledger)
    other = Ledger(ledger_url(None, tmp_path / "other"))
    counts = load(other, dumped(ledger))
    tables = ("api_key", "audit_entry", "ended_session", "job", "saved_list")
    assert counts == dict.fromkeys(tables, 1)
    with other.read() as tx, ledger.read() as old:
        assert ended_sessions(tx, NOW) == {"ended"}
        assert keys.find_key(tx, text) == keys.find_key(old, text)
        assert list(audit.entries(tx)) == list(audit.entries(old))
    other.close()


def test_a_backup_of_sqlite_is_restored_into_either(ledger, tmp_path):
    other = Ledger(ledger_url(None, tmp_path / "other"))
    from chainmap.ledger.schema import upgrade

    upgrade(other)
    text = fill(other)
    load(ledger, dumped(other))
    with ledger.read() as tx:
        assert keys.find_key(tx, text).client == "招商局"
    other.close()


def test_a_full_database_is_replaced_only_on_demand(ledger):
    fill(ledger)
    store = dumped(ledger)
    with ledger.write() as tx:
        audit.append(tx, Deed("cli", "later"), NOW)
    with pytest.raises(ConflictError):
        load(ledger, store)
    load(ledger, store, replace=True)
    with ledger.read() as tx:
        assert audit.verify(tx).n_entries == 1
    with pytest.raises(Exception, match="append-only"), ledger.write() as tx:
        tx.exec_driver_sql("DELETE FROM audit_entry")


def test_a_backup_under_load_is_whole(ledger):
    stop = threading.Event()

    def write():
        while not stop.is_set():
            with ledger.write() as tx:
                audit.append(tx, Deed("load", "write"), NOW)
                lists.save(tx, NewList("甲", "gaps", {}, "s", "{}"), "k", NOW)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    stores = [dumped(ledger) for _ in range(5)]
    stop.set()
    for writer in writers:
        writer.join()
    for store in stores:
        with zipfile.ZipFile(store) as archive:
            rows = backup.read_manifest(archive)["rows"]
        # Each transaction wrote one of both: a state in between would differ.
        assert rows["audit_entry"] == rows["saved_list"]
    load(ledger, stores[-1], replace=True)


def test_a_damaged_backup_changes_nothing(ledger, tmp_path):
    fill(ledger)
    store, broken = dumped(ledger), io.BytesIO()
    with zipfile.ZipFile(store) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace("招商局".encode(), "投促局".encode()))
    other = Ledger(ledger_url(None, tmp_path / "other"))
    with pytest.raises(InputError, match="摘要不符"):
        load(other, broken)
    with other.read() as tx:
        assert not keys.any_key(tx)
    other.close()
    for nothing in ({}, {"backup.json": "{}"}, {"backup.json": "[1]"}):
        store = io.BytesIO()
        with zipfile.ZipFile(store, "w") as archive:
            for name, content in nothing.items():
                archive.writestr(name, content)
        with pytest.raises(InputError):
            load(ledger, store, replace=True)
    with ledger.read() as tx:
        assert keys.any_key(tx)
