import pytest

from chainmap.sources.intake.alignment import align
from tests.made_up import code

FIELDS = (
    "name", "uscc", "founded", "kind", "personal", "capital", "scope", "province", "city", "address"
)  # fmt: skip
GOOD = [
    "绍兴越湖轴承有限公司", code(3), "1999-03-02", "N/A", "N/A", "88(万)", "轴承制造、销售", "浙江",
    "绍兴", "绍兴市越城区迪荡街道1号",
]  # fmt: skip
CELLS = [None if cell == "N/A" else cell for cell in GOOD]


def test_a_comma_inside_an_unquoted_cell_is_joined_again():
    split = [*GOOD[:6], "轴承", "轴瓦制造、销售", *GOOD[7:]]
    found = align(split, FIELDS)
    assert found.cells == [*CELLS[:6], "轴承,轴瓦制造、销售", *CELLS[7:]]


def test_thousands_are_joined_again():
    found = align([*GOOD[:5], "5", "000(万美元)", *GOOD[6:]], FIELDS)
    assert found.cells == [*CELLS[:5], "5,000(万美元)", *CELLS[6:]]


def test_missing_cells_are_found_by_content():
    assert align(GOOD[:3] + GOOD[5:], FIELDS).cells == CELLS
    assert align(GOOD[:-1], FIELDS).cells == [*CELLS[:-1], None]


def test_shuffled_cells_go_where_their_content_belongs():
    shuffled = [GOOD[9], GOOD[1], GOOD[7], GOOD[8], GOOD[0], GOOD[5], GOOD[2], GOOD[6], "王小二"]
    assert align(shuffled, FIELDS).cells == CELLS


@pytest.mark.parametrize(
    "cells",
    [
        ["甲", "乙"],
        [*GOOD[:1], "91330602MA00000000", *GOOD[2:], "多余"],
        [GOOD[0], code(4), *GOOD[1:]],
        ["x" * 5] * 12,
    ],
)
def test_what_can_be_read_two_ways_or_not_at_all_is_refused(cells):
    found = align(cells, FIELDS)
    assert found.cells is None and "无法确定" in found.how


def test_lost_characters_are_said_to_be_lost():
    assert "无法还原" in align(["\ufffd\ufffd", *GOOD[1:], "x"], FIELDS).how
