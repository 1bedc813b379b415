import datetime as dt

import pytest

from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import Domain
from chainmap.errors import UnknownNameError
from chainmap.reports.timeline import (
    field_rows,
    field_timeline,
    find_domain,
    live_first,
    timeline_rows,
)
from tests.world import CITATIONS, DAY, taxonomy

LATER = """\
  - id: pp2021
    title: 新规划
    issuer: null
    region_code: "330000"
    level: province
    published: "2021-03-01"
    period: {start: 2021, end: 2028}
    file: c.txt
    sha256: "2222222222222222222222222222222222222222222222222222222222222222"
citations:
  - {id: pp2021-robot, document: pp2021, box: 专栏7, start: 3, end: 6, names: [机械臂]}
"""


def library():
    made = ChainLibrary(taxonomy(citations=CITATIONS.replace("citations:\n", LATER)))
    made.domains = tuple(
        Domain(id=i, name=n, name_en=i, aliases=a, chain=c, status="named", documents=d, note=note)
        for i, n, a, c, d, note in [
            ("robots", "机器人", ("机械臂",), "robotics", ("pp2020", "pp2021"), "pp2021 专栏7"),
            ("chips", "集成电路", (), "integrated-circuits", ("cc2024", "pp2021"), ""),
            ("graphene", "石墨", (), None, ("pp2020",), ""),
        ]
    )
    return made


def changes(timeline):
    return {field.name: [m.change for m in field.mentions] for field in timeline.fields}


def test_a_field_enters_stays_or_leaves_between_rounds_of_one_region():
    timeline = field_timeline(library(), DAY)
    assert [(r.region_code, r.year) for r in timeline.rounds] == [
        ("330100", 2024), ("330000", 2018), ("330000", 2021),
    ]  # fmt: skip
    assert changes(timeline) == {
        "机器人": ["absent", "first", "stays"],
        "集成电路": ["first", "absent", "enters"],
        "石墨": ["absent", "first", "leaves"],
    }


def test_heads_say_period_and_state():
    heads = [r.head for r in field_timeline(library(), DAY).rounds]
    assert [head.split(" ", 1)[1] for head in heads] == [
        "2024—2027（在期）", "2018—2020（已到期）", "2021—2028（在期）",
    ]  # fmt: skip


def test_fields_of_plans_in_force_come_first():
    rows = timeline_rows(live_first(field_timeline(library(), DAY)))
    assert [row["领域"] for row in rows] == ["机器人", "集成电路", "石墨"]
    assert rows[-1]["现状"] == "仅见于已到期规划"
    earlier = timeline_rows(live_first(field_timeline(library(), dt.date(2019, 1, 1))))
    assert earlier[0]["领域"] == "机器人" and earlier[0]["现状"] == "在期规划点名"


def test_one_field_is_shown_plan_by_plan_with_its_passages():
    made = library()
    timeline = field_timeline(made, DAY, find_domain(made, "机械臂"))
    rows = field_rows(timeline)
    assert [(row["规划"], row["状态"], row["点名"], row["变化"]) for row in rows] == [
        ("甲市行动方案", "在期", "否", ""),
        ("老规划", "已到期", "是", "首见"),
        ("新规划", "在期", "是", "延续"),
    ]
    assert rows[1]["出处"] == "专栏3 第30–33字"  # the chain's own citation
    assert rows[2]["出处"] == "专栏7 第3–6字"  # by an alias
    assert timeline.fields[0].remark == "《新规划》 专栏7"


def test_an_unknown_field_offers_near_names():
    with pytest.raises(UnknownNameError, match="机器人"):
        find_domain(library(), "机器")
