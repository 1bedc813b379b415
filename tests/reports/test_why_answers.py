import polars as pl
import pytest

from chainmap.errors import InputError, UnknownNameError
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking.candidates import Ground
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_standing import Standing
from chainmap.reports.why_answers import Asked, why_record
from chainmap.reports.why_company import company_called
from chainmap.reports.why_not_answers import why_not_record
from chainmap.reports.why_rows import change_rows, family_rows, partner_text, passage_text
from chainmap.sources.places import find_city
from tests.ranking.lists import GAPS, candidates_of, gaps_of, ground_of, released
from tests.world import FIRMS, HOME, small_world

WORLD = small_world()


def standing(world=WORLD, gaps=None, **options):
    return standing_of(
        world, HOME, gaps_of(world) if gaps is None else gaps, TargetOptions(**options)
    )


def asked(chain=None):
    return Asked(GAPS, chain, load_target_model())


def why_not(given, one=None, chain=None):
    one = one or standing(top=2, per_segment=1)
    return why_not_record(one, given, asked(chain), lambda *_: standing(top=2, per_segment=1))


def test_why_holds_contributions_evidence_partners_and_sources():
    record = why_record(standing(), "resist-c", asked())
    assert record.on_list and record.target.company_id == "resist-c"
    total = sum(part.contribution for part in record.families)
    assert total == pytest.approx(record.target.score, abs=1e-6)
    assert len(record.families) == 7 and all(part.evidence_zh for part in record.families)
    assert [one.company_id for one in record.partners] == ["fab-a"]
    assert "fab-a（晶圆制造）" in partner_text(record)
    assert record.citations[0].id == "cc2024-resist" and "甲市行动方案" in passage_text(record)
    assert "688001.SH" in record.checked_at and record.basis.may_act is False
    assert family_rows(record)[-1]["类别"] == "合计"
    assert record.strongest is None or record.strongest.rank_without >= record.strongest.rank


def test_why_of_a_company_that_was_not_ranked_names_the_stage():
    with pytest.raises(InputError, match="本市企业"):
        why_record(standing(), "fab-a", asked())


def test_every_company_stands_at_the_one_stage_it_fell_out_at():
    one = standing(top=2, per_segment=1)
    stages = dict(one.stages.select("company_id", "stage").iter_rows())
    seen = set()
    for company, stage in stages.items():
        record = why_not(company, one)
        assert record.stage == stage and record.answer.endswith(("。", "见下。"))
        assert (record.why is not None) == (stage == "listed")
        assert bool(record.changes) or stage not in ("segment_limit", "below_cut")
        assert change_rows(record) or not record.changes
        seen.add(stage)
    assert {"home", "listed"} <= seen and seen & {"below_cut", "segment_limit"}


def test_a_name_the_roster_does_not_hold_comes_with_near_ones():
    record = why_not("resist-x")
    assert record.stage == "not_in_roster" and record.company_id is None
    assert "resist-c" in record.nearest and "不等于企业不存在" in record.answer


def test_a_selection_without_its_segments_says_so_and_offers_the_chain_that_has_them():
    chain = WORLD.library.find_chain("机器人")
    gaps = gaps_of(WORLD)
    robots = gaps.filter(pl.col("chain_id") == "robotics")
    narrow = standing(gaps=type(gaps)(robots) if not isinstance(robots, type(gaps)) else robots)
    record = why_not("resist-c", narrow, chain)
    assert record.stage == "no_gap" and record.segments[0].segment_id == "ic-resist"
    assert "所问只看“机器人”产业链" in record.segments[0].text
    assert record.changes[0].command == "--chain integrated-circuits"


def on_segment(segment_id, **options):
    """The list for one segment of the small world; None is all of them."""
    segment = WORLD.library.segments[segment_id] if segment_id else None
    return standing_of(WORLD, HOME, gaps_of(WORLD), TargetOptions(**options), segment)


