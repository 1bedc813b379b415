"""Three plans in layouts of their own, written for these tests, read as any file would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainmap.concepts.policy import AdminLevel, PolicyExtraction
from chainmap.extraction.reader import extract_document
from chainmap.sources.policy import read_policy

_PLACES: dict[str, tuple[str, AdminLevel]] = {
    "东海省": ("990000", "province"),
    "江州市": ("990100", "city"),
    "江州": ("990100", "city"),
    "临川县": ("990121", "county"),
    "临川": ("990121", "county"),
}


def _read(name: str) -> PolicyExtraction:
    source = read_policy(Path(__file__).parent / "plans" / f"{name}.txt")
    found = extract_document(source, {}, _PLACES)
    for term in found.terms:
        assert source.text[term.start : term.end] == term.surface
    return found


def _leaves(found: PolicyExtraction, item: str) -> list[str]:
    leads = {b.id for b in found.boxes if b.kind == "lead"}
    ids = {i.id for i in found.items if i.name == item and i.box not in leads}
    return [t.term for t in found.terms if t.item in ids and t.role == "leaf"]


def test_a_county_plan_whose_sections_are_the_fields() -> None:
    found = _read("county")
    (area,) = [b for b in found.boxes if b.kind == "key_area"]
    items = [i.name for i in found.items if i.box == area.id]
    assert items == ["储能电池", "特种线缆", "医用影像装备", "绿色食品"]
    assert _leaves(found, "医用影像装备")[-3:] == ["平板探测器", "高压发生器", "球管"]
    assert "隔膜" in _leaves(found, "储能电池")
    assert _leaves(found, "特种线缆") == [
        "电梯随行电缆", "海底光缆", "机器人拖链电缆", "航空导线", "高分子绝缘料",
    ]  # fmt: skip
    assert _leaves(found, "绿色食品") == [
        "冻干果蔬", "植物基饮料", "功能性糖醇", "预制菜", "休闲烘焙",
    ]  # fmt: skip


def test_a_county_plans_goals_with_and_without_a_year() -> None:
    goals = {(g.value, g.unit, g.year) for g in _read("county").goals}
    assert goals >= {
        (120, "个", 2026), (12, "个", 2026), (300, "亿元", 2026), (90, "家", 2026),
        (12, "%", 2026), (150, "亿元", 2026), (60, "万平方米", None), (95, "%", None),
    }  # fmt: skip
    assert (10, "亿元", 2026) not in goals  # 10亿元以上项目12个: a size, no goal


def test_a_county_plans_zone_and_mechanisms() -> None:
    found = _read("county")
    zone = next(p for p in found.positions if p.place == "临川经济开发区")
    assert (zone.code, zone.admin_level) == ("990100", "zone")
    assert {"储能电池", "特种线缆"} <= set(zone.terms)
    # a role told of the zone is not the county's
    assert not any(p.place == "临川县" and "储能" in (p.role or "") for p in found.positions)
    kinds = {m.category for m in found.mechanisms}
    assert kinds >= {"招商目录", "产业链全景图", "准入", "跟踪服务"}


def test_a_provincial_plan_with_rows_of_a_table_in_its_boxes() -> None:
    found = _read("province")
    boxes = [b for b in found.boxes if b.kind == "zhuanlan"]
    assert [b.label for b in boxes] == ["专栏1", "专栏2"]
    names = [i.name for i in found.items if i.box == boxes[0].id]
    assert names == ["高端船舶", "海工平台", "海洋探测"]
    assert _leaves(found, "海工平台") == [
        "自升式钻井平台桩腿", "水下采油树", "柔性立管", "半潜式养殖平台",
    ]  # fmt: skip
    assert _leaves(found, "低空经济")[:3] == ["电动垂直起降飞行器", "物流无人机", "飞控系统"]
    contexts = {t.term for t in found.terms if t.role == "context"}
    assert {"渔业资源调查", "海底测绘"} <= contexts


def test_a_provincial_plans_leads_background_and_table() -> None:
    found = _read("province")
    leads = [b.title for b in found.boxes if b.kind == "lead"]
    assert "突破关键技术" in leads
    assert "发展基础" not in leads
    table = [(g.indicator, g.value, g.growth) for g in found.goals if g.growth is not None]
    assert table == [("总产值", 6000, 12), ("规上企业数", 600, 7.9)]
    assert not any(g.value in (9, 320) for g in found.goals)


def test_a_provincial_plans_places_take_what_is_said_of_them() -> None:
    found = _read("province")
    city = next(p for p in found.positions if p.place == "江州市")
    assert {"高端船舶", "海工平台"} <= set(city.terms)
    assert [p.place for p in found.positions] == ["江州市", "临川县", "江州湾科创大走廊"]


@pytest.mark.parametrize(
    ("item", "leaves"),
    [
        ("工业智能体平台", ["多智能体协同框架", "低代码编排工具"]),
        ("仿生灵巧手", ["腱绳传动", "柔性触觉传感器", "微型直线驱动器"]),
        ("软体抓取器", ["气动软体手指", "可变刚度结构"]),
        ("原子层刻蚀装备", ["原子层刻蚀机", "等离子体源", "射频电源"]),
    ],
)
def test_a_notice_with_a_list_in_its_annex(item: str, leaves: list[str]) -> None:
    assert _leaves(_read("ministry"), item) == leaves


def test_a_notices_call_names_its_fields_and_its_goals() -> None:
    found = _read("ministry")
    listed = [i.name for i in found.items][:5]
    assert listed == ["工业大模型", "柔性机器人", "增材制造", "原子级制造", "生物铸造"]
    assert [(g.value, g.unit) for g in found.goals] == [(20, "项"), (100, "个")]
