from typing import Any

import pytest

from chainmap.gaps.score import GapOptions, score_gaps
from chainmap.reports.gap_explanation import explanation_rows, gap_method, reason_text
from chainmap.reports.gap_records import gap_list
from tests.world import DAY, HOME, small_world

WORLD = small_world()
OPTIONS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)
GAPS = {
    gap.segment_id: gap
    for gap in gap_list(WORLD, HOME, score_gaps(WORLD, HOME, OPTIONS), OPTIONS).gaps
}
NAMES = {segment.id: segment.name for segment in WORLD.library.segments.values()}


def said(segment: str = "ic-resist", **changed: Any) -> str:
    return reason_text(GAPS[segment].model_copy(update=changed), "杭州", NAMES)


def test_a_reason_names_the_users_and_their_firms():
    text = said()
    assert text.startswith("杭州名录中尚无“光刻胶”制造或研发企业")
    firm = GAPS["ic-resist"].affected[0].short_name
    assert f"它是本地{firm}所在环节“晶圆制造”的上游，" in text
    assert text.endswith("。") and "；；" not in text and "等）" not in text


@pytest.mark.parametrize(
    ("dependence", "words"),
    [(1.0, "200公里内名录中未见供应"), (0.6, "供应不足"), (0.1, "目前由省内或周边供应")],
)
def test_where_the_users_buy_now_is_said_beside_the_nearest_city(dependence, words):
    assert f"{words}，最近的" in said(dependence=dependence)


def test_where_many_alike_supply_a_user_its_firms_may_not_need_each():
    gap = GAPS["ic-resist"]
    assert "同类上游共8个环节，各企业未必都用到" in reason_text(gap, "杭州", NAMES, 8)
    assert "未必都用到" not in reason_text(gap, "杭州", NAMES, 2)


def test_doubt_about_a_gap_is_said():
    assert "另有14%的可能已有企业而未入名录" in said(p_unseen=0.14)
    assert "未入名录" not in said(p_unseen=0.05)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"p_above_one": 0.2, "expected": 3.2}, "只有1家，少于按产业规模应有的约3.2家"),
        ({"p_above_one": 0.4, "expected": 0.4}, "只有1家，还不能说达到全国平均水平"),
        (
            {"p_above_one": 0.7, "expected": 0.9, "n_leaders": 0, "expected_leaders": 0.6},
            "已有1家，尚无上市公司、链主等龙头，而全国该环节企业中龙头占60%",
        ),
    ],
)
def test_what_is_present_is_said_as_it_stands(changed, words):
    assert words in said(n_companies=1, kind="strengthen", **changed)


def test_a_plan_that_names_the_chain_only_is_no_reason():
    parts = GAPS["ic-resist"].policy_parts
    assert parts
    whole = [part.model_copy(update={"scope": "chain"}) for part in parts]
    assert "点名" not in said(policy_parts=whole)
    near = [part.model_copy(update={"scope": "segment"}) for part in parts]
    assert "点名该环节" in said(policy_parts=near)


def test_an_explanation_names_each_document_once():
    gap = GAPS["ic-resist"]
    many = gap.model_copy(update={"policy_parts": [gap.policy_parts[0]] * 4})
    row = next(r for r in explanation_rows(many) if r["项目"] == "政策权重")
    assert str(row["说明"]).endswith("（同一文件另有3处）")
    assert "；" not in str(row["说明"])


def test_the_method_says_what_holds_where_only_a_leader_is_missing():
    weights = gap_list(WORLD, HOME, score_gaps(WORLD, HOME, OPTIONS), OPTIONS).weights
    assert "缺应有的龙头时不低于0.25" in gap_method(weights)
    assert "缺应有的龙头时不低于0.4×" in gap_method({**weights, "leader_shortfall": 0.4})
    assert "只缺龙头时再乘全国该环节企业中龙头的占比" in gap_method(weights)
