import datetime as dt

from tests.world import small_world

DOCUMENT = small_world().library.documents["cc2024"]


def dated(published, start, first_year=None, end=2027):
    period = DOCUMENT.period.model_copy(update={"start": start, "end": end})
    changed = {"published": published, "first_year": first_year, "period": period}
    return DOCUMENT.model_copy(update=changed)


def test_a_plan_is_in_force_from_its_first_day_to_the_end_of_its_last_year():
    plan = dated(dt.date(2024, 3, 1), None)
    assert not plan.in_force(dt.date(2024, 2, 29)) and not plan.expired(dt.date(2024, 2, 29))
    assert plan.in_force(dt.date(2024, 3, 1)) and plan.in_force(dt.date(2027, 12, 31))
    assert not plan.in_force(dt.date(2028, 1, 1)) and plan.expired(dt.date(2028, 1, 1))


def test_without_a_day_the_first_year_counts_whole():
    assert dated(None, 2024).in_force(dt.date(2024, 1, 1))
    assert not dated(None, 2024).in_force(dt.date(2023, 12, 31))
    assert not dated(None, None, first_year=2024).in_force(dt.date(2023, 12, 31))


def test_an_unknown_end_never_expires():
    assert dated(None, 2024, end=None).in_force(dt.date(2099, 1, 1))


def test_age_counts_from_the_best_known_day_and_says_which():
    assert dated(dt.date(2024, 3, 1), 2020).dating().zh == "发布于2024-03-01"
    period = dated(None, 2020, 2019).dating()
    assert (period.day, period.basis) == (dt.date(2020, 7, 1), "period")
    first = dated(None, None, 2019).dating()
    assert (first.day, first.basis) == (dt.date(2019, 7, 1), "first_year")
    assert "年中" in first.zh
    assert dated(None, None).dating() is None
