import polars as pl
import pytest

from chainmap.sources.intake.persons import without_persons, without_signers


def test_a_mail_behind_a_very_long_word_is_still_left_out():
    told = without_persons("甲" * 200_000 + " zhao@a.example 乙")
    assert "@" not in told and told.startswith("甲" * 200_000) and told.endswith("（已隐去） 乙")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("联系人王五 机器人减速器项目", "联系人：（已隐去） 机器人减速器项目"),
        ("减速器项目（联系人 王五）", "减速器项目（联系人：（已隐去））"),
        ("某项目，经办人欧阳修，另报", "某项目，经办人：（已隐去），另报"),
        ("联系人：王五", "联系人：（已隐去）"),
        ("项目负责人培训中心", "项目负责人培训中心"),
        ("联系人信息系统建设项目", "联系人信息系统建设项目"),
    ],
)
def test_a_name_behind_the_word_for_a_person_is_left_out_with_or_without_a_colon(text, left):
    assert pl.select(without_signers(pl.lit(text))).item() == left
