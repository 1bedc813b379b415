import polars as pl
import pytest

from chainmap.sources.intake.addresses import with_places
from chainmap.sources.intake.divisions import load_divisions
from chainmap.sources.places import load_cities
from tests.made_up import code

SCHEMA = dict.fromkeys(("province", "city", "county", "address", "uscc"), pl.String)


def place(province=None, city=None, county=None, address=None, uscc=None):
    frame = pl.DataFrame([(province, city, county, address, uscc)], schema=SCHEMA, orient="row")
    return with_places(frame).row(0, named=True)


@pytest.mark.parametrize(
    ("address", "city", "county"),
    [
        ("浙江省绍兴市越城区迪荡街道", "330600", "越城区"),
        ("乐清市柳市镇", "330300", "乐清市"),
        ("江苏省昆山市玉山镇", "320500", "昆山市"),
        ("上海市闸北区共和新路", "310000", "静安区"),
        ("吉林市船营区", "220200", "船营区"),
        ("海南藏族自治州共和县", "632500", "共和县"),
        ("北京市北京市朝阳区", "110000", "朝阳区"),
        ("鼓楼区中山路1号", None, None),
    ],
)
def test_an_address_alone(address, city, county):
    found = place(address=address)
    assert (found["city_code"], found["county"]) == (city, county)


@pytest.mark.parametrize(
    ("address", "county"),
    [
        ("杭州市下城区体育场路", "拱墅区"),
        ("杭州市江干区九堡镇", "上城区"),
        ("杭州市江干区下沙街道", "钱塘区"),
        ("杭州市余杭区乔司街道", "临平区"),
        ("绍兴县柯桥街道", "柯桥区"),
        ("绍兴县孙端镇", "越城区"),
        ("宁波市鄞州区集士港镇", "海曙区"),
        ("宁波市江东区福明街道", "鄞州区"),
        ("苍南县龙港镇", "龙港市"),
        ("嵊县浦口镇", "嵊州市"),
        ("金华市金东区孝顺镇", "金东区"),
    ],
)
def test_renamed_merged_and_split_counties_have_their_present_name(address, county):
    found = place(province="浙江", address=address)
    assert found["county"] == county
    assert (found["place_note"] is not None) == (county not in address)


def test_the_same_name_with_another_rank_is_followed_everywhere():
    assert place(address="重庆市梁平县")["county"] == "梁平区"
    assert place(address="重庆市渝北区龙溪街道")["county"] == "两江新区"
    assert place(address="江苏省通州市平潮镇")["county"] == "通州区"


def test_columns_win_over_the_address_and_the_code_comes_last():
    assert place(province="浙江", city="宁波", address="杭州湾新区")["city_code"] == "330200"
    assert place(uscc=code(1, "330783"))["county"] == "东阳市"
    assert "信用代码" in place(uscc=code(1, "330783"))["place_note"]
    assert place(province="江苏", uscc=code(1, "330783"))["city_code"] is None


def test_municipal_districts_and_county_cities_stand_in_the_column_for_cities():
    assert place(province="北京", city="朝阳")["county"] == "朝阳区"
    assert place(city="昆山市")["county"] == "昆山市"


def test_a_city_in_an_address_without_a_county_gives_none():
    found = place(address="绍兴")
    assert (found["city_code"], found["county"]) == ("330600", None)


def test_every_change_leads_to_a_unit_that_is_in_force():
    table = load_divisions()
    for (_, _), changes in table.changes.items():
        for change in changes:
            assert (table.city_of(change.new_code), change.new_name) in table.in_force, change


def found_in(addresses):
    rows = [(None, None, None, address, None) for address in addresses]
    return with_places(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def mainland():
    return load_cities().filter(~pl.col("province_code").str.slice(0, 2).is_in(["71", "81", "82"]))


@pytest.mark.parametrize("begins", ["{province}{city}", "{city}", "{province}{short_name}"])
def test_every_city_is_found_however_its_address_begins(begins):
    rows = mainland().to_dicts()
    places = found_in([f"{begins.format(**row)}人民路1号" for row in rows])
    assert places["city_code"].to_list() == [row["city_code"] for row in rows]


def test_every_county_is_found_in_its_city():
    cities = dict(zip(mainland()["city_code"], mainland()["city"], strict=True))
    known = sorted(place for place in load_divisions().in_force if place[0] in cities)
    places = found_in([f"{cities[city]}{county}人民路1号" for city, county in known])
    assert places.select("city_code", "county").rows() == known


@pytest.mark.parametrize(
    ("address", "city"),
    [("新疆生产建设兵团第八师石河子市", "659001"), ("吉林长春市", "220100"),
     ("海南海口龙华区", "460100"), ("内蒙古锡林郭勒盟锡林浩特市", "152500"),
     ("吉林市船营区", "220200"), ("海南藏族自治州共和县", "632500"),
     ("西藏那曲地区", "540600"), ("湖北省潜江市", "429005"), ("河南省周口地区项城市", "411600"),
     ("辽宁康平县", "210100"), ("陕西省西咸新区", "610100"), ("重庆渝中区", "500000")],
)  # fmt: skip
def test_places_that_are_hard_to_find(address, city):
    assert found_in([address])["city_code"].item() == city
