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
