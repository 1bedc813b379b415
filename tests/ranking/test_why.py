"""Why and why-not on the small world: places, removals, changes; then on the bundled data."""

import random
from dataclasses import replace

import polars as pl
import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, rank_targets, standing_of
from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_changes import Kind, smallest_changes
from chainmap.ranking.why_evidence import (
    removal_of,
    strongest_family,
    with_features,
    without_evidence,
)
from chainmap.ranking.why_partners import local_partners, strong_segments
from chainmap.ranking.why_standing import place_of
from chainmap.sources.places import find_city
from chainmap.tables import CANDIDATES
from tests.ranking.lists import gaps_of, released
from tests.world import HOME, small_world

SAMPLE = 24
LEAST_FAITHFUL = 0.9
MOST_FROM_CAPITAL = 0.20
"""Share of all ranked companies that ten times the capital may carry a company past."""


def standing(**options):
    world = small_world()
    return standing_of(world, HOME, gaps_of(world), TargetOptions(**options))


@pytest.fixture(scope="module")
def shaoxing():
    world = load_world()
    city = find_city(world.cities, "绍兴")
    gaps = find_gaps(world, city, GapOptions(as_of=world.edition))
    return standing_of(world, city, gaps, TargetOptions())


def test_the_place_is_that_of_the_list():
    asked = standing(top=3, per_segment=1)
    world = small_world()
    ranked = rank_targets(world, HOME, gaps_of(world), asked.options)
    for company, rank in ranked.select("company_id", "rank").iter_rows():
        place = asked.place(company)
        assert place.listed == rank and place.on_list(asked.options)
        assert asked.ranked_row(company)["rank"].to_list() == [rank]
    assert asked.place("fab-a") is None  # at home


def test_a_company_over_the_limit_has_a_place_only_among_all():
    asked = standing(top=0, per_segment=1)
    over = [c for c in asked.ordered["company_id"] if asked.place(c).listed is None]
    assert over
    rows = pl.concat([asked.ranked_row(company) for company in over])
    assert rows["rank"].to_list() == [asked.place(company).overall for company in over]
    assert ((rows["rank_low"] <= rows["rank"]) & (rows["rank"] <= rows["rank_high"])).all()
    assert (rows["rank_low"] < rows["rank_high"]).any()  # off the list is no surer than on it


@pytest.mark.parametrize("options", [{"top": 1, "per_segment": 3}, {"top": 2, "per_segment": 1}])
def test_every_change_brings_the_company_in_when_it_is_made(options):
    asked = standing(**options)
    outside = [c for c in asked.ordered["company_id"] if not asked.place(c).on_list(asked.options)]
    assert outside
    seen = set()
    for company in outside:
        for change in smallest_changes(asked, company):
            seen.add(change.kind)
            made = _made(asked, company, change)
            assert made is None or made == change.rank, (company, change)
            assert not asked.options.top or change.rank <= (change.top or max(change.rank, 1))
    assert {Kind.TOP, Kind.PER_SEGMENT} & seen and len(seen) >= 3


def _made(asked, company, change):
    """Return the rank after a change of the question, made the plain way; None for facts."""
    options, segment = asked.options, None
    if change.kind is Kind.TOP:
        options = replace(options, top=int(change.amount))
    elif change.kind is Kind.PER_SEGMENT:
        options = replace(options, per_segment=int(change.amount), top=change.top or options.top)
    elif change.kind is Kind.WEIGHT:
        weights = {**options.weights, change.family.value: change.amount}
        options = replace(options, weights=weights)
    elif change.kind is Kind.SEGMENT:
        segment = asked.world.library.segments[change.segment_id]
    else:
        return None
    ranked = rank_targets(asked.world, asked.city, asked.gaps, options, segment)
    return dict(ranked.select("company_id", "rank").iter_rows())[company]


def test_a_longer_list_is_the_shortest_that_holds_the_company():
    asked = standing(top=1, per_segment=0)
    last = asked.ordered["company_id"][-1]
    change = next(c for c in smallest_changes(asked, last) if c.kind is Kind.TOP)
    shorter = replace(asked.options, top=int(change.amount) - 1)
    assert not asked.place(last).on_list(shorter)


