import datetime as dt

import pytest

from chainmap.sources.intake.dates import names_month_only, read_date


@pytest.mark.parametrize(
    "text",
    ["2020-03-05", "2020/3/5", "2020.03.05", "20200305", "2020年3月5日", "43895", "43895.0",
     "2020-03-05 00:00:00", "2020-03-05T08:30:00", "２０２０－０３－０５"],
)  # fmt: skip
def test_a_day_in_every_spelling(text):
    assert read_date(text) == dt.date(2020, 3, 5)


@pytest.mark.parametrize("text", ["2020-13-05", "2020-02-30", "20-03-05", "长期", "2020", "1234"])
def test_what_is_no_day_is_none(text):
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["2020-03", "202003", "2020年3月"])
def test_a_month_is_its_first_day_and_known_as_such(text):
    assert read_date(text) == dt.date(2020, 3, 1) and names_month_only(text)
    assert not names_month_only("2020-03-05")
