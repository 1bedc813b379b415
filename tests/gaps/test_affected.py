import pytest

from chainmap.gaps.affected import alike_suppliers, changes_of, local_firms, nearest_holders
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
        if row["state"] == "absent":
            assert "未入名录" in said[0]
        else:
            assert "不再列为缺口" in said[-1]


def absent(**changed):
    row = GAPS.filter(segment_id="ic-resist").to_dicts()[0]
    return row | {"state": "absent", "kind": "fill", "local_users": ["ic-fab"]} | changed


@pytest.mark.parametrize(
    ("changed", "after"),
    [
        ({"local_suppliers": [], "density_percentile": 0.2}, "建链"),
        ({"local_suppliers": [], "density_percentile": 0.8}, "延链"),
        ({"local_suppliers": ["ic-wafer"], "density_percentile": 0.2}, "延链"),
        ({"local_suppliers": ["ic-wafer"], "feasibility": 0.0}, "建链"),
    ],
)
def test_without_its_users_a_gap_is_what_the_rule_of_kinds_says(changed, after):
    row = absent(feasibility=0.02, base_rate=0.01) | changed
    assert changes_of(row, WORLD.library)[1] == f"本地下游“晶圆制造”若不再有企业，转为{after}"


def test_a_service_nearby_makes_no_user_of_a_product():
    row = absent(segment_id="ic-fab", kind="build", local_users=[], local_suppliers=[])
    said = changes_of(row, WORLD.library)
    assert any("“封装”或“伺服电机”" in text for text in said)
    assert not any("芯片检测" in text for text in changes_of(
        absent(segment_id="ic-pack", kind="build", local_users=[]), WORLD.library
    ))  # fmt: skip


def test_what_is_present_says_what_it_lacks():
    row = absent(state="present", kind="strengthen", n_companies=1, n_leaders=0, expected=3.2)
    row |= {"p_above_one": 0.2, "expected_leaders": 2.0}
    assert changes_of(row, WORLD.library) == [
        "制造或研发企业由1家增至约3家，并有上市公司、央企或公认链主这样的龙头进入或成长起来，"
        "即不再列为缺口"
    ]
    assert "由" not in changes_of(row | {"p_above_one": 0.7}, WORLD.library)[0].split("，")[0]
    unled = changes_of(row | {"expected_leaders": 0.1}, WORLD.library)
    assert unled == ["制造或研发企业由1家增至约3家，与产业规模相称，即不再列为缺口"]
    # Among three makers 0.9 leaders are expected, if 0.3 among one: then one would be missing.
    grown = changes_of(row | {"expected_leaders": 0.3}, WORLD.library)
    assert "龙头" in grown[0]


def test_suppliers_of_the_gaps_own_group_are_counted():
    library = WORLD.library
    assert alike_suppliers("ic-resist", ["ic-fab"], library) == 2  # the wafer is of its group
    assert alike_suppliers("ic-resist", [], library) == 1


def test_a_weak_segment_without_users_is_what_the_rule_of_kinds_says():
    row = absent(state="weak", n_companies=1, n_leaders=1, expected=4.0, expected_leaders=0.8)
    assert "转为强链" in changes_of(row | {"p_above_one": 0.1}, WORLD.library)[0]
    nearly = row | {"p_above_one": 0.1, "expected": 1.3}
    said = changes_of(nearly, WORLD.library)
    assert said[0] == "本地下游“晶圆制造”若不再有企业，即不再列为缺口"
    assert said[1] == "制造或研发企业由1家增至约2家，与产业规模相称，即不再列为缺口"
