"""A company is called by its own names; a part of a name never answers for another company."""

import polars as pl
import pytest

from chainmap.errors import UnknownNameError
from chainmap.ranking.company_names import company_named
from chainmap.sources.companies import load_companies
from tests.world import small_world

SMALL = small_world().companies
ROSTER = load_companies()
PARENTS = ("海信", "三星", "京东方", "比亚迪", "格力", "中兴", "巴斯夫", "TCL", "中车", "中芯集成")
"""Known companies the roster does not hold; firms with these letters in their names are in it."""


def refused(companies, given):
    with pytest.raises(UnknownNameError) as told:
        company_named(companies, given)
    return told.value


@pytest.mark.parametrize("given", PARENTS)
def test_a_firm_the_roster_lacks_is_not_answered_for_by_one_whose_name_holds_it(given):
    told = refused(ROSTER, given)
    assert told.nearest and given in str(told)


def test_a_beginning_is_offered_and_not_taken():
    assert refused(SMALL, "servo").nearest == ("servo-e",)
    assert refused(ROSTER, "比亚迪").nearest[0] == "比亚迪半导体"


@pytest.mark.parametrize(
    ("given", "company"),
    [
        ("士兰微", "silan"), ("SILAN", "silan"), ("杭州士兰微电子股份有限公司", "silan"),
        ("杭州士兰微电子", "silan"), (" 芯联集成 ", "unt"), ("688469", "unt"),
        ("６８８４６９．ｓｈ", "unt"), ("长电集成电路(绍兴)有限公司", "jcet-sx"),
        ("长电集成电路（绍兴）", "jcet-sx"), ("士蘭微", "silan"), ("長電積體電路(紹興)", "jcet-sx"),
    ],
)  # fmt: skip
def test_own_names_answer_however_they_are_typed(given, company):
    assert company_named(ROSTER, given) == company


def test_a_short_name_two_groups_share_is_told_apart_by_registered_names():
    told = refused(ROSTER, "中石科技")
    assert "唯一" in str(told) and len(told.nearest) == 2
    assert {company_named(ROSTER, name) for name in told.nearest} == {"jones", "zhongshi-hz"}


def test_near_names_hold_each_firm_once():
    full = ROSTER.filter(pl.col("short_name") == "艾米机器人")["full_name"][0]
    near = refused(ROSTER, "小米机器人").nearest
    assert "艾米机器人" in near and full not in near and len(set(near)) == len(near)


@pytest.mark.parametrize("given", ["", "  ", "没有这家公司的名字", "(", "[", "\\", "x" * 300])
def test_what_no_firm_is_called_is_refused(given):
    assert len(str(refused(ROSTER, given))) < 200


def test_every_firm_is_found_by_every_name_of_its_own():
    for company_id, short, full in ROSTER.head(60).select(
        "company_id", "short_name", "full_name"
    ).iter_rows():  # fmt: skip
        assert company_named(ROSTER, company_id) == company_id
        assert company_named(ROSTER, full) == company_id
        assert company_named(ROSTER, short)


def test_near_names_are_near_in_what_is_their_own():
    assert not {"能科科技", "北矿科技"} & set(refused(ROSTER, "某某电气科技股份有限公司").nearest)
    assert refused(ROSTER, "埃斯敦自动化").nearest[0] == "埃斯顿"
