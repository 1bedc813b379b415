import openpyxl
import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, rank_targets
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import records, workbook
from chainmap.reports.gap_records import gap_list
from tests.world import DAY, HOME, small_world

# openpyxl does not know the extension that holds the score bars, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

GAPS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    world, options = small_world(), TargetOptions()
    gaps = find_gaps(world, HOME, GAPS)
    ranked = rank_targets(world, HOME, gaps, options)
    folder = tmp_path_factory.mktemp("books")
    targets = records.target_list(world, HOME, ranked, (GAPS, options), None)
    workbook.write_targets(targets, folder / "t.xlsx")
    workbook.write_gaps(gap_list(world, HOME, gaps, GAPS), folder / "g.xlsx")
    return folder, targets


def test_the_first_sheet_is_one_to_forward(made):
    folder, targets = made
    sheet = openpyxl.load_workbook(folder / "t.xlsx")["招商目标清单"]
    assert sheet["A1"].value == "甲市招商目标企业清单"
    assert "2026-11-21" in sheet["A2"].value and "《甲市行动方案》" in sheet["A3"].value
    assert [cell.value for cell in sheet[5]][:4] == ["序号", "企业", "所在城市", "目标环节"]
    assert sheet.freeze_panes == "C6"
    assert sheet.auto_filter.ref == f"A5:K{5 + len(targets.targets)}"
    assert len(sheet.conditional_formatting) == 1
    assert sheet.column_dimensions["B"].width >= 30


def test_codes_stay_text(made):
    folder, targets = made
    sheet = openpyxl.load_workbook(folder / "t.xlsx")["企业信息"]
    codes = [row[2] for row in sheet.iter_rows(min_row=6)]
    assert {c.value or "" for c in codes} == {t.stock_code or "" for t in targets.targets}
    assert all(c.data_type == "s" for c in codes if c.value)


def test_parts_add_up_in_the_file_too(made):
    sheet = openpyxl.load_workbook(made[0] / "t.xlsx")["得分构成"]
    for row in sheet.iter_rows(min_row=6, values_only=True):
        assert sum(row[2:9]) == pytest.approx(row[9], abs=0.04)  # each rounded to 0.01


def test_a_chance_stands_beside_the_usual_one(made):
    sheet = openpyxl.load_workbook(made[0] / "t.xlsx")["可能性"]
    assert [c.value for c in sheet[5]][:4] == ["序号", "企业", "可能性", "通常"]
    for row in sheet.iter_rows(min_row=6):
        assert isinstance(row[2].value, float) and row[2].number_format == "0.00%"


def test_marks_say_how_each_family_is_known(made):
    sheet = openpyxl.load_workbook(made[0] / "t.xlsx")["得分构成"]
    marks = [row[10] for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert marks and all("扩张能力：待核实" in mark for mark in marks)


def test_sources_name_passage_offsets_and_hash(made):
    sheet = openpyxl.load_workbook(made[0] / "t.xlsx")["依据与来源"]
    cells = {str(c.value) for row in sheet.iter_rows() for c in row if c.value}
    assert {"《甲市行动方案》", "第21–24字", "0" * 64} <= cells
    companies = openpyxl.load_workbook(made[0] / "t.xlsx")["企业信息"]
    checked = {row[6].value for row in companies.iter_rows(min_row=6)}
    assert "国家企业信用信息公示系统（按企业全称查询）" in checked


def test_wrapped_rows_are_given_their_height(made):
    sheet = openpyxl.load_workbook(made[0] / "t.xlsx")["招商目标清单"]
    assert all(sheet.row_dimensions[row].height >= 30 for row in range(6, sheet.max_row + 1))


def test_the_same_list_gives_the_same_bytes(made, tmp_path):
    workbook.write_targets(made[1], tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").read_bytes() == (made[0] / "t.xlsx").read_bytes()


def test_gaps_have_a_sheet_of_their_own(made):
    sheet = openpyxl.load_workbook(made[0] / "g.xlsx")["产业链缺口"]
    assert sheet["A1"].value == "甲市产业链缺口清单"
    assert sheet.max_row > 6
