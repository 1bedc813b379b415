import polars as pl
import pytest

from chainmap.linkage.names import take_apart
from chainmap.linkage.resolve import BANDS, LINKS, Named, Relation, relate, resolve
from tests.made_up import code

SHAOXING, HANGZHOU = "330600", "330100"
HEAD = Named("浙江白塔泵业集团有限公司", SHAOXING, code(1))


def test_two_credit_codes_are_never_one_company():
    twin = Named(HEAD.name, SHAOXING, code(2))
    assert relate(HEAD, twin).relation is not Relation.SAME
    assert relate(HEAD, HEAD._replace(name="别的名字")).relation is Relation.SAME


def test_name_and_place_decide_where_a_code_is_missing():
    loose = Named("浙江白塔泵业（集团）有限责任公司", SHAOXING)
    assert relate(loose, HEAD).relation is Relation.SAME
    assert relate(loose._replace(city_code=HANGZHOU), HEAD).relation is not Relation.SAME


def test_a_former_name_counts():
    now = Named("浙江白塔泵业集团有限公司", SHAOXING, None, ("绍兴水泵厂",))
    assert relate(Named("绍兴水泵厂", SHAOXING), now).relation is Relation.SAME


def test_a_branch_is_linked_wherever_it_is():
    branch = Named("浙江白塔泵业集团有限公司杭州办事处", HANGZHOU, code(3))
    link = relate(branch, HEAD)
    assert link.relation is Relation.BRANCH and link.confidence > 0.9 and link.why


def test_a_subsidiary_is_proposed_less_surely_the_more_carry_the_brand():
    child = Named("绍兴白塔电机有限公司", SHAOXING, code(4))
    rare, plain, common = (relate(child, HEAD, n) for n in (2, 8, 30))
    assert rare.confidence > plain.confidence
    assert rare.relation is plain.relation is Relation.SUBSIDIARY
    assert common.relation is Relation.NONE and rare.confidence < 0.9


@pytest.mark.parametrize(
    "name", ["宁波白塔泵业有限公司", "绍兴白云泵业有限公司", "绍兴泵业有限公司"]
)
def test_strangers_are_left_alone(name):
    assert relate(
        Named(name, HANGZHOU, code(5)), HEAD._replace(name="白塔泵业有限公司")
    ).relation is (Relation.NONE)


def test_a_register_gets_its_links_and_nothing_is_merged():
    names = {
        code(1): HEAD.name, code(2): "浙江白塔泵业集团有限公司嵊州分公司",
        code(3): "绍兴白塔电机有限公司", code(4): "绍兴镜湖纺织有限公司",
    }  # fmt: skip
    rows = [(c.lower(), n, c, SHAOXING, None, take_apart(n).key) for c, n in names.items()]
    rows.append(("n-1", "绍兴市镜湖纺织有限公司", None, SHAOXING, None,
                 take_apart("绍兴市镜湖纺织有限公司").key))  # fmt: skip
    columns = ("company_id", "name", "uscc", "city_code", "former_names", "name_key")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    links = resolve(frame)
    assert links.schema == LINKS
    assert set(links.select("company_id", "other_id", "relation").iter_rows()) == {
        (code(2).lower(), code(1).lower(), "branch_of"),
        (code(3).lower(), code(1).lower(), "subsidiary_of"),
        ("n-1", code(4).lower(), "same"),
    }


def test_a_proposal_is_as_sure_as_its_band_was_measured():
    group = Named("绍兴白塔集团电机有限公司", SHAOXING, code(6))
    child = Named("绍兴白塔电机有限公司", SHAOXING, code(4))
    assert relate(group, HEAD, 3).confidence == BANDS[0].confidence
    sure = [relate(child, HEAD, n).confidence for n in (2, 8)]
    assert sure == [BANDS[2].confidence, BANDS[3].confidence]
    assert [band.confidence for band in BANDS] == sorted(
        (b.confidence for b in BANDS), reverse=True
    )
