import polars as pl
import pytest

from chainmap.ranking.firm_finder import NOT_THERE, SEVERAL, UNNAMED, firm_finder

FIRMS = pl.DataFrame(
    {
        "firm_id": ["600703.SH", "000333.SZ", "900001.SH", "900002.SH", "a-1"],
        "name": ["三安光电股份有限公司", "美的集团股份有限公司", "甲机械有限公司",
                 "甲机械有限公司", "乙机电有限责任公司"],
        "short_name": ["三安光电", "美的集团", "甲机A", "甲机B", None],
    }
)  # fmt: skip


def found(code=None, name=None):
    cells = {"firm_id": [code], "name": [name]}
    rows = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    (row,) = firm_finder(FIRMS).found(rows).to_dicts()
    return row


@pytest.mark.parametrize(
    "code",
    ["600703.SH", "600703.sh", "600703", "sh600703", "SH.600703", "６００７０３", " 600703 "],
)
def test_a_code_is_known_with_and_without_its_exchange(code):
    row = found(code)
    assert (row["firm_id"], row["unfound"]) == ("600703.SH", None)
    assert row["name"] == "三安光电股份有限公司"


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("三安光电股份有限公司", "600703.SH"), ("三安光电", "600703.SH"), ("美的集团", "000333.SZ"),
        ("甲机A", "900001.SH"), ("乙机电", "a-1"),
    ],
)  # fmt: skip
def test_a_name_is_known_in_full_short_and_without_its_legal_form(name, firm):
    row = found(None, name)
    assert (row["firm_id"], row["name"]) == (firm, name)


def test_what_is_unknown_or_fits_several_firms_is_none_of_them_and_says_why():
    assert found("999999", "没有这家公司")["unfound"] == NOT_THERE
    assert found(None, "甲机械有限公司")["unfound"] == SEVERAL
    assert found()["unfound"] == UNNAMED
    assert found(None, "甲机械有限公司")["firm_id"] is None


def test_a_code_comes_before_a_name_and_a_name_stands_in_for_an_unknown_code():
    assert found("900002.SH", "甲机械有限公司")["firm_id"] == "900002.SH"
    assert found("999999", "三安光电")["firm_id"] == "600703.SH"
