"""Dates as people and Excel write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from chainmap.sources.intake.fields import narrowed

_FORMS = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}:\d{2}.*)?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?"),
)
_MONTH = re.compile(r"((?:1[89]|20)\d{2})[-/.年]?(0?[1-9]|1[0-2])月?")
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?")
EARLIEST = dt.date(1840, 1, 1)
"""No enterprise on a Chinese register is older."""

EXCEL_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of Excel's 1900 calendar, its false leap day taken in (ECMA-376 18.17.4.1)."""


@lru_cache(maxsize=100_000)
def read_date(text: str) -> dt.date | None:
    """Return the day a text names, or None.

    A month without a day is its first day; a five-digit number is Excel's count of days.
    """
    plain = narrowed(text)
    for form in _FORMS:
        match = form.fullmatch(plain)
        if match:
            return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _MONTH.fullmatch(plain)
    if match and (len(plain) > 5 or not plain.isdigit()):
        return _day(int(match[1]), int(match[2]), 1)
    match = _SERIAL.fullmatch(plain)
    if match and int(match[1]) > 10_000:
        return EXCEL_EPOCH + dt.timedelta(days=int(match[1]))
    return None


def names_month_only(text: str) -> bool:
    """Return whether a text names a month and no day: 2018-03, 201803, 2018年3月."""
    plain = narrowed(text)
    return bool(_MONTH.fullmatch(plain)) and read_date(text) is not None and len(plain) > 5


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
