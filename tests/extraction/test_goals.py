from __future__ import annotations

from chainmap.concepts.policy import Damage, Goal
from chainmap.extraction.goals import goals_of
from chainmap.extraction.places import PlaceTable
from chainmap.extraction.repair import repair
from chainmap.extraction.sections import sections_of
from chainmap.extraction.standing import Whereabouts

TABLE: PlaceTable = {"江州市": ("990100", "city"), "江州": ("990100", "city")}
CITY = Whereabouts("江州市", "990100", "city", TABLE)


def _goals(text: str, here: Whereabouts = CITY) -> tuple[list[Goal], list[Damage]]:
    clean = repair(text)
    return goals_of(clean, sections_of(clean), here)


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
        ("年收入超50亿元龙头企业", 1.0, 2.0), ("新建产业园区", 20.0, None),
    ]  # fmt: skip


def test_the_past_is_no_goal() -> None:
    goals, _ = _goals("一、现实基础\n2020年,全市产值达到100亿元,已建成平台20家。")
    assert goals == []


def test_a_year_holds_to_the_end_of_its_section_and_no_further() -> None:
    goals, _ = _goals(
        "(一)目标。\n到2030年,产业迈上新台阶。\n——产值达到100亿元。\n(二)其他目标。\n企业达到50家。"
    )
    assert [(g.value, g.year) for g in goals] == [(100.0, 2030), (50.0, None)]


def test_a_range_may_name_its_unit_twice() -> None:
    goals, _ = _goals(
        "到2025年，培育龙头企业5家—8家，产值达到1,000–2,000亿元，税收达到5亿元至8亿元。"
    )
    assert [(g.indicator, g.value, g.value_max, g.unit) for g in goals] == [
        ("龙头企业", 5.0, 8.0, "家"),
        ("产值", 1000.0, 2000.0, "亿元"),
        ("税收", 5.0, 8.0, "亿元"),
    ]


def test_a_bound_said_by_not_is_turned_round_and_leaves_the_name_alone() -> None:
    goals, _ = _goals(
        "到2025年，占比不得低于30%，能耗不得超过500吨，废品率不高于1%，面积不突破800亩，"
        "利用率≥95%，误差不足5%，能耗强度降低到0.35吨标准煤/万元。"
    )
    assert [(g.indicator, g.comparator, g.unit) for g in goals] == [
        ("占比", "≥", "%"), ("能耗", "≤", "吨"), ("废品率", "≤", "%"), ("面积", "≤", "亩"),
        ("利用率", "≥", "%"), ("误差", "<", "%"), ("能耗强度", "=", "吨标准煤/万元"),
    ]  # fmt: skip


def test_what_an_indicator_starts_from_is_its_base_and_no_goal() -> None:
    goals, _ = _goals(
        "到2025年，研发投入强度由2020年的2.8%提高到3.5%以上，企业从300家增至500家，达标率由80%到95%。"
    )
    assert [(g.indicator, g.base_value, g.base_year, g.value, g.comparator) for g in goals] == [
        ("研发投入强度", 2.8, 2020, 3.5, "≥"),
        ("企业", 300.0, None, 500.0, "="),
        ("达标率", 80.0, None, 95.0, "="),
    ]


def test_how_it_was_in_an_earlier_year_is_no_goal() -> None:
    assert _goals("截至2022年底，全市已建成平台20个，拥有企业300家。")[0] == []
    goals, _ = _goals("2022年，全市实现产值800亿元，到2025年达到1500亿元（2020年为700亿元）。")
    assert [(g.indicator, g.value, g.year) for g in goals] == [("产值", 1500.0, 2025)]


def test_a_number_without_a_name_of_its_own_goes_on_about_the_one_before() -> None:
    goals, _ = _goals("到2027年，核心产业增加值占比达到15%；到2030年，达到20%。")
    assert [(g.indicator, g.value, g.year) for g in goals] == [
        ("核心产业增加值占比", 15.0, 2027),
        ("核心产业增加值占比", 20.0, 2030),
    ]


