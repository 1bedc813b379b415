import threading

import pytest

from chainmap.errors import ConflictError
from chainmap.ledger import idempotency
from chainmap.ledger.idempotency import KEPT, Answered
from tests.ledgers import NOW

FIRST = Answered(202, "/v1/jobs/1", '{"id":"1"}')
OWNER = ("k1", "abc")


def test_the_same_request_gets_the_same_answer(ledger):
    with ledger.write() as tx:
        assert idempotency.recall(tx, OWNER, "a" * 64, NOW) is None
        idempotency.remember(tx, OWNER, "a" * 64, FIRST, NOW)
    with ledger.write() as tx:
        assert idempotency.recall(tx, OWNER, "a" * 64, NOW) == FIRST
        assert idempotency.recall(tx, ("k2", "abc"), "a" * 64, NOW) is None


def test_another_request_under_the_same_key_is_refused(ledger):
    with ledger.write() as tx:
        idempotency.remember(tx, OWNER, "a" * 64, FIRST, NOW)
    with ledger.write() as tx, pytest.raises(ConflictError):
        idempotency.recall(tx, OWNER, "b" * 64, NOW)


def test_a_key_is_forgotten_after_its_time(ledger):
    with ledger.write() as tx:
        idempotency.remember(tx, OWNER, "a" * 64, FIRST, NOW)
    with ledger.write() as tx:
        assert idempotency.recall(tx, OWNER, "b" * 64, NOW + KEPT * 1.01) is None


def test_the_same_request_many_times_at_once_is_done_once(ledger):
    done, answers = [], []

    def send():
        with ledger.write() as tx:
            before = idempotency.recall(tx, OWNER, "a" * 64, NOW)
            if before is None:
                done.append(1)
                idempotency.remember(tx, OWNER, "a" * 64, FIRST, NOW)
            answers.append(before or FIRST)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1 and answers == [FIRST] * 6