def test_a_list_of_one_segment_says_in_which_segment_a_company_stands_instead():
    chips = WORLD.library.find_chain("集成电路")
    wafer = WORLD.library.segments["ic-wafer"]
    question = Asked(GAPS, chips, load_target_model(), wafer)
    record = why_not_record(
        on_segment("ic-wafer"), "resist-c", question, lambda _, segment: on_segment(segment)
    )
    assert record.stage == "no_gap"
    name = WORLD.library.segments["ic-resist"].name
    assert f"它在“{name}”环节" in record.answer and "最小的改变：改看" in record.answer
    first = record.changes[0]
    assert first.command == "--segment ic-resist" and first.segment_id == "ic-resist"
    listed = on_segment("ic-resist").place("resist-c")
    assert first.rank_after == listed.listed
    assert f"改看“{name}”环节；列第{listed.listed}位" in first.text


def test_a_chain_left_out_where_none_is_asked_for_says_why():
    """A gap of its own chain: without the chain, engagement too low and no plan that names it."""
    world = load_world()
    city = find_city(world.cities, "杭州")
    options = GapOptions(as_of=world.edition)
    one = standing_of(world, city, find_gaps(world, city, options), TargetOptions())
    plain = Asked(options, None, load_target_model())
    record = why_not_record(one, "国盾量子", plain, lambda *_: one)
    assert record.stage == "no_gap" and len(record.answer) < 300
    for said in ("参与度为0.", "不到本市各链的中位数0.", "没有点名该链", "指明后照列"):
        assert said in record.answer
    with pytest.raises(InputError, match="不到本市各链的中位数"):
        why_record(one, str(record.company_id), plain)


def test_a_veto_says_its_rule_its_source_and_its_fact():
    ground = ground_of(WORLD)
    struck = Ground(ground.pairs, struck_off=frozenset({"resist-f"}))
    candidates = candidates_of(WORLD, struck_off=frozenset({"resist-f"}))
    options = TargetOptions(top=0, per_segment=0)
    one = Standing(WORLD, HOME, gaps_of(WORLD), options, struck, candidates, released())
    record = why_not("resist-f", one)
    assert record.stage == "vetoed" and record.rules[0].rule == "已注销或吊销"
    assert record.rules[0].rule_source and record.rules[0].fact_source and not record.changes


def test_names_find_one_company_or_offer_near_ones():
    assert company_called(WORLD, "fab-a") == company_called(WORLD, "fab-a有限公司") == "fab-a"
    assert company_called(WORLD, "688001.SH") == company_called(WORLD, "688001") == "resist-c"
    with pytest.raises(UnknownNameError, match="您是不是要找：servo-e"):
        company_called(WORLD, "servo")
    assert company_called(WORLD, "６８８００１") == "resist-c"
    with pytest.raises(UnknownNameError) as told:
        company_called(WORLD, "resist")
    assert set(told.value.nearest) >= {"resist-c", "resist-d"}
    assert FIRMS


def test_why_never_offers_the_groups_own_companies_as_partners():
    world = load_world()
    city = find_city(world.cities, "衢州")
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition), None)
    one = standing_of(world, city, gaps, TargetOptions())
    head = company_called(world, "立昂微")
    own = world.companies.filter(pl.col("group_id") == head, pl.col("city_code") == city.code)[
        "short_name"
    ].to_list()
    record = why_record(
        one, head, Asked(GapOptions(as_of=world.edition), None, load_target_model())
    )
    assert own and record.partners
    assert not set(own) & {partner.short_name for partner in record.partners}
    first = record.target.counter_evidence[0]
    assert all(name in first for name in own[:2]) and "分清增资扩产与新引进" in first


def test_where_no_plan_of_a_city_is_on_record_plans_are_not_searched():
    world = load_world()
    city = find_city(world.cities, "合肥")
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition), None)
    one = standing_of(world, city, gaps, TargetOptions())
    first = one.ordered["company_id"][0]
    record = why_record(
        one, first, Asked(GapOptions(as_of=world.edition), None, load_target_model())
    )
    [policy] = [part for part in record.families if part.family == "policy"]
    assert policy.evidence == "not_searched" and policy.text == "没有收录适用于本市的规划"
    assert passage_text(record) == "政策依据：没有收录适用于合肥市的规划（未查）。"
