import pytest

from chainmap.errors import InputError, UnknownNameError
from chainmap.gaps.peers import PeerScheme, peer_group, province_peers, similar_cities
from chainmap.sources.places import City
from tests.world import FIRMS, HOME, small_world, world_of

WORLD = small_world()
CROWD = [
    (f"{city}-{segment}-{n}", city, None, [], [f"{segment}:make"])
    for city, segment, many in (
        ("330100", "ic-fab", 8),
        ("330100", "ic-pack", 8),
        ("320100", "ic-fab", 8),
        ("320100", "ic-pack", 8),
        ("440100", "rb-arm", 8),
        ("440100", "ic-fab", 2),
    )
    for n in range(many)
]


def codes(given, world=WORLD, city=HOME):
    return peer_group(city, given, world.presence, world.cities).city_codes


def test_a_city_alone_in_its_province_has_no_peers_there_and_is_told_what_to_do():
    alone = City("330100", "甲市", "甲", "110000", "北京")
    with pytest.raises(InputError, match="改用 size"):
        codes("province", city=alone)
    assert province_peers(alone, WORLD.presence, WORLD.cities) is None


def test_size_takes_the_nearest_in_number_of_companies_first():
    assert codes("size")[0] in ("320100", "320200", "440100", "440200")
    assert HOME.code not in codes("size")


def test_cities_are_named_by_hand_once_each_in_the_order_given():
    for given in ("丁,丙，丁", "丁、丙", "丁；丙"):
        assert codes(given) == ("320200", "320100")
    with pytest.raises(UnknownNameError):
        codes("不存在的地方")
    with pytest.raises(InputError, match="以外的城市"):
        codes("甲")


def test_the_city_with_the_same_industry_is_the_most_similar():
    world = world_of([*FIRMS, *CROWD])
    found = similar_cities(HOME, world.presence)
    assert found["city_code"][0] == "320100"
    assert found["likeness"].is_between(0.0, 1.0).all()
    assert found["likeness"].is_sorted(descending=True)
    assert peer_group(HOME, "similar", world.presence, world.cities).scheme is PeerScheme.SIMILAR


def test_a_city_without_companies_is_like_no_other():
    world = world_of([firm for firm in CROWD if firm[1] != HOME.code])
    assert similar_cities(HOME, world.presence).is_empty()
    with pytest.raises(InputError, match="太少"):
        codes("similar", world)
