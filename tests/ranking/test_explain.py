from dataclasses import replace

import polars as pl

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets
from chainmap.ranking.explain import AT_HAND, CLAIMS, NEARBY, UNDATED
from chainmap.ranking.families import FAMILIES, Mark
from chainmap.ranking.gap_words import products_of
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from chainmap.tables import COMPANIES
from tests.ranking.lists import gaps_of
from tests.world import HOME, small_world

LIBRARY = small_world().library
COUNTER = ("company_id", "counter_evidence")


def everyone(segment=None, world=None):
    world, options = world or small_world(), TargetOptions(top=0, per_segment=0)
    return rank_targets(world, HOME, gaps_of(world), options, segment)


def test_only_products_that_speak_of_the_segment_are_quoted():
    resist = LIBRARY.find_segment("光刻胶")
    assert products_of(["炊具", "KrF光刻胶", "小家电"], resist) == ["KrF光刻胶"]
    assert products_of(["炊具", "电子材料"], resist) == []
    assert products_of(["电子材料"], LIBRARY.find_segment("硅片")) == []


def test_reasons_name_the_gap_the_business_and_the_place():
    frame = everyone()
    assert (frame["reasons"].list.len() >= 2).all()
    assert (frame["reasons"].list.len() == frame["reason_families"].list.len()).all()
    for parts, families in frame.select("parts", "reason_families").iter_rows():
        assert set(families) <= set(FAMILIES) and len(set(families)) == len(families)
        assert len(parts) == len(FAMILIES)
    said = "".join(r for reasons in frame["reasons"] for r in reasons)
    assert "尚无名录企业" in said and "主要产品：产品一、产品二" in said
    assert "总部在" in said
    row = frame.filter(pl.col("company_id") == "resist-c").row(0, named=True)
    assert row["citations"][0] == "cc2024-resist"


def test_a_company_that_is_not_in_the_segment_says_so_first():
    """Among the reasons where that gains, and always before all that speaks against it."""
    away = everyone(LIBRARY.find_segment("光刻胶")).filter(
        pl.col("made_segment_id") != pl.col("segment_id")
    )
    assert away.height
    for row in away.iter_rows(named=True):
        gains = row["parts"][FAMILIES.index("segment_fit")] > 0
        assert ("具备延伸条件" in row["reasons"][0]) == gains
        assert "延伸只是推断" in row["counter_evidence"][0]
        assert row["evidence"][0] == Mark.INFERRED


def test_what_gains_nothing_is_named_only_where_less_than_two_gain_and_as_a_fact():
    neutral = 0
    for row in everyone().iter_rows(named=True):
        parts = dict(zip(FAMILIES, row["parts"], strict=True))
        above = sum(part > 0 for part in parts.values())
        for family, text in zip(row["reason_families"], row["reasons"], strict=True):
            even = text.endswith("（此项不强于居中候选）")
            assert even == (parts[family] <= 0) and not (even and above >= 2)
            assert not (even and any(claim in text for claim in CLAIMS))
            neutral += even
    assert neutral


def test_no_reason_promises_partners_that_the_counter_evidence_denies():
    world = load_world()
    city = find_city(world.cities, "温州")
    chain = world.library.find_chain("机器人")
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition), chain)
    denied = 0
    for row in rank_targets(world, city, gaps, TargetOptions(top=300)).iter_rows(named=True):
        if any("直接上下游" in text for text in row["counter_evidence"]):
            promised = (AT_HAND, NEARBY, "关联密切")
            assert not any(one in reason for reason in row["reasons"] for one in promised)
            denied += 1
    assert denied


SAID_AGAINST = {
    "need": "迫切程度低于居中候选",
    "affinity": "区位往来弱于居中候选",
    "relations": "企业所在各环节的直接上下游",
    "policy": "在期规划对",
}


def test_a_family_that_loses_most_is_told_against_the_company():
    told = 0
    for row in everyone().iter_rows(named=True):
        parts = dict(zip(FAMILIES, row["parts"], strict=True))
        worst = min(parts, key=lambda family: parts[family])
        if parts[worst] < -0.01 and worst in SAID_AGAINST:
            assert any(SAID_AGAINST[worst] in text for text in row["counter_evidence"])
            told += 1
    assert told


def test_what_the_roster_does_not_hold_is_to_be_asked():
    for row in everyone().iter_rows(named=True):
        marks = dict(zip(FAMILIES, row["evidence"], strict=True))
        assert marks["expansion"] == Mark.TO_ASK
        assert any("员工人数、注册资本名录未收录" in text for text in row["counter_evidence"])


def test_an_earlier_year_says_whose_founding_year_is_not_known():
    world = small_world()
    undated = pl.when(pl.col("company_id") == "resist-c").then("founded_year")
    world = replace(world, companies=COMPANIES.check(world.companies.with_columns(undated)))
    last = world.edition.year - 1
    told = dict(everyone(world=replace(world, year=last)).select(COUNTER).iter_rows())
    assert len(told) > 1 and "resist-c" in told
    assert {one for one, texts in told.items() if UNDATED not in texts} == {"resist-c"}
    for year in (None, world.edition.year):  # word for word as without the rule
        rows = everyone(world=replace(world, year=year)).select(COUNTER).iter_rows()
        assert dict(rows) == {
            one: [text for text in texts if text != UNDATED] for one, texts in told.items()
        }
