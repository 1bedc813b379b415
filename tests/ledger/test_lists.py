import pytest

from chainmap.errors import UnknownNameError
from chainmap.ledger import lists
from chainmap.ledger.lists import NewList
from tests.ledgers import NOW, later

NEW = NewList("绍兴首轮", "targets", {"city": "330600"}, "s1", '{"targets":[],"b":1.10}')


def test_a_list_comes_back_byte_for_byte(ledger):
    with ledger.write() as tx:
        saved = lists.save(tx, NEW, "k1", NOW)
    with ledger.read() as tx:
        assert lists.get(tx, saved.id) == saved
        assert lists.get(tx, saved.id).content == NEW.content


def test_lists_come_newest_first_and_page_on(ledger):
    with ledger.write() as tx:
        made = [lists.save(tx, NEW, "k1", later(seconds=n // 2)) for n in range(7)]
    wanted = sorted(made, key=lambda saved: (saved.created_at, saved.id), reverse=True)
    seen, last = [], None
    with ledger.read() as tx:
        while page := lists.newest(tx, 3, last):
            seen += page
            last = page[-1]
    assert seen == wanted


def test_a_deleted_list_is_gone(ledger):
    with ledger.write() as tx:
        saved = lists.save(tx, NEW, "k1", NOW)
        assert lists.delete(tx, saved.id).name == "绍兴首轮"
        with pytest.raises(UnknownNameError):
            lists.get(tx, saved.id)
