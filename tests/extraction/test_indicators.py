from __future__ import annotations

from chainmap.extraction.indicators import tables_of
from chainmap.extraction.repair import repair

_HEAD = "指标名称 |\n2015年 |\n2020年 |\n年均增长 |\n"
_ROWS = (
    "研发投入占比(%) |\n2.00 |\n2.50 |\n0.1个百分点 |\n企业数(家) |\n100 |\n200以上 |\n14.87% |\n"
)


def test_flattened_rows_come_out_whole() -> None:
    (table,) = tables_of(repair("主要指标\n" + _HEAD + _ROWS), "江州市")
    share, firms = table.goals
    assert (share.indicator, share.value, share.unit) == ("研发投入占比", 2.5, "%")
    assert (share.base_value, share.base_year, share.year) == (2.0, 2015, 2020)
    assert (share.growth, share.growth_unit, share.damaged) == (0.1, "个百分点", False)
    assert (firms.value, firms.comparator, firms.growth) == (200.0, "≥", 14.87)
    assert [d.kind for d in table.damage] == ["flattened_table"]


def test_a_growth_that_does_not_fit_its_row_is_flagged_and_kept() -> None:
    (table,) = tables_of(repair(_HEAD + "产值(亿元) |\n100 |\n200 |\n3% |\n"), None)
    (goal,) = table.goals
    assert (goal.value, goal.growth, goal.damaged) == (200.0, 3.0, True)
    assert "inconsistent_number" in [d.kind for d in table.damage]


def test_a_broken_row_is_reported_and_the_rest_still_read() -> None:
    (table,) = tables_of(repair(_HEAD + "残缺指标 |\n12 |\n" + _ROWS), None)
    assert len(table.goals) == 2
    assert any("不成行" in d.note for d in table.damage)


def test_cells_in_one_line_are_read_too() -> None:
    text = "指标|2020年|2025年|年均增长|\n产值(亿元)|100|200|14.87%|\n"
    (table,) = tables_of(repair(text), None)
    assert table.goals[0].value == 200.0


def test_other_tables_are_left_alone() -> None:
    assert tables_of(repair("产业 |\n链主 |\n机器人 |\n甲公司 |\n"), None) == []


def test_columns_of_words_empty_cells_and_thousands_are_read() -> None:
    text = (
        "序号\t指标\t单位\t2020年\t2025年\t属性\n1\t生产总值\t亿元\t1,200\t不低于1,800\t预期性\n"
        "2\t单位能耗\t吨标准煤\t\t≤0.5\t约束性\n3\t企业数\t家\t—\t500以上\t\n"
    )
    (table,) = tables_of(repair(text), None)
    assert [(g.indicator, g.comparator, g.value, g.unit, g.base_value) for g in table.goals] == [
        ("生产总值", "≥", 1800.0, "亿元", 1200.0),
        ("单位能耗", "≤", 0.5, "吨标准煤", None),
        ("企业数", "≥", 500.0, "家", None),
    ]
    assert [g.base_year for g in table.goals] == [2020, None, None]
    flat = "指标 |\n单位 |\n2020年 |\n2025年 |\n属性 |\n研发强度 |\n% |\n2.8 |\n3.5 |\n预期性 |\n"
    (table,) = tables_of(repair(flat), None)
    assert [(g.indicator, g.value, g.unit) for g in table.goals] == [("研发强度", 3.5, "%")]


def test_an_indicator_table_of_which_nothing_is_read_is_told() -> None:
    (table,) = tables_of(repair("指标\t2020年\t2025年\n文化\t高\t很高\n旅游\t低\t较低\n"), None)
    assert table.goals == ()
    assert "没有一行读得出" in table.damage[0].note
