import sqlite3
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa

from chainmap.errors import InputError, LedgerError
from chainmap.ledger import audit
from chainmap.ledger.audit import Deed
from tests.ledgers import NOW


def write(ledger, count=3):
    with ledger.write() as tx:
        return [
            audit.append(tx, Deed("cli", "key.create", f"钥匙{n}", detail={"n": n}), NOW)
            for n in range(count)
        ]


def unfrozen(ledger, statement):
    """Change the log as somebody with the database's own rights could."""
    with ledger.write() as tx:
        if ledger.is_sqlite:
            for verb in ("UPDATE", "DELETE"):
                tx.execute(sa.text(f"DROP TRIGGER audit_entry_no_{verb}"))
        else:
            tx.execute(sa.text("DROP TRIGGER audit_entry_frozen ON audit_entry"))
        tx.execute(sa.text(statement))


def verdict(ledger, anchor=None):
    with ledger.read() as tx:
        return audit.verify(tx, anchor)


def test_a_sound_chain_is_found_sound(ledger):
    assert verdict(ledger) == (0, audit.FIRST, None, "")
    entries = write(ledger)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert verdict(ledger) == (3, entries[-1].digest, None, "")
    with ledger.read() as tx:
        assert list(audit.entries(tx)) == entries
        assert list(audit.entries(tx, after=2)) == entries[2:]
        assert audit.latest(tx, 2) == entries[1:]
        assert audit.latest(tx, 2, "other") == []


@pytest.mark.parametrize(
    ("statement", "at"),
    [
        ("UPDATE audit_entry SET detail = '{}' WHERE seq = 2", 2),
        ("UPDATE audit_entry SET actor = 'x' WHERE seq = 1", 1),
        ("DELETE FROM audit_entry WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 1", 1),
        ("UPDATE audit_entry SET previous = digest WHERE seq = 3", 3),
    ],
)
def test_a_changed_or_missing_entry_shows(ledger, statement, at):
    write(ledger)
    unfrozen(ledger, statement)
    found = verdict(ledger)
    assert found.broken_at == at and found.why


def test_a_cut_end_and_a_rewritten_log_show_against_a_noted_head(ledger):
    entries = write(ledger)
    head = audit.parse_anchor(f"3:{entries[-1].digest[:20]}")
    assert verdict(ledger, head).broken_at is None
    unfrozen(ledger, "DELETE FROM audit_entry WHERE seq = 3")
    assert verdict(ledger).broken_at is None
    assert verdict(ledger, head).broken_at == 3
    with ledger.write() as tx:
        audit.append(tx, Deed("x", "forged"), NOW)
    assert verdict(ledger).broken_at is None
    assert verdict(ledger, head).broken_at == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_changes(ledger, statement):
    write(ledger)
    with pytest.raises(LedgerError, match="append-only"), ledger.write() as tx:
        tx.execute(sa.text(statement))
    assert verdict(ledger).n_entries == 3


@pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2",
        "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2",
        "INSERT OR REPLACE INTO audit_entry (rowid, seq, at, actor, action, object, outcome, "
        "detail, request_id, previous, digest) SELECT rowid, 9, at, 'x', action, object, outcome, "
        "detail, request_id, previous, digest FROM audit_entry WHERE seq = 2",
        "UPDATE OR REPLACE audit_entry SET seq = 3 WHERE seq = 2",
    ],
)
def test_no_entry_is_written_over_by_another_program(ledger, statement):
    entries = write(ledger)
    with closing(sqlite3.connect(ledger.file)) as foreign:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            foreign.execute(statement)
        foreign.rollback()
    assert verdict(ledger) == (3, entries[-1].digest, None, "")


@pytest.mark.parametrize("migrated", ["postgresql"], indirect=True)
def test_no_entry_is_put_in_the_place_of_another(ledger):
    write(ledger)
    over = "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2 ON CONFLICT (seq) "
    with pytest.raises(LedgerError, match="append-only"), ledger.write() as tx:
        tx.execute(sa.text(over + "DO UPDATE SET actor = 'x'"))
    assert verdict(ledger).n_entries == 3


def test_writers_at_once_make_one_chain(ledger):
    def work():
        for _ in range(10):
            write(ledger, 1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdict(ledger)[:1] == (40,) and verdict(ledger).broken_at is None


def test_an_entry_shares_the_fate_of_its_transaction(ledger):
    with pytest.raises(RuntimeError), ledger.write() as tx:
        audit.append(tx, Deed("cli", "x"), NOW)
        raise RuntimeError
    assert verdict(ledger).n_entries == 0


@pytest.mark.parametrize("text", ["", "3", "3:zz", "x:" + "a" * 64, "3:abc"])
def test_a_head_must_be_written_right(text):
    with pytest.raises(InputError):
        audit.parse_anchor(text)
