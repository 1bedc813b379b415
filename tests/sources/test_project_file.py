import openpyxl
import pytest

from chainmap.catalogue.admission import FIELD_ZH
from chainmap.errors import CurationError, InputError
from chainmap.reports.project_template import write_project_template
from chainmap.sources.project_file import read_project

TEXT = "name: 某项目\nsegment: 光刻胶\ninvestment: 26000\nland: 50\nkeywords: [光刻胶]\n"


def yaml_file(tmp_path, text):
    file = tmp_path / "项目.yml"
    file.write_text(text, "utf-8")
    return file


def filled(tmp_path, **cells):
    file = tmp_path / "项目.xlsx"
    write_project_template(file)
    book = openpyxl.load_workbook(file)
    for row in book["项目"].iter_rows(min_row=2):
        if row[0].value in cells:
            row[1].value = cells[row[0].value]
    book.save(file)
    return file


def test_yaml_is_read(tmp_path):
    project = read_project(yaml_file(tmp_path, TEXT), FIELD_ZH)
    assert project.investment == 26000 and project.keywords == ("光刻胶",) and project.tax is None


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("land: 50", "land: 五十", r"项目.yml:4 \[land\]"),
        ("land: 50", "land: 0", r"项目.yml:4 \[land\]"),
        ("land: 50", "acres: 50", r"项目.yml:4 \[acres\]"),
        ("land: 50", "industry_code: 3985", r"项目.yml:4 \[industry_code\]"),
    ],
)
def test_a_wrong_field_is_named_with_file_and_line(tmp_path, old, new, place):
    with pytest.raises(CurationError, match=place):
        read_project(yaml_file(tmp_path, TEXT.replace(old, new)), FIELD_ZH)


def test_the_template_reads_back(tmp_path):
    file = filled(
        tmp_path,
        **{"项目名称": "某项目", "用地（亩）": "50.5", "环评批复": "未取得",
           "国民经济行业代码": "0111", "产品和工艺关键词": "光刻胶、树脂，显影液"},
    )  # fmt: skip
    project = read_project(file, FIELD_ZH)
    assert project.land == 50.5 and project.industry_code == "0111"
    assert project.keywords == ("光刻胶", "树脂", "显影液")


def test_a_wrong_cell_is_named_with_its_row(tmp_path):
    file = filled(tmp_path, **{"项目名称": "某项目", "用地（亩）": "很大"})
    with pytest.raises(InputError, match="第 7 行“用地（亩）”：应为数，实为 '很大'"):
        read_project(file, FIELD_ZH)


def test_the_template_offers_the_choices(tmp_path):
    file = tmp_path / "a.xlsx"
    write_project_template(file)
    lists = openpyxl.load_workbook(file)["项目"].data_validations.dataValidation
    assert '"已取得,未取得,未通过,不需要"' in {rule.formula1 for rule in lists}


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="不认识项目文件"):
        read_project(tmp_path / "项目.txt", FIELD_ZH)
