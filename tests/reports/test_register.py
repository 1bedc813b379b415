import pytest

from chainmap.chains.library import load_library
from chainmap.concepts.policy import (
    Box,
    Document,
    Goal,
    Period,
    PolicyExtraction,
    Position,
    Region,
)
from chainmap.concepts.register import GoalFact
from chainmap.reports.plans import place_code, place_name
from chainmap.reports.register import (
    base_text,
    goal_facts,
    goal_register,
    goal_rows,
    growth_text,
    position_facts,
    value_text,
)
from chainmap.sources.places import find_city, load_cities
from tests.world import DAY

SHAOXING = find_city(load_cities(), "绍兴")
PLAN = PolicyExtraction(
    document=Document(
        file="mine.txt", sha256="7" * 64, title="我的规划",
        region=Region(name="绍兴市", code="330600"), period=Period(start=2026, end=2028),
    ),
    boxes=(
        Box(id="b1", label="外", title="", kind="lead", start=0, end=90),
        Box(id="b2", label="内", title="", kind="lead", start=10, end=40),
    ),
    goals=(
        Goal(start=50, end=60, indicator="产值", value=200, unit="亿元", region="新昌县"),
        Goal(start=20, end=30, indicator="企业", value=5, unit="家", region="绍兴市"),
        Goal(start=95, end=99, indicator="投资", value=3, region="某开发区"),
        Goal(start=100, end=104, indicator="某山区企业", value=4),
    ),
    positions=(
        Position(start=5, end=9, place="新昌县", code="330624", terms=("轴承",), role="一句话"),
    ),
)  # fmt: skip


def fact(document="sx2018", code="330600", **more):
    return GoalFact(document=document, start=1, end=2, indicator="旧", region_code=code, **more)


def test_goals_become_facts_in_text_order_with_the_narrowest_box_and_codes():
    found = [(g.indicator, g.box, g.region, g.region_code) for g in goal_facts(PLAN, "x2026")]
    assert found == [
        ("企业", "内", "绍兴市", "330600"),
        ("产值", "外", "新昌县", "330624"),
        ("投资", None, "某开发区", None),
        ("某山区企业", None, None, None),
    ]


def test_a_position_keeps_its_fields_and_leaves_the_sentence_behind():
    (found,) = position_facts(PLAN, "x2026")
    assert (found.place, found.terms) == ("新昌县", ("轴承",))
    assert "一句话" not in found.model_dump_json()


def test_a_users_plan_joins_the_register():
    register = goal_register(load_library(), [fact()], [PLAN], None, DAY)
    assert [plan.title for plan in register.plans][-1] == "我的规划"
    assert (register.goals[0].indicator, register.goals[0].in_force) == ("旧", False)
    assert all(g.in_force for g in register.goals[1:])


def test_a_document_read_anew_takes_the_place_of_its_bundled_rows():
    sha = load_library().documents["sx2018"].sha256
    again = PLAN.model_copy(update={"document": PLAN.document.model_copy(update={"sha256": sha})})
    register = goal_register(load_library(), [fact()], [again], None, DAY)
    assert [g.indicator for g in register.goals] == ["企业", "产值", "投资", "某山区企业"]
    assert {g.document for g in register.goals} == {"sx2018"}


def test_for_a_city_its_own_goals_then_its_counties_then_its_provinces():
    bundled = [
        fact(code="330000"), fact(code="330624"), fact(code="330200"), fact(code="330600"),
        fact(code=None),
    ]  # fmt: skip
    register = goal_register(load_library(), bundled, [], SHAOXING, DAY)
    assert [g.reach for g in register.goals] == ["own", "own", "county", "province"]
    assert goal_rows(register)[2]["地区"] == "本市县（市、区） 新昌县"


def test_a_goal_for_a_place_no_table_knows_is_not_said_to_be_the_whole_regions():
    register = goal_register(load_library(), [], [PLAN], SHAOXING, DAY)
    said = {goal.indicator: goal.region for goal in register.goals}
    shown = {row["指标"]: row["地区"] for row in goal_rows(register)}
    assert said["某山区企业"] is None and shown["某山区企业"] == "市内部分地区"


@pytest.mark.parametrize(
    ("goal", "value", "base", "growth"),
    [
        ({"value": 1.6, "unit": "万家", "comparator": "≥"}, "≥1.6万家", "", ""),
        ({"value": 5, "value_max": 6, "unit": "个"}, "5–6个", "", ""),
        ({"value": 4000, "damaged": True}, "4000（原文单位缺失）", "", ""),
        ({}, "", "", ""),
        (
            {"value": 20, "unit": "件", "base_value": 7.4, "base_year": 2015, "growth": 22,
             "growth_unit": "%"}, "20件", "7.4件（2015年）", "22%",
        ),
    ],
)  # fmt: skip
def test_numbers_are_said_as_printed(goal, value, base, growth):
    made = fact(**goal)
    assert (value_text(made), base_text(made), growth_text(made)) == (value, base, growth)


@pytest.mark.parametrize(
    ("name", "code"),
    [("浙江省", "330000"), ("绍兴", "330600"), ("新昌县", "330624"), ("无此地", None)],
)
def test_places_are_known_by_name_and_code(name, code):
    assert place_code(name) == code
    if code:
        assert place_name(code).startswith(name[:2])
