import datetime as dt
from itertools import pairwise

import pytest
import sqlalchemy as sa

from chainmap.concepts.access import AccessRole, Scope
from chainmap.errors import InputError, UnknownNameError
from chainmap.ledger import keys
from chainmap.ledger.keys import NewKey
from tests.ledgers import NOW, later


def test_a_new_key_is_found_by_its_text_only(ledger):
    with ledger.write() as tx:
        text, made = keys.create_key(tx, NewKey("招商局", AccessRole.ANALYST), NOW)
    with ledger.read() as tx:
        assert keys.find_key(tx, text) == made
        assert made.scopes == {Scope.READ, Scope.EXPORT, Scope.COMPUTE}
        for wrong in (text[:-1], text + "x", text.swapcase(), "", f"cm_{made.id}_{'a' * 43}", "é"):
            assert keys.find_key(tx, wrong) is None


def test_the_database_holds_no_key(ledger):
    with ledger.write() as tx:
        text, _ = keys.create_key(tx, NewKey("a"), NOW)
    with ledger.read() as tx:
        row = tx.execute(sa.text("SELECT * FROM api_key")).mappings().one()
    assert text.split("_", 2)[2] not in str(dict(row)) and len(row["digest"]) == 64


def test_states_follow_the_clock_and_revocation(ledger):
    with ledger.write() as tx:
        _, made = keys.create_key(tx, NewKey("a", lifetime=dt.timedelta(days=1)), NOW)
        assert made.state(NOW) == "active"
        assert made.state(later(hours=23, minutes=59)) == "active"
        assert made.state(later(days=1)) == "expired"
        gone = keys.revoke_key(tx, made.id, NOW)
        assert gone.state(NOW) == "revoked" and gone.revoked_at == NOW
        assert keys.revoke_key(tx, made.id, later(days=2)).revoked_at == NOW


def test_revoking_an_unknown_key_says_so(ledger):
    with ledger.write() as tx, pytest.raises(UnknownNameError):
        keys.revoke_key(tx, "nothing", NOW)


def test_any_key_remembers_even_a_revoked_one(ledger):
    with ledger.write() as tx:
        assert not keys.any_key(tx)
        _, made = keys.create_key(tx, NewKey("a"), NOW)
        keys.revoke_key(tx, made.id, NOW)
        assert keys.any_key(tx)


def test_last_use_never_goes_back(ledger):
    with ledger.write() as tx:
        _, made = keys.create_key(tx, NewKey("a"), NOW)
        keys.note_use(tx, [(made.id, later(minutes=5))])
        keys.note_use(tx, [(made.id, later(minutes=1))])
        assert keys.list_keys(tx)[0].last_used_at == later(minutes=5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"client": ""},
        {"client": "x\n"},
        {"client": "a", "scopes": frozenset({Scope.ADMIN})},
        {"client": "a", "scopes": frozenset()},
        {"client": "a", "origins": ("https://a.example/path",)},
        {"client": "a", "origins": ("*",)},
        {"client": "a", "origins": ("https://a.example; script-src *",)},
        {"client": "a", "rate": "many"},
        {"client": "a", "lifetime": dt.timedelta(0)},
    ],
)
def test_a_key_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(InputError):
        NewKey(**wrong)


def test_roles_open_what_the_ones_before_open():
    scopes = [role.scopes for role in AccessRole]
    assert all(low < high for low, high in pairwise(scopes))
    assert all(scope.zh for scope in Scope)
