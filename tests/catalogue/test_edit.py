import openpyxl
import pytest

from chainmap.catalogue.edit import apply_sheets
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue_layout import codes_text
from chainmap.errors import InputError
from chainmap.reports.catalogue_workbook import write_catalogue
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.catalogue_excel import read_catalogue_sheets
from tests.catalogue.making import catalogue
from tests.world import taxonomy

LIBRARY, FIRST, HEADER = ChainLibrary(taxonomy()), 4, 3


class Desk:
    """An official at the exported workbook."""

    def __init__(self, folder, base):
        self.base, self.file = base, folder / "目录.xlsx"
        write_catalogue(base, load_fair_competition(), self.file)
        self.book = openpyxl.load_workbook(self.file)

    def column(self, name, sheet="招商目录"):
        heads = {c.value: c.column for c in self.book[sheet][HEADER]}
        return heads[name]

    def write(self, row, name, value, sheet="招商目录"):
        self.book[sheet].cell(row, self.column(name, sheet)).value = value

    def hand_in(self, **options):
        self.book.save(self.file)
        return apply_sheets(self.base, read_catalogue_sheets(self.file), LIBRARY, **options)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, catalogue())


def test_nothing_edited_is_the_same_catalogue(tmp_path):
    base = catalogue()
    file = tmp_path / "a.xlsx"
    write_catalogue(base, load_fair_competition(), file)
    back = apply_sheets(base, read_catalogue_sheets(file), LIBRARY)
    assert back.content_sha256 == base.content_sha256 and back.items == base.items


def test_saved_by_another_program_it_is_still_the_same(desk):
    assert desk.hand_in().content_sha256 == desk.base.content_sha256


def test_edits_arrive_and_text_stays_text(desk):
    desk.write(FIRST, "备注", "=1+1")
    desk.book["招商目录"].cell(FIRST, desk.column("备注")).data_type = "s"
    desk.write(FIRST, "优先级", "低")
    desk.write(FIRST, "目标对象", "央企，500强")
    desk.write(FIRST, "实施期限", "2026–2028")
    desk.write(FIRST, "准入条件", "A1-A3、A05")
    desk.write(FIRST, "激励内容", "按规定执行")
    first = desk.hand_in().items[0]
    assert first.note == "=1+1" and first.priority.zh == "低"
    assert [w.zh for w in first.wanted] == ["500强", "央企"]
    assert (first.period.start, first.period.end) == (2026, 2028)
    assert first.admission == tuple(desk.base.terms[at].id for at in (0, 1, 2, 4))
    assert first.incentive == "按规定执行"


def test_the_draft_names_the_version_it_came_from(desk):
    desk.write(FIRST, "备注", "改")
    made = desk.hand_in()
    assert made.based_on == desk.base.version_name and made.version != desk.base.version


def test_a_deleted_row_is_refused_unless_meant(desk):
    desk.book["招商目录"].unmerge_cells("A4:A6")
    desk.book["招商目录"].delete_rows(FIRST)
    with pytest.raises(
        InputError, match=r"少了 1 个条目：光刻胶（330100-ic-resist）.*--drop-missing"
    ):
        desk.hand_in()
    assert len(desk.hand_in(drop_missing=True).items) == len(desk.base.items) - 1


def test_an_unknown_id_is_named_with_its_row(desk):
    desk.write(FIRST + 1, "条目编号", "330100-ic-nothing")
    with pytest.raises(InputError, match="第5行“条目编号”：原版本没有条目 330100-ic-nothing"):
        desk.hand_in()


def test_a_fixed_cell_must_stay(desk):
    desk.write(FIRST, "政策依据", "《新规划》")
    with pytest.raises(InputError, match="第4行“政策依据”：此列由程序生成"):
        desk.hand_in()


def test_everything_wrong_is_said_at_once(desk):
    desk.write(FIRST, "优先级", "特高")
    desk.write(FIRST + 1, "准入条件", "A99")
    desk.write(FIRST + 2, "实施期限", "明年")
    with pytest.raises(InputError) as refused:
        desk.hand_in()
    said = str(refused.value)
    assert "共 3 处" in said and "“特高”" in said and "A99" in said and "“明年”" in said


def test_a_new_row_becomes_an_item(desk):
    row = FIRST + len(desk.base.items)
    desk.write(row, "环节", "封装")
    desk.write(row, "引进方向", "引进先进封装项目")
    desk.write(row, "准入条件", "A01")
    added = desk.hand_in().items[-1]
    assert added.id == "330100-ic-pack" and added.origin == "added" and added.reasons == ()


def test_a_new_row_for_an_item_there_is_refused(desk):
    row = FIRST + len(desk.base.items)
    desk.write(row, "环节", "光刻胶")
    desk.write(row, "引进方向", "再来一个")
    with pytest.raises(InputError, match="已有条目 330100-ic-resist"):
        desk.hand_in()


