import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.city_names import city_codes, stated_codes
from chainmap.sources.firm_columns import read_firm_table, recognised
from chainmap.sources.places import load_cities


def test_headings_are_recognised_and_introductions_are_not(tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("股票代码,公司名称, 城市 ,公司简介\n1.SZ,甲,深圳市,在成都建厂\n2.SZ,乙,-,\n")
    table = read_firm_table(file, ("firm_id", "name"))
    assert table.columns == ["row", "firm_id", "name", "city"]
    assert table["row"].to_list() == [2, 3]
    assert table["city"].to_list() == ["深圳市", None]


def test_gb18030_and_a_missing_column(tmp_path):
    file = tmp_path / "firms.csv"
    file.write_bytes("企业名称,落地城市\n甲,绍兴\n".encode("gb18030"))
    assert read_firm_table(file, ("other_city",))["other_city"].to_list() == ["绍兴"]
    with pytest.raises(InputError, match="缺少列：setup_date"):
        read_firm_table(file, ("founded",))


def test_city_names_find_their_place():
    table = pl.DataFrame(
        {
            "province": ["北京", "浙江", None, "浙江", "浙江", None],
            "city": ["海淀", "绍兴", "苏州市", "苏州", None, "Grand Cayman"],
        }
    )
    found = city_codes(table, load_cities()).to_list()
    assert found == ["110000", "330600", "320500", None, None, None]
    assert city_codes(pl.DataFrame({"city_code": ["330600"]}), load_cities()).to_list() == [
        "330600"
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("330600", "330600"), ("330604", "330600"), ("310115", "310000"), ("330600.0", "330600"),
        ("绍兴市上虞区", "330600"), ("浙江省绍兴市", "330600"), ("shaoxing", "330600"),
        ("上海市浦东新区", "310000"), ("990000", None), ("某地", None), (None, None),
    ],
)  # fmt: skip
def test_where_a_site_is_may_be_a_code_a_county_or_an_address(cell, code):
    cells = pl.Series([cell, "宁波"], dtype=pl.String)
    assert stated_codes(cells, load_cities()).to_list() == [code, "330200"]


def test_one_of_several_columns_will_do_and_a_second_name_is_the_short_one(tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("公司名称,name,落地城市\n甲股份有限公司,甲,绍兴\n")
    table = read_firm_table(file, (("firm_id", "name"), "other_city"))
    assert (table["name"][0], table["short_name"][0]) == ("甲股份有限公司", "甲")
    with pytest.raises(InputError, match="ts_code、股票代码"):
        read_firm_table(file, (("firm_id", "listed"),))


def test_a_table_says_what_its_headings_answer_to_and_which_answer_to_nothing(tmp_path):
    file = tmp_path / "events.csv"
    file.write_text("股票代码,落地城市,年份,天气\n")
    assert recognised(file) == (frozenset({"firm_id", "other_city", "date"}), ("天气",))


def test_an_address_says_the_city_where_nothing_else_does():
    table = pl.DataFrame(
        {"province": [None, None, "浙江", None], "city": ["杭州", None, None, None],
         "address": ["浙江省绍兴市越城区甲路1号", "绍兴市柯桥区乙路2号", "某镇丙村", None]},
        schema_overrides={"province": pl.String, "city": pl.String},
    )  # fmt: skip
    assert city_codes(table, load_cities()).to_list() == ["330100", "330600", None, None]
