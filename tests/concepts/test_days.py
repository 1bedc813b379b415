import datetime as dt

import pytest

from chainmap.concepts.days import typed_day
from chainmap.errors import InputError


def test_a_day_is_written_in_one_way():
    assert typed_day("2026-02-28") == dt.date(2026, 2, 28)
    for text in ("", "20260228", "2026-W05-1", "2026-2-8", "2026年2月8日", "２０２６-02-28"):
        with pytest.raises(InputError, match="YYYY-MM-DD"):
            typed_day(text)


def test_a_day_that_is_none_is_told_from_one_written_wrongly():
    with pytest.raises(InputError, match="没有“2026-02-30”这一天"):
        typed_day("2026-02-30")