def test_the_strongest_family_is_the_largest_part_and_none_where_nothing_gains():
    assert strongest_family([0.0, 0.3, 0.1, 0.0, 0.0, 0.0, 0.0]) is Family.NEED
    assert strongest_family([-1.0] * len(FAMILIES)) is None


@pytest.mark.parametrize("family", list(Family))
def test_evidence_taken_out_of_one_row_leaves_the_others_as_they_were(family):
    asked = standing()
    row = asked.ordered.row(0, named=True)
    altered = without_evidence(asked, row["company_id"], row["segment_id"], family)
    others = pl.col("company_id") != row["company_id"]
    assert altered.filter(others).equals(asked.candidates.filter(others))


def test_local_partners_are_companies_of_the_city_on_either_side():
    world = small_world()
    found = local_partners(world, HOME, "ic-resist", "elsewhere")
    assert [(one.company_id, one.side) for one in found] == [("fab-a", "customer")]
    assert {one.company_id for one in local_partners(world, HOME, "ic-testing", "elsewhere")} == {
        "pack-a"
    }
    own = str(world.companies.filter(pl.col("company_id") == "fab-a")["group_id"][0])
    assert local_partners(world, HOME, "ic-resist", own) == []
    assert strong_segments(world, HOME) == {}


def test_the_strongest_evidence_removed_lowers_the_rank(shaoxing):
    chosen = random.Random(20261121).sample(shaoxing.ordered["company_id"].to_list(), SAMPLE)
    found = [one for one in (removal_of(shaoxing, company) for company in chosen) if one]
    assert len(found) > SAMPLE / 2
    moved = sum(one.rank_without > one.rank for one in found)
    assert moved / len(found) >= LEAST_FAITHFUL


def test_ten_times_the_capital_moves_a_rank_by_less_than_the_bound(shaoxing):
    companies = shaoxing.ordered["company_id"].to_list()
    for company in random.Random(20261121).sample(companies, SAMPLE // 2):
        held = shaoxing.candidates.filter(pl.col("company_id") == company)["features"][0]
        own = next(one["value"] for one in held if one["name"] == "capital_size")
        top = pair_features()["capital_size"].high
        rise = with_features(pl.col("company_id") == company, {"capital_size": min(own + 1, top)})
        altered = CANDIDATES.check(shaoxing.candidates.with_columns(rise))
        again = score_candidates(altered, shaoxing.options, shaoxing.scorer)
        gained = (
            shaoxing.place(company).overall - place_of(again, shaoxing.options, company).overall
        )
        assert 0 <= gained <= MOST_FROM_CAPITAL * len(companies)


def test_more_of_a_monotone_feature_never_ranks_lower():
    asked, features = standing(), pair_features()
    assert {s.feature for s in released().summands} <= set(features)
    for summand in released().summands:
        one = features[summand.feature]
        if not one.monotone:
            continue
        for company in asked.ordered["company_id"]:
            best = one.high if one.monotone > 0 else one.low
            more = with_features(pl.col("company_id") == company, {one.name: best})
            altered = CANDIDATES.check(asked.candidates.with_columns(more))
            again = score_candidates(altered, asked.options, asked.scorer)
            assert place_of(again, asked.options, company).overall <= asked.place(company).overall


def test_more_need_or_policy_never_ranks_lower_and_a_failed_term_takes_out():
    asked = standing()
    for company, segment in asked.ordered.select("company_id", "segment_id").iter_rows():
        row = (pl.col("company_id") == company) & (pl.col("segment_id") == segment)
        for name, value in (("gap_score", 2.0), ("n_both", 50)):
            raised = pl.when(row).then(pl.lit(value)).otherwise(name).alias(name)
            makers = pl.max_horizontal("n_makers", "n_both").alias("n_makers")
            altered = asked.candidates.with_columns(raised).with_columns(makers)
            again = score_candidates(CANDIDATES.check(altered), asked.options, asked.scorer)
            assert place_of(again, asked.options, company).overall <= asked.place(company).overall
        failed = pl.when(row).then(pl.lit("terms_failed")).otherwise("veto").alias("veto")
        out = CANDIDATES.check(asked.candidates.with_columns(failed))
        kept = score_candidates(out, asked.options, asked.scorer)
        assert kept.filter(row).is_empty()
