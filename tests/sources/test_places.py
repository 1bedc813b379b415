import pytest

from chainmap.errors import UnknownNameError
from chainmap.sources.places import City, distances_km, find_city, load_cities, load_counties

CITIES = load_cities()


@pytest.mark.parametrize(
    "given",
    [
        "绍兴",
        "绍兴市",
        "Shaoxing",
        "shaoxing",
        "330600",
        " 绍兴 ",
        "浙江绍兴",
        "浙江省 绍兴市",
        "３３０６００",
    ],
)
def test_a_city_answers_to_all_its_spellings(given):
    assert find_city(CITIES, given) == City("330600", "绍兴市", "绍兴", "330000", "浙江")


@pytest.mark.parametrize("given", ["紹興", "紹興市", "寧波", "無錫"])
def test_traditional_characters_mean_the_simplified_ones(given):
    plain = {"紹": "绍", "興": "兴", "寧": "宁", "無": "无", "錫": "锡"}
    assert find_city(CITIES, given) == find_city(CITIES, "".join(plain.get(c, c) for c in given))
    with pytest.raises(UnknownNameError, match="沒有"):
        find_city(CITIES, "沒有這個城市")


def test_an_unknown_city_offers_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        find_city(CITIES, "绍新")
    assert "绍兴市" in caught.value.nearest


def test_a_romanised_name_two_cities_share_is_not_guessed():
    with pytest.raises(UnknownNameError) as caught:
        find_city(CITIES, "Taizhou")
    assert set(caught.value.nearest) == {"台州市", "泰州市"}


def test_a_county_is_answered_with_its_city():
    with pytest.raises(UnknownNameError) as caught:
        find_city(CITIES, "新昌")
    assert caught.value.nearest == ("绍兴市",)


def test_a_former_county_is_answered_with_its_city():
    with pytest.raises(UnknownNameError) as caught:
        find_city(CITIES, "绍兴县")
    assert caught.value.nearest == ("绍兴市",)


def test_a_city_is_looked_for_in_the_province_it_is_said_to_lie_in():
    for given in ("北京朝阳", "江苏绍兴"):
        with pytest.raises(UnknownNameError):
            find_city(CITIES, given)
    assert find_city(CITIES, "辽宁朝阳").name == "朝阳市"


@pytest.mark.parametrize("given", ["浙江", "浙江省", " 浙江 ", "330000"])
def test_a_province_is_answered_with_its_cities(given):
    with pytest.raises(
        UnknownNameError, match=f"“{given.strip()}”是省，不是城市。.*杭州市、宁波市"
    ):
        find_city(CITIES, given)
    with pytest.raises(UnknownNameError, match=r"“廣東”是省，.*广州市、.*等 21 个。") as caught:
        find_city(CITIES, "廣東")
    assert "江门市" in caught.value.nearest and "牡丹江市" not in caught.value.nearest


def test_nothing_is_no_county():
    with pytest.raises(UnknownNameError) as caught:
        find_city(CITIES, " ")
    assert caught.value.nearest == ()


def test_distances_are_what_a_map_says():
    distance = dict(distances_km(CITIES, "330600").iter_rows())
    assert distance["330600"] == 0.0
    assert distance["330100"] == pytest.approx(50, abs=12)
    assert distance["110000"] == pytest.approx(1150, abs=60)


def test_zhejiang_is_whole():
    assert CITIES.filter(province="浙江").height == 11
    counties = load_counties()
    assert counties.height == 90
    assert (counties["mountain"] == "true").sum() == 26
    assert {"330114", "330113", "330383"} <= set(counties["code"])
