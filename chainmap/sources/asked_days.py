"""Days a question may be asked of: from the oldest company of the roster to the end of this year.

Founding and the periods of plans are known by the year, so that the year's last day may be asked of
all year; what comes after it nobody knows.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from chainmap.concepts.days import day_in_china, typed_day
from chainmap.errors import InputError
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies


def asked_day(day: dt.date | None, now: dt.datetime | None = None) -> dt.date:
    """Return the day of a question; the roster's day where none is given.

    Args:
        day: As it was asked.
        now: A moment that knows its time zone; None is this one.

    Raises:
        InputError: It lies before or after all that is known.
    """
    edition = _edition()
    if day is None:
        return edition
    # A clock that goes wrong shuts nobody out from the roster's own year.
    this_year = max(edition.year, day_in_china(now or dt.datetime.now(dt.UTC)).year)
    first = _first_year()
    if first <= day.year <= this_year:
        return day
    why = (
        f"早于名录中最早成立的企业（{first} 年）"
        if day.year < first
        else f"晚于 {this_year} 年年底，那时的企业和规划还无从得知"
    )
    raise InputError(
        f"日期 {day} {why}。", todo=f"请用 {first}-01-01 至 {this_year}-12-31 之间的日期。"
    )


def typed_asked_day(given: str | None) -> dt.date | None:
    """Return the day of a question as a user wrote it; None where none was given.

    Raises:
        InputError: As `typed_day` and `asked_day`.
    """
    return None if given is None else asked_day(typed_day(given))


@cache
def _edition() -> dt.date:
    return load_card("companies").date


@cache
def _first_year() -> int:
    return int(load_companies()["founded_year"].drop_nulls().min())  # type: ignore[arg-type]
