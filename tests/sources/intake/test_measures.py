import pytest

from chainmap.sources.intake.measures import read_measure


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("120亩", None, 120), ("120", "亩", 120), ("约80亩左右", None, 80), ("8公顷", None, 120),
        ("66,667平方米", None, 100.0005), ("１２０", "亩", 120), ("2", "公顷", 30),
    ],
)  # fmt: skip
def test_land_is_read_in_mu(text, unit, value):
    assert read_measure(text, unit, "land").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("3500吨标煤", None, 3500), ("0.35万吨标准煤", None, 3500), ("3,500", "吨标准煤", 3500)],
)
def test_energy_is_read_in_tonnes_of_coal_equivalent(text, unit, value):
    assert read_measure(text, unit, "energy").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "kind", "why"),
    [
        ("120", None, "land", "没有写明单位"), ("50-60亩", None, "land", "范围"),
        ("1200万千瓦时", None, "energy", "单位不认得"), ("若干", "亩", "land", "不是可以辨认"),
        ("120", "万", "land", "不能用在这里"), ("99999999亩", None, "land", "大得不合理"),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_open_with_the_reason(text, unit, kind, why):
    found = read_measure(text, unit, kind)
    assert found.value is None and why in found.problem