def test_a_number_needs_its_paper(desk):
    row = next(at for at, term in enumerate(desk.base.terms, start=FIRST) if term.id == "zj-mu-tax")
    desk.write(row, "数值", "30", "准入条件")
    made = desk.hand_in()
    assert next(t for t in made.terms if t.id == "zj-mu-tax").value == 30.0
    desk.write(row, "文件", "", "准入条件")
    with pytest.raises(InputError, match="须写出处文件"):
        desk.hand_in()


def test_a_new_term_gets_an_id_of_its_own(desk):
    row = FIRST + len(desk.base.terms)
    code = f"A{len(desk.base.terms) + 1:02}"
    cells = {"序号": code, "指标": "亩均税收", "要求": "不低于30万元/亩", "数值": "30",
             "单位": "万元/亩", "适用地": "甲市", "地区代码": "330100", "性质": "约束",
             "文件": "甲市工业项目准入办法", "发布机关": "甲市政府",
             "文件日期": "2026-01-31"}  # fmt: skip
    for name, value in cells.items():
        desk.write(row, name, value, "准入条件")
    desk.write(FIRST, "准入条件", code)
    made = desk.hand_in()
    assert made.items[0].admission == (f"own-{code.casefold()}",)
    assert made.terms[-1].source.title == "甲市工业项目准入办法" and made.terms[-1].rule is None


def test_a_foreign_workbook_is_no_export(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(InputError, match="不是本产品导出"):
        read_catalogue_sheets(tmp_path / "b.xlsx")


@pytest.mark.parametrize("text", ["nan", "inf", "约五百"])
def test_what_is_no_number_is_refused(desk, text):
    desk.write(FIRST, "数值", text, "准入条件")
    with pytest.raises(InputError, match=f"“{text}”不是数"):
        desk.hand_in()


def test_cells_typed_with_a_chinese_keyboard_are_read(desk):
    desk.write(FIRST, "实施期限", "２０２６－２０２８年")
    desk.write(FIRST, "准入条件", "Ａ０１－Ａ０３，A０５")
    first = desk.hand_in().items[0]
    assert (first.period.start, first.period.end) == (2026, 2028)
    assert first.admission == tuple(desk.base.terms[at].id for at in (0, 1, 2, 4))


def test_terms_numbered_anew_do_not_change_what_untouched_items_must_meet(desk):
    sheet, last = desk.book["准入条件"], FIRST + len(desk.base.terms)
    sheet.insert_rows(FIRST + 1)
    added = {"指标": "标准", "要求": "新", "适用地": "甲市", "地区代码": "330100", "性质": "约束"}
    for name, value in added.items():
        desk.write(FIRST + 1, name, value, "准入条件")
    for at in range(FIRST, last + 1):
        desk.write(at, "序号", f"A{at - FIRST + 1:02}", "准入条件")
    with pytest.raises(InputError, match="重新编过号"):
        desk.hand_in()


def test_a_term_goes_with_its_last_mention_in_one_edit(desk):
    base = desk.base
    gone = next(
        at for at, t in enumerate(base.terms) if any(t.id in i.admission for i in base.items)
    )
    places = {term.id: at for at, term in enumerate(base.terms)}
    for row, item in enumerate(base.items, start=FIRST):
        rest = [places[one] for one in item.admission if places[one] != gone]
        desk.write(row, "准入条件", codes_text(rest))
    desk.book["准入条件"].delete_rows(FIRST + gone)
    made = desk.hand_in()
    assert base.terms[gone].id not in {term.id for term in made.terms}
    assert [len(i.admission) for i in made.items] == [
        len(i.admission) - (base.terms[gone].id in i.admission) for i in base.items
    ]


def test_a_term_that_is_still_named_does_not_go(desk):
    named = desk.base.items[0].admission[0]
    at = [term.id for term in desk.base.terms].index(named)
    desk.book["准入条件"].delete_rows(FIRST + at)
    with pytest.raises(InputError, match="仍有条目引用"):
        desk.hand_in()


@pytest.mark.parametrize("titled", [True, False])
def test_merged_cells_count_for_all_their_rows(desk, titled):
    sheet = desk.book["招商目录"]
    if not titled:
        sheet["A1"].value = None
    wanted = {"备注": "同批推进", "准入条件": "A01–A02"}
    for name, text in wanted.items():
        at = desk.column(name)
        desk.write(FIRST, name, text)
        sheet.merge_cells(start_row=FIRST, end_row=FIRST + 1, start_column=at, end_column=at)
    made = desk.hand_in()
    named = tuple(term.id for term in desk.base.terms[:2])
    assert [(i.note, i.admission) for i in made.items[:2]] == [("同批推进", named)] * 2
    assert made.items[2:] == desk.base.items[2:]
