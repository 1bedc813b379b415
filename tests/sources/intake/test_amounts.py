import pytest

from chainmap.sources.intake.amounts import read_amount, states_amount


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("51.8000(万元人民币)", 51.8, "CNY"),
        ("500万美元", 500, "USD"),
        ("人民币伍佰万元整", 500, "CNY"),
        ("壹仟贰佰万元", 1200, "CNY"),
        ("贰佰万港元", 200, "HKD"),
        ("1,200万", 1200, "CNY"),
        ("1，200．5万元", 1200.5, "CNY"),
        ("88(万)", 88, "CNY"),
        ("100( 万元人民币)", 100, "CNY"),
        ("1.5E-2万人民币", 0.015, "CNY"),
        ("5000元人民币", 0.5, "CNY"),
        ("3.2亿元", 32000, "CNY"),
        ("30(万德国马克)", 30, "DEM"),
        ("USD 1,000,000元", 100, "USD"),
    ],
)
def test_an_amount_is_read_in_ten_thousands_of_its_currency(text, value, currency):
    assert read_amount(text) == (pytest.approx(value), currency, None)


def test_a_bare_number_takes_the_unit_of_its_heading_or_none():
    assert read_amount("1000", "万").value_10k == 1000
    assert read_amount("1000", "元").value_10k == 0.1
    assert "没有写明单位" in read_amount("1000").problem
    assert "没有写明单位" in read_amount("500()").problem


@pytest.mark.parametrize("text", ["HAKAM M", "贸易", "12.3.4万", "99999999999亿元", "-5万"])
def test_what_is_no_amount_is_not_guessed(text):
    found = read_amount(text)
    assert found.value_10k is None and found.problem


def test_a_person_in_the_column_for_amounts_is_not_repeated():
    assert "张三丰" not in read_amount("张三丰").problem
    assert not states_amount("张三丰")
