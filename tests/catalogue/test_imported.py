import pytest

from chainmap.catalogue.imported import (
    CONFIRM_COLUMNS,
    Decision,
    Frame,
    imported_catalogue,
    read_decisions,
)
from chainmap.catalogue.match import match_rows
from chainmap.chains.library import ChainLibrary
from chainmap.errors import InputError
from chainmap.sources.admission_rules import load_admission_rules
from chainmap.sources.catalogue_excel import SheetRow
from chainmap.sources.foreign_catalogue import ForeignRow
from tests.world import DAY, HOME, taxonomy

LIBRARY = ChainLibrary(taxonomy())
FRAME = Frame(HOME, 2026, load_admission_rules(), DAY)


def row(number, name, **cells):
    return ForeignRow("表", number, {"name": name, "direction": f"引进{name}", **cells})


MATCHES = match_rows(
    [
        row(3, "光刻胶", priority="重点", targets="龙头企业、中央企业"),
        row(4, "高端光刻胶"),
        row(5, "海水养殖"),
    ],
    LIBRARY,
)


def decided(number, name, choice, instead=""):
    cells = dict.fromkeys(CONFIRM_COLUMNS, "") | {
        "工作表": "表", "行号": str(number), "名称": name, "决定": choice, "改为环节": instead,
    }  # fmt: skip
    return SheetRow(number, cells)


def test_only_what_is_sure_is_taken_without_a_decision():
    (item,) = imported_catalogue(MATCHES, {}, FRAME, LIBRARY).items
    assert item.id == "330100-ic-resist" and item.origin == "imported" and item.kind is None
    assert item.direction == "引进光刻胶" and item.priority.zh == "高"
    assert [w.zh for w in item.wanted] == ["央企", "链主"]
    assert "表第3行" in item.note and item.incentive == ""


def test_decisions_take_change_or_leave_out():
    rows = [decided(3, "光刻胶", "不收"), decided(4, "高端光刻胶", "采纳"),
            decided(5, "海水养殖", "改为", "封装｜ic-pack")]  # fmt: skip
    decisions = read_decisions(rows, MATCHES, LIBRARY)
    assert decisions["表", 3] == Decision(None) and decisions["表", 5] == Decision("ic-pack")
    made = imported_catalogue(MATCHES, decisions, FRAME, LIBRARY)
    assert [item.segment for item in made.items] == ["ic-resist", "ic-pack"]


def test_two_rows_of_one_segment_keep_apart():
    decisions = {("表", 4): Decision("ic-resist")}
    made = imported_catalogue(MATCHES, decisions, FRAME, LIBRARY)
    assert [item.id for item in made.items] == ["330100-ic-resist", "330100-ic-resist.2"]


@pytest.mark.parametrize(
    ("row_", "said"),
    [
        (decided(9, "光刻胶", "采纳"), "对不上"),
        (decided(5, "海水养殖", "采纳"), "不能用于这一行"),
        (decided(5, "海水养殖", "改为", "火箭肥料"), "没有找到环节"),
        (decided(3, "光刻胶", "好"), "“好”"),
    ],
)
def test_a_decision_that_cannot_be_read_is_named(row_, said):
    with pytest.raises(InputError, match=f"第{row_.number}行.*{said}"):
        read_decisions([row_], MATCHES, LIBRARY)


def test_a_rejected_row_cannot_be_decided_back_in():
    matches = match_rows([row(3, "光刻胶"), row(4, "光刻胶")], LIBRARY)
    assert matches[1].why == "与第 3 行相同"
    with pytest.raises(InputError, match="已拒收（与第 3 行相同）"):
        read_decisions([decided(4, "光刻胶", "采纳")], matches, LIBRARY)


def test_a_row_that_stands_on_another_sheet_says_on_which():
    again = row(9, "光刻胶")._replace(sheet="续表")
    assert match_rows([row(3, "光刻胶"), again], LIBRARY)[1].why == "与“表”表第 3 行相同"
