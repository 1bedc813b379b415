from chainmap.gaps.affected import changes_of, local_firms, nearest_holders
from chainmap.gaps.score import GapOptions, score_gaps
from tests.world import DAY, HOME, small_world

WORLD = small_world()
GAPS = score_gaps(WORLD, HOME, GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1))


def test_users_of_a_missing_segment_gain_a_supplier_and_suppliers_a_customer():
    firms = local_firms(WORLD, HOME, GAPS)
    resist = firms.filter(segment_id="ic-resist")
    assert resist.select("company_id", "gains").rows() == [("fab-a", "supplier")]
    servo = firms.filter(segment_id="rb-servo")
    assert servo.select("company_id", "gains").rows() == [("fab-a", "customer")]


def test_holders_are_the_nearest_other_cities_that_have_it():
    held = nearest_holders(WORLD, HOME, ["ic-resist"])
    assert held["city_code"].to_list() == ["320200", "320100", "440200"]
    assert held["distance_km"].is_sorted()
    assert HOME.code not in held["city_code"]


def test_what_would_change_a_kind_is_said_for_every_gap():
    for row in GAPS.iter_rows(named=True):
        said = changes_of(row, WORLD.library)
        assert said, row["segment_id"]
        if row["kind"] == "fill":
            assert any("不再有企业" in text for text in said)
        if row["kind"] == "build":
            assert any("转为强链" in text for text in said)