def test_a_size_is_part_of_the_name_and_quotes_stay_in_pairs() -> None:
    goals, _ = _goals("到2025年，建成5万吨级码头3座，培育“小巨人”企业30家，储能容量达到10吉瓦时。")
    assert [(g.indicator, g.value, g.unit) for g in goals] == [
        ("5万吨级码头", 3.0, "座"),
        ("“小巨人”企业", 30.0, "家"),
        ("储能容量", 10.0, "吉瓦时"),
    ]


def test_years_that_share_an_indicator_go_one_to_one() -> None:
    goals, _ = _goals("到2025年、2030年，产值分别达到100亿元、200亿元。")
    assert [(g.indicator, g.value, g.year) for g in goals] == [
        ("产值", 100.0, 2025),
        ("产值", 200.0, 2030),
    ]


def test_a_later_year_needs_no_word_before_it() -> None:
    goals, _ = _goals("到2025年，产值达到100亿元。2027年，产值达到150亿元，2020年产值为50亿元。")
    assert [(g.value, g.year) for g in goals] == [(100.0, 2025), (150.0, 2027)]


def test_names_that_lean_on_their_neighbours_are_made_whole() -> None:
    goals, _ = _goals(
        "到2025年，研发经费年均增长15%以上，占GDP比重达3.5%，产值年均增长12%，达到500亿元，"
        "形成1个千亿级、10个百亿级产业集群，引进和培育创新团队20个，上市公司80家（其中科创板10家）。"
    )
    assert [g.indicator for g in goals] == [
        "研发经费年均增长", "研发经费占GDP比重", "产值年均增长", "产值", "千亿级产业集群",
        "百亿级产业集群", "创新团队", "上市公司", "科创板",
    ]  # fmt: skip


def test_what_a_number_is_measured_against_stays_in_its_name() -> None:
    goals, _ = _goals(
        "到2025年，收入增速高于全国平均水平1.5个百分点以上，能耗强度比2020年下降15%，占比提高5个百分点，"
        "劳动生产率提高到20万元/人，排放低于同期0.5吨，利润率超过8%。"
    )
    assert [(g.indicator, g.comparator, g.growth) for g in goals] == [
        ("收入增速高于全国平均水平", "≥", None), ("能耗强度比2020年下降", "=", None),
        ("能耗强度占比提高", "=", None), ("劳动生产率", "=", None), ("排放低于同期", "=", None),
        ("利润率", ">", None),
    ]  # fmt: skip


def test_new_and_yearly_things_are_named_as_such() -> None:
    goals, _ = _goals(
        "到2025年，新增甲企业10家、乙企业20家，培育丙企业5家、丁企业6家，每年引进人才100名、团队10个，"
        "领军人才新增50人，规上企业年均新增30家，每年推动100项专利产业化。"
    )
    assert [g.indicator for g in goals] == [
        "新增甲企业", "新增乙企业", "丙企业", "丁企业", "每年引进人才", "每年引进团队",
        "新增领军人才", "规上企业年均新增", "每年推动专利产业化",
    ]  # fmt: skip


def test_sizes_belong_to_the_name_and_praise_does_not() -> None:
    goals, _ = _goals(
        "到2025年，培育实力较强的知名企业20家，其中销售额超百亿的10家，引进知名、年收入超50亿元的企业5家，"
        "国家和省专家分别达到20人，信息化+工业化”融合指数达到100以上。"
    )
    assert [(g.indicator, g.value) for g in goals] == [
        ("知名企业", 20.0), ("销售额超百亿企业", 10.0), ("年收入超50亿元企业", 5.0),
        ("国家专家", 20.0), ("省专家", 20.0), ("信息化+工业化融合指数", 100.0),
    ]  # fmt: skip


def test_an_effort_governs_its_own_clause() -> None:
    goals, _ = _goals(
        "到2025年，力争建成平台10家、企业技术中心15家、高新技术企业研发中心150家，占比力争达到50%。产值率达到40%。"
    )
    assert [g.comparator for g in goals] == ["力争", "力争", "力争", "力争", "="]
