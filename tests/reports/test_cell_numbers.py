import pytest

from chainmap.reports.cell_numbers import column_format, number_of, share_of


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("7", 7, "0"),
        ("0.070", 0.07, "0.000"),
        ("12.5%", 0.125, "0.0%"),
        ("+0.30", 0.3, "+0.00;-0.00;0.00"),
        ("-0.01", -0.01, "+0.00;-0.00;0.00"),
    ],
)
def test_a_number_keeps_its_value_and_its_looks(text, value, shown):
    assert number_of(text) == (value, shown)


@pytest.mark.parametrize("text", ["", "—", "<1%", "1 / 2", "1–96", "688549.SH", "７", "1e3", "3家"])
def test_anything_else_is_text(text):
    assert number_of(text) is None


def test_codes_of_digits_are_no_shares():
    assert share_of("3985") is None and share_of("0.99%") == (0.0099, "0.00%")


def test_a_column_shows_one_number_of_decimals():
    assert column_format([1, 2, "甲"]) == "0"
    assert column_format([0.1, 0.12, -3.0]) == "0.00"
    assert column_format([1 / 3]) == "0.0000"
