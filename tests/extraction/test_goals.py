from __future__ import annotations

from chainmap.concepts.policy import Damage, Goal
from chainmap.extraction.goals import goals_of
from chainmap.extraction.repair import repair
from chainmap.extraction.sections import sections_of


def _goals(text: str) -> tuple[list[Goal], list[Damage]]:
    clean = repair(text)
    return goals_of(clean, sections_of(clean), "江州市")


def test_indicator_year_and_who_answers() -> None:
    goals, _ = _goals(
        "1.做强产业。到2025 年,力争全市数字经济增加值达到 800亿元。(责任单位:市发改委、市经信局)"
    )
    (goal,) = goals
    assert (goal.indicator, goal.value, goal.unit, goal.year) == (
        "数字经济增加值",
        800.0,
        "亿元",
        2025,
    )
    assert goal.comparator == "力争"
    assert goal.responsible == ("市发改委", "市经信局")
    assert goal.region == "江州市"


def test_a_lost_unit_stays_null_and_is_reported() -> None:
    goals, damage = _goals("1.做强产业。到2025年,绿色经济增加值达到3000(责任单位:市发改委)")
    assert [(g.value, g.unit, g.damaged) for g in goals] == [(3000.0, None, True)]
    assert [d.kind for d in damage] == ["lost_unit"]


def test_lists_of_counts_and_shared_numbers() -> None:
    goals, _ = _goals("到2025年,建成科创平台10家、企业技术中心15家;集聚科研院所、创新团队各100家。")
    assert [(g.indicator, g.value) for g in goals] == [
        ("科创平台", 10.0), ("企业技术中心", 15.0), ("科研院所", 100.0), ("创新团队", 100.0),
    ]  # fmt: skip


def test_one_number_each_for_two_indicators() -> None:
    goals, _ = _goals("到2025年,亩均产值、亩均税收分别达到500万元、30万元。")
    assert [(g.indicator, g.value, g.unit) for g in goals] == [
        ("亩均产值", 500.0, "万元"), ("亩均税收", 30.0, "万元"),
    ]  # fmt: skip


def test_a_count_before_its_noun_and_a_size_inside_it() -> None:
    goals, _ = _goals(
        "到2025年,培育1—2家年收入超50亿元的龙头企业,新建20个特色鲜明、链条完整的产业园区。"
    )
    assert [(g.indicator, g.value, g.value_max) for g in goals] == [
        ("龙头企业", 1.0, 2.0), ("产业园区", 20.0, None),
    ]  # fmt: skip


def test_the_past_is_no_goal() -> None:
    goals, _ = _goals("一、现实基础\n2020年,全市产值达到100亿元,已建成平台20家。")
    assert goals == []


def test_a_year_holds_to_the_end_of_its_section_and_no_further() -> None:
    goals, _ = _goals(
        "(一)目标。\n到2030年,产业迈上新台阶。\n——产值达到100亿元。\n(二)其他目标。\n企业达到50家。"
    )
    assert [(g.value, g.year) for g in goals] == [(100.0, 2030), (50.0, None)]
