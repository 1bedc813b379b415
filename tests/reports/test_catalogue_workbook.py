import openpyxl

from chainmap.concepts.catalogue import as_draft
from chainmap.reports.catalogue_workbook import write_catalogue
from chainmap.sources.admission_rules import load_fair_competition
from tests.catalogue.making import catalogue


def book(tmp_path, made=None):
    file = tmp_path / "a.xlsx"
    write_catalogue(made or catalogue(), load_fair_competition(), file)
    return file


def with_incentive():
    made = catalogue()
    first = made.items[0].model_copy(update={"incentive": "=用地保障"})
    return as_draft(made.model_copy(update={"items": (first, *made.items[1:])}), None)


def test_the_same_catalogue_gives_the_same_bytes(tmp_path):
    assert book(tmp_path).read_bytes() == book(tmp_path).read_bytes()


def test_it_is_laid_out_to_be_printed(tmp_path):
    sheet = openpyxl.load_workbook(book(tmp_path))["招商目录"]
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "D4"
    assert "A4:A6" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert "草案" in sheet["A1"].value and sheet["D4"].alignment.wrap_text
    assert sheet["D4"].font.name == "仿宋" and sheet["D3"].font.name == "黑体"
    assert "N" not in sheet.print_area


def test_codes_and_formulas_stay_text(tmp_path):
    found = openpyxl.load_workbook(book(tmp_path, with_incentive()))
    sheet = found["招商目录"]
    assert sheet["K4"].value == "=用地保障" and sheet["K4"].data_type == "s"
    assert found["准入条件"]["G4"].value == "000000"


def test_an_incentive_prints_its_mark_and_the_regulation(tmp_path):
    found = openpyxl.load_workbook(book(tmp_path, with_incentive()))
    marks = [row[11].value for row in found["招商目录"].iter_rows(min_row=4)]
    assert marks == ["须公平竞争审查", None, None, None]
    notes = "".join(str(c.value) for row in found["版本说明"].iter_rows() for c in row)
    assert "公平竞争审查条例" in notes and "国务院令第783号" in notes
