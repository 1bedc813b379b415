"""Whose goals they are: the place and the field a sentence speaks of."""

from __future__ import annotations

import pytest

from chainmap.concepts.policy import Goal
from chainmap.extraction.goals import goals_of
from chainmap.extraction.places import PlaceTable
from chainmap.extraction.repair import repair
from chainmap.extraction.sections import sections_of
from chainmap.extraction.standing import Whereabouts
from chainmap.extraction.subjects import Field, usable_field

TABLE: PlaceTable = {
    "东海省": ("990000", "province"),
    "江州市": ("990100", "city"),
    "江州": ("990100", "city"),
    "临川县": ("990121", "county"),
    "北江市": ("990200", "city"),
}
PROVINCE = Whereabouts("东海省", "990000", "province", TABLE)
CITY = Whereabouts("江州市", "990100", "city", TABLE)


def _goals(text: str, here: Whereabouts = PROVINCE, *fields: Field) -> list[Goal]:
    clean = repair(text)
    return goals_of(clean, sections_of(clean), here, fields)[0]


def _said(text: str, here: Whereabouts = PROVINCE) -> list[tuple[str, str | None, str | None]]:
    return [(g.indicator, g.region, g.region_code) for g in _goals(text, here)]


def test_a_leading_place_is_said_of_every_member_and_of_the_clauses_after_it() -> None:
    goals = _goals(
        "山区12县技术交易总额、高新技术企业数各年均增长12%,研发投入年均增速高于全省2个百分点。"
        "力争人才资源达到100万人。"
    )
    assert [(g.indicator, g.comparator, g.region, g.region_code, g.growth) for g in goals] == [
        ("山区12县技术交易总额年均增长", "=", None, None, 12.0),
        ("山区12县高新技术企业数年均增长", "=", None, None, 12.0),
        ("山区12县研发投入年均增速高于全省", "=", None, None, None),
        ("人才资源", "力争", "东海省", "990000", None),
    ]


def test_a_place_that_a_clause_sets_to_work_on_holds_until_the_next() -> None:
    text = (
        "支持江州湾科创大走廊建设,到2025年,力争集聚科研院所、科创团队各100家,企业达到1000家;"
        "研发投入占比达到3%。"
    )
    zone = ("江州湾科创大走廊", "990100")
    assert _said(text) == [
        ("江州湾科创大走廊科研院所", *zone),
        ("江州湾科创大走廊科创团队", *zone),
        ("江州湾科创大走廊企业", *zone),
        ("研发投入占比", "东海省", "990000"),
    ]


def test_each_place_takes_its_own_number_and_lends_its_name_no_further() -> None:
    text = "到2025年,临川县新增企业20家,江州市30家;北江市产值达到100亿元,全省产值达到900亿元。"
    assert _said(text) == [
        ("临川县新增企业", "临川县", "990121"),
        ("江州市新增企业", "江州市", "990100"),
        ("北江市产值", "北江市", "990200"),
        ("产值", "东海省", "990000"),
    ]


def test_a_number_that_leans_on_the_goal_before_is_of_the_same_place() -> None:
    text = "到2025年,山区12县产值达到100亿元。到2030年,达到200亿元。"
    assert _said(text) == [("山区12县产值", None, None)] * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("到2025年,江州、北江等市新增企业20家。", ("江州、北江等市新增企业", None, None)),
        ("山区12县发展目标:产值达到100亿元。", ("山区12县产值", None, None)),
        ("到2025年,与北江市共建园区10个。", ("北江市共建园区", "江州市", "990100")),
        ("到2025年,江州高新区企业达到10家。", ("江州高新区企业", "江州高新区", "990100")),
        ("(一)推进大明湖高新区建设。到2025年,企业达到10家。", ("大明湖高新区企业", None, None)),
    ],
)  # fmt: skip
def test_lists_colons_partners_and_zones(text: str, said: tuple[str, str | None, str]) -> None:
    here = CITY if "与" in text else PROVINCE
    assert _said(text, here) == [said]


def test_an_industry_that_acts_is_said_of_what_it_is_to_have() -> None:
    goals = _goals("到2025年,化工产业拥有研发中心10家,培育综合体5个。推动产业发展投入10亿元。")
    assert [g.indicator for g in goals] == [
        "化工产业研发中心", "化工产业综合体", "产业发展投入",
    ]  # fmt: skip


def test_what_an_industry_sells_is_its_own_but_not_how_many_firms_there_are() -> None:
    goals = _goals(
        "到2025年,新兴产业实力增强,新兴产业增加值占比达到40%,产值年均增速15%,企业达到50家。"
    )
    assert [g.indicator for g in goals] == ["新兴产业增加值占比", "新兴产业产值年均增速", "企业"]


def test_goals_under_the_name_of_a_field_are_of_that_field() -> None:
    text = "到2025年,全市新材料产业形成优势明显的产业集群3个,培育上市企业5家,产值达到9亿元。"
    under = Field(0, len(text), "新材料")
    assert [g.indicator for g in _goals(text, CITY, under)] == [
        "新材料产业集群", "新材料上市企业", "新材料产值",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [("新材料产业", "新材料"), ("电池(储能)", "电池"), ("发展目标", ""), ("企业培育工程", "")],
)
def test_a_heading_is_a_field_or_none(heading: str, field: str) -> None:
    assert usable_field(heading) == field
