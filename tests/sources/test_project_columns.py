import pytest

from chainmap.concepts.admission import Project
from chainmap.sources.intake.layout import find_layout
from chainmap.sources.project_columns import PROJECT_FIELDS, project_columns


def test_every_field_has_headings_and_every_heading_one_field():
    names = project_columns()
    assert set(names.columns) == set(PROJECT_FIELDS)
    headings = [h for spellings in names.columns.values() for h in spellings]
    assert len(headings) == len(set(headings))


def test_choices_are_those_of_the_admission_rules():
    for field, values in project_columns().values.items():
        if field == "stage":
            assert list(values) == ["策划", "签约", "开工", "投产"]
            continue
        for value in values:
            assert Project.model_validate({"name": "某", field: value})


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("已签约", "签约"), ("在建", "开工"), ("目前已签约，正在办理土地手续", "签约"),
        ("计划年底开工", None), ("尚未签约", None), ("已签约并开工", None), ("在谈", "策划"),
    ],
)  # fmt: skip
def test_a_stage_is_read_only_where_it_is_said_plainly(text, stage):
    assert project_columns().choice("stage", text) == stage


@pytest.mark.parametrize(
    ("field", "text", "choice"),
    [
        ("eia_approval", "未通过", "未通过"), ("eia_approval", "不予批准", "未通过"),
        ("energy_review", "不予通过", "未通过"), ("discharge_permit", "不予许可", "未通过"),
        ("eia_approval", "未获批", "未取得"), ("energy_review", "办理中", "未取得"),
    ],
)  # fmt: skip
def test_a_refused_approval_is_told_from_one_not_given_yet(field, text, choice):
    assert project_columns().choice(field, text) == choice


def test_headings_of_other_offices_are_known_and_people_are_personal():
    headings = ["项目名称", "业主单位", "计划总投资（亿元）", "拟用地面积", "招商专员", "联系电话",
                "首谈人", "项目负责人", "天气"]  # fmt: skip
    layout = find_layout([headings], "清单", None, project_columns())
    assert layout.fields[:4] == ("name", "sponsor", "investment", "land")
    assert layout.fields[4:8] == ("personal",) * 4 and layout.fields[8] is None
    assert layout.units == {"investment": "亿"}
