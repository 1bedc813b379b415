"""Days as they are written in questions and forms that come as data."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written(value: object) -> object:
    """Return what may be a day: one that is made, or a text that is written like one.

    Without this a number is read as seconds since 1970, and 0 is a day nobody has asked for.

    Raises:
        PydanticKnownError: It is neither.
    """
    if value is None or isinstance(value, dt.date):
        return value
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        return value
    raise PydanticKnownError("date_type")


Day = Annotated[dt.date, BeforeValidator(_written)]
"""A day, written YYYY-MM-DD and in no other way."""
