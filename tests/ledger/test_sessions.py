from chainmap.ledger.sessions import end_session, ended_sessions
from tests.ledgers import NOW, later


def test_an_ended_session_is_remembered_as_long_as_its_cookie_is_good(ledger):
    with ledger.write() as tx:
        end_session(tx, "one", later(hours=12), NOW)
        end_session(tx, "one", later(hours=12), NOW)
    with ledger.read() as tx:
        assert ended_sessions(tx, later(hours=12)) == {"one"}
        assert ended_sessions(tx, later(hours=13)) == frozenset()


def test_those_whose_cookies_are_void_are_forgotten(ledger):
    with ledger.write() as tx:
        end_session(tx, "one", later(hours=12), NOW)
        end_session(tx, "two", later(hours=25), later(hours=13))
    with ledger.read() as tx:
        assert ended_sessions(tx, NOW) == {"two"}
