from dataclasses import replace

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, rank_targets
from chainmap.ranking.baseline import DEFAULT_WEIGHTS, TargetOptions, weights_from
from chainmap.ranking.candidates import propose_candidates
from chainmap.ranking.features import FEATURES
from chainmap.tables import COMPANIES
from tests.world import DAY, FIRMS, HOME, small_world

GAPS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


def targets(world, options=None, segment=None):
    options = options or TargetOptions()
    return rank_targets(world, HOME, find_gaps(world, HOME, GAPS), options, segment)


def candidates(world):
    return propose_candidates(
        find_gaps(world, HOME, GAPS),
        world.placements,
        world.companies,
        world.cities,
        world.library,
        HOME,
    )


def test_no_city_is_offered_its_own_companies():
    ids = set(candidates(small_world())["company_id"])
    assert ids and not ids & {"fab-a", "pack-a", "resist-dealer-a"}


def test_a_neighbour_fits_less_than_a_maker_and_a_dealer_not_at_all():
    dealer = ("resist-dealer-b", "330200", None, [], ["ic-resist:trade"])
    rows = candidates(small_world([*FIRMS, dealer])).filter(pl.col("segment_id") == "ic-resist")
    fit = dict(rows.select("company_id", "segment_fit").iter_rows())
    assert fit["resist-c"] == 1.0
    assert fit["resist-d"] == pytest.approx(0.9)  # develops only
    assert fit["fab-c"] == pytest.approx(0.4)  # uses it
    assert "resist-dealer-b" not in fit
    assert "servo-e" not in fit  # a neighbour only across chains


def test_a_group_with_a_plant_there_is_not_proposed_for_the_same_segment():
    world = small_world()
    assert "fab-c" in set(candidates(world).filter(segment_id="ic-fab")["company_id"])
    same = pl.when(pl.col("company_id") == "fab-a").then(pl.lit("fab-c"))
    companies = world.companies.with_columns(group_id=same.otherwise("group_id"))
    grouped = replace(world, companies=COMPANIES.check(companies))
    rows = candidates(grouped).filter(pl.col("company_id") == "fab-c")
    assert "ic-fab" not in set(rows.filter(pl.col("made_segment_id") == "ic-fab")["segment_id"])


def test_nearness_falls_with_distance_and_standing_follows_titles():
    rows = candidates(small_world()).unique("company_id", maintain_order=True)
    by_distance = rows.sort("distance_km")
    assert by_distance["nearness"].is_sorted(descending=True)
    standing = dict(rows.select("company_id", "standing").iter_rows())
    assert standing["fab-c"] > standing["resist-c"] > standing["wafer-b"] > standing["resist-d"]


def test_parts_add_up_to_the_score_and_scores_fall():
    frame = targets(small_world())
    assert frame["parts"].list.sum().to_list() == pytest.approx(frame["score"].to_list(), abs=1e-6)
    assert frame["score"].is_sorted(descending=True)
    assert frame["company_id"].is_unique().all()


def test_the_list_does_not_depend_on_row_order():
    assert targets(small_world()).equals(targets(small_world(FIRMS[::-1])))


def test_each_feature_alone_orders_the_list_by_itself():
    world = small_world()
    frame = candidates(world)
    for name in FEATURES:
        weights = {feature: float(feature == name) for feature in FEATURES}
        ranked = targets(world, TargetOptions(weights=weights, per_segment=0))
        best = frame.group_by("company_id").agg(pl.col(name).max())
        joined = ranked.join(best, on="company_id", how="left", maintain_order="left")
        assert (joined[name] * 100).to_list() == pytest.approx(joined["score"].to_list(), abs=1e-6)


def test_at_most_per_segment_of_one_segment_and_no_limit_when_one_is_asked_for():
    world = small_world()
    one = targets(world, TargetOptions(per_segment=1))
    assert one["segment_id"].is_unique().all()
    resist = world.library.find_segment("光刻胶")
    only = targets(world, TargetOptions(per_segment=1), resist)
    assert set(only["segment_id"]) == {"ic-resist"}
    assert only.height > 1


def test_reasons_name_the_gap_the_business_and_the_place():
    frame = targets(small_world())
    row = frame.filter(pl.col("company_id") == "resist-c").row(0, named=True)
    assert len(row["reasons"]) == 2
    assert all(reason for reason in row["reasons"])
    said = "".join(r for reasons in frame["reasons"] for r in reasons)
    assert "尚无名录企业" in said and "主要产品：产品一、产品二" in said
    assert row["citations"][0] == "cc2024-resist"


def test_weights_are_checked():
    assert weights_from(["nearness=0.5"])["nearness"] == 0.5
    for wrong in ("nearnes=0.5", "nearness=far", "nearness"):
        with pytest.raises(InputError, match="应写作"):
            weights_from([wrong])
    with pytest.raises(InputError, match="负"):
        TargetOptions(weights={**DEFAULT_WEIGHTS, "nearness": -0.1})
    with pytest.raises(InputError, match="恰好包含"):
        TargetOptions(weights={"nearness": 1.0})
