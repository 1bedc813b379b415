import datetime as dt

import pytest

from chainmap.errors import InputError
from chainmap.sources.asked_days import asked_day, typed_asked_day
from chainmap.sources.cards import load_card

NOW = dt.datetime(2027, 12, 31, 17, tzinfo=dt.UTC)
"""Already 2028 in China."""


def test_no_day_is_the_rosters_day():
    assert asked_day(None, NOW) == load_card("companies").date
    assert typed_asked_day(None) is None


@pytest.mark.parametrize("day", ["1958-01-01", "2001-12-31", "2026-12-31", "2028-12-31"])
def test_days_of_which_something_is_known_may_be_asked_of(day):
    wanted = dt.date.fromisoformat(day)
    assert asked_day(wanted, NOW) == wanted


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("0001-01-01", "早于名录中最早成立的企业（1958 年）"),
        ("1900-01-01", "早于名录中最早成立的企业（1958 年）"),
        ("1957-12-31", "请用 1958-01-01 至 2028-12-31 之间的日期"),
        ("2029-01-01", "晚于 2028 年年底"),
        ("9999-12-31", "无从得知"),
    ],
)
def test_other_days_are_refused_and_those_that_are_covered_named(day, why):
    with pytest.raises(InputError) as caught:
        asked_day(dt.date.fromisoformat(day), NOW)
    assert why in str(caught.value) and day in str(caught.value)


def test_a_clock_that_is_behind_shuts_nobody_out_of_the_rosters_year():
    edition = load_card("companies").date
    behind = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    assert asked_day(edition.replace(month=12, day=31), behind)
    with pytest.raises(InputError):
        asked_day(edition.replace(year=edition.year + 1), behind)


def test_a_typed_day_is_held_to_the_same():
    assert typed_asked_day("2012-06-30") == dt.date(2012, 6, 30)
    for wrong in ("9999-12-31", "1900-01-01", "2026-02-30", "30.6.2012"):
        with pytest.raises(InputError):
            typed_asked_day(wrong)
