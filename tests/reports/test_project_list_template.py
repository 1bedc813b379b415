import openpyxl

from chainmap.reports.project_list_template import COLUMNS, LIST_SHEET, write_project_list_template
from chainmap.sources.intake.layout import find_layout
from chainmap.sources.project_columns import MEASURES, MONEY, project_columns
from tests.project_lists import run


def test_every_heading_is_recognised_as_its_field_with_its_unit():
    headings = [heading for _, heading, _, _ in COLUMNS]
    layout = find_layout([headings], "模板", None, project_columns())
    assert layout.fields == tuple(field for field, *_ in COLUMNS)
    assert set(layout.units) == {*MONEY, *MEASURES}


def test_the_template_is_written_with_choices_and_read_back_filled_in(tmp_path):
    file = tmp_path / "模板.xlsx"
    write_project_list_template(file)
    again = tmp_path / "again.xlsx"
    write_project_list_template(again)
    assert file.read_bytes() == again.read_bytes()
    book = openpyxl.load_workbook(file)
    sheet = book[LIST_SHEET]
    assert len(sheet.data_validations.dataValidation) == len(project_columns().values)
    assert "联系人" in "".join(str(r[1]) for r in book["填写说明"].iter_rows(values_only=True))
    for at, (field, *_) in enumerate(COLUMNS, start=1):
        value = {"name": "甲项目", "investment": "5000", "stage": "签约", "land": "20"}.get(field)
        sheet.cell(2, at, value)
    book.save(file)
    report = run(tmp_path / "ws", file)
    assert (report.lists[0].accepted, report.lists[0].repaired) == (1, 0)
    assert report.passed_over == ["模板.xlsx［填写说明］：没有认出列名，40 行未读。"]


def test_an_empty_template_holds_no_project(tmp_path):
    file = tmp_path / "模板.xlsx"
    write_project_list_template(file)
    assert run(tmp_path / "ws", file).n_projects == 0
