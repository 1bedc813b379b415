"""First-talk locks: names found, run out on a day, contradictions refused."""

from __future__ import annotations

import datetime as dt

import pytest

from chainmap.concepts.allocation_records import TalkLock
from chainmap.errors import InputError, UnknownNameError
from chainmap.ranking.allocation_locks import HeldLock, holders, read_locks
from tests.world import DAY, small_world


def lock(company: str, city: str, until: dt.date) -> TalkLock:
    return TalkLock(company=company, city=city, until=until)


def held(company: str, code: str, *, holds: bool = True) -> HeldLock:
    return HeldLock(company, code, company, code, DAY, holds)


def test_a_lock_holds_on_its_last_day_and_not_after_it():
    world = small_world()
    name = world.companies["full_name"][0]
    city = world.cities["city"][0]
    given = [lock(name, city, DAY), lock(name, city, DAY - dt.timedelta(days=1))]
    found = read_locks(given, world.companies, world.cities, DAY)
    assert [one.holds for one in found] == [True, False]
    assert found[0].company_id == world.companies["group_id"][0]


def test_an_unknown_company_is_refused_by_name():
    world = small_world()
    with pytest.raises(UnknownNameError, match="不存在的企业"):
        read_locks(
            [lock("不存在的企业", world.cities["city"][0], DAY)],
            world.companies, world.cities, DAY,
        )  # fmt: skip


def test_two_cities_cannot_hold_one_company_unless_they_are_linked():
    both = [held("a", "330100"), held("a", "330200"), held("b", "330200", holds=False)]
    with pytest.raises(InputError, match="同时由"):
        holders(both, {})
    linked = {"330100": "330100", "330200": "330100"}
    assert holders(both, linked) == {"a": "330100"}


def test_a_lock_calls_its_company_as_every_command_does():
    world = small_world()
    city = world.cities["city"][0]
    found = read_locks([lock("688001", city, DAY)], world.companies, world.cities, DAY)
    assert found[0].company_id == "resist-c"
    with pytest.raises(UnknownNameError, match="您是不是要找：servo-e"):
        read_locks([lock("servo", city, DAY)], world.companies, world.cities, DAY)
