import polars as pl
import pytest

from chainmap.linkage.names import is_brand, keys, take_apart


@pytest.mark.parametrize(
    "other",
    ["浙江白塔泵业集团有限责任公司", "浙江白塔泵业（集团）有限公司", "浙江白塔泵业(集团)有限公司",
     "浙江 白塔泵业集团 有限公司", "浙江白塔泵業集團有限公司"],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(other):
    assert take_apart(other).key == take_apart("浙江白塔泵业集团有限公司").key


def test_a_stock_company_is_another_name():
    assert take_apart("竹外新材料股份有限公司").key != take_apart("竹外新材料有限公司").key


@pytest.mark.parametrize(
    "other", ["浙江省石梁光电有限公司", "石梁光电（浙江）有限公司", "石梁光电浙江有限公司"]
)
def test_where_and_how_a_place_stands_does_not_matter_loosely(other):
    assert take_apart(other).loose == take_apart("浙江石梁光电有限公司").loose


@pytest.mark.parametrize(
    ("name", "brand", "trade"),
    [
        ("绍兴市上虞区曹娥化工有限公司", "曹娥", "化工"),
        ("半亩塘微电子股份有限公司", "半亩塘", "微电子"),
        ("白塔（嵊州）电机有限公司", "白塔", "电机"),
    ],
)
def test_a_name_is_place_brand_trade_form(name, brand, trade):
    found = take_apart(name)
    assert (found.brand, found.trade) == (brand, trade)


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("浙江白塔泵业集团有限公司绍兴分公司", "浙江白塔泵业集团有限公司"),
        ("宁波渡口塑料制品厂门市部", "宁波渡口塑料制品厂"),
        ("绍兴县石油公司平水加油站", "绍兴县石油公司"),
        ("嵊州农业生产资料有限公司三界供应点", "嵊州农业生产资料有限公司"),
    ],
)
def test_a_branch_names_its_parent(name, parent):
    assert take_apart(parent).key in take_apart(name).parents


@pytest.mark.parametrize(
    "name", ["绍兴电器厂", "绍兴大酒店", "浙江白塔泵业集团有限公司", "平水茶店"]
)
def test_a_company_is_no_branch_of_its_own_beginning(name):
    assert take_apart(name).parents == ()


def test_places_and_trades_are_no_brands():
    assert [is_brand(w) for w in ("白塔", "绍兴", "机械", "甲")] == [True, False, False, False]


def test_columns_and_single_names_agree():
    names = ["浙江白塔泵業（集团）有限公司", "ＡＢＣ（绍兴）有限责任公司"]
    assert keys(pl.Series(names)).to_list() == [take_apart(name).key for name in names]
