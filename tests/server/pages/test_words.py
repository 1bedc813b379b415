import datetime as dt

import pytest

from chainmap.pipeline import load_world
from chainmap.server.pages.words import Names, beijing


@pytest.mark.parametrize(
    ("name", "zh"),
    [
        ("2026-draft-11d8893b", "2026年草案 11d8893b"),
        ("2026-v12", "2026年第12版"),
        ("330600-2026-v1", "2026年第1版"),
        ("nameless", "nameless"),
    ],
)
def test_a_version_is_called_in_words(name, zh):
    assert Names(load_world(), "zh").version(name) == zh
    assert Names(load_world(), "en").version(name) == name


def test_moments_are_told_by_the_clock_in_beijing():
    late = dt.datetime(2026, 11, 21, 20, 30, tzinfo=dt.UTC)
    assert beijing(late) == beijing(late.replace(tzinfo=None)) == "2026-11-22 04:30"
