"""Days as a user types them, and the day it is where the users are."""

from __future__ import annotations

import datetime as dt
import re

from chainmap.errors import InputError

BEIJING = dt.timezone(dt.timedelta(hours=8))
"""China has one time all year."""


def day_in_china(now: dt.datetime) -> dt.date:
    """Return the day it is in China at a moment that knows its time zone."""
    return now.astimezone(BEIJING).date()


def typed_day(given: str) -> dt.date:
    """Return the day a user wrote.

    Raises:
        InputError: It is not written YYYY-MM-DD, or there is no such day.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
        raise InputError(f"日期“{given}”的写法不对。", todo="请写作 YYYY-MM-DD，如 2026-03-01。")
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise InputError(f"没有“{given}”这一天。", todo="请核对月份和日子。") from error
