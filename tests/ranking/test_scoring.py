from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainmap.errors import InputError, ModelError
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.makes import load_makes_model
from chainmap.ranking.scorer import MakerRates, Summand, measured_rates, scorer_from
from chainmap.ranking.scoring import makes_chance, score_candidates
from chainmap.ranking.target_options import TargetOptions, weights_from, year_known
from chainmap.tables import CANDIDATES
from tests.ranking.lists import DAY, candidates_of, released

CANDIDATES_OF_HOME = candidates_of()
SCORER = released()
OPEN = TargetOptions(top=0, per_segment=0, draws=0)


def changed(company, segment, **columns):
    """Return the candidates with columns of one row changed."""
    one = (pl.col("company_id") == company) & (pl.col("segment_id") == segment)
    return CANDIDATES.check(
        CANDIDATES_OF_HOME.with_columns(
            pl.when(one).then(pl.lit(value)).otherwise(name).alias(name)
            for name, value in columns.items()
        )
    )


def with_feature(company, name, value, add=False):
    """Return the candidates with one raw feature of a company changed."""
    rows = CANDIDATES_OF_HOME.to_dicts()
    for row in rows:
        for one in row["features"]:
            if row["company_id"] == company and one["name"] == name:
                one["value"] = one["value"] + value if add else value
    return CANDIDATES.check(pl.DataFrame(rows, schema=CANDIDATES_OF_HOME.schema))


def utility(candidates, company, segment, options=OPEN, scorer=SCORER):
    scored = score_candidates(candidates, options, scorer)
    return scored.filter(company_id=company, segment_id=segment)["utility"][0]


def test_parts_add_up_to_the_score_and_terms_to_the_utility():
    frame = score_candidates(CANDIDATES_OF_HOME, OPEN, SCORER)
    assert frame["parts"].list.sum().to_list() == pytest.approx(frame["score"].to_list(), abs=1e-6)
    assert frame["terms"].list.sum().to_list() == pytest.approx(
        frame["utility"].to_list(), abs=1e-6
    )
    assert frame["utility"].is_sorted(descending=True)
    assert set(frame["parts"].list.len()) == {len(FAMILIES)}


def test_the_median_candidate_has_no_parts():
    frame = score_candidates(CANDIDATES_OF_HOME, OPEN, SCORER)
    parts = np.array(frame["parts"].to_list())
    assert np.median(parts, axis=0) == pytest.approx(0.0, abs=1e-8)


def test_the_same_by_hand():
    scored = score_candidates(CANDIDATES_OF_HOME, OPEN, SCORER)
    row = scored.filter(company_id="fab-c", segment_id="ic-resist").row(0, named=True)
    values = {one["name"]: one["value"] for one in row["features"]}
    model = sum((values[s.feature] - s.mean) / s.spread * s.weight for s in SCORER.summands)
    rates = SCORER.rates
    rate = (row["n_both"] + 20 * 0.062) / (row["n_makers"] + 20) * rates.neighbour_kept
    lift = 1 + 0.5 * row["policy_weight"]
    bare = scored["gap_score"] / (1 + 0.5 * scored["policy_weight"])
    expected = (
        np.log(rates.right / rates.asked * rate)
        + model
        + np.log(row["gap_score"] / lift / bare.max())
        + np.log(lift)
    )
    assert row["utility"] == pytest.approx(expected, abs=1e-6)


def test_a_weight_multiplies_its_family_and_only_it():
    plain = score_candidates(CANDIDATES_OF_HOME, OPEN, SCORER).sort("company_id", "segment_id")
    for at, family in enumerate(FAMILIES):
        weighed = replace(OPEN, weights=weights_from([f"{family}=2.5"]))
        frame = score_candidates(CANDIDATES_OF_HOME, weighed, SCORER)
        terms = np.array(frame.sort("company_id", "segment_id")["terms"].to_list())
        expected = np.array(plain["terms"].to_list())
        expected[:, at] *= 2.5
        assert terms == pytest.approx(expected, abs=1e-6)


def test_weights_are_checked():
    assert weights_from(["affinity=0.5"])["affinity"] == 0.5
    for wrong in ("affinty=0.5", "affinity=far", "affinity"):
        with pytest.raises(InputError, match="应写作"):
            weights_from([wrong])
    for wrong in (-0.1, 3.1, float("nan")):
        with pytest.raises(InputError, match="之间"):
            TargetOptions(weights={**dict.fromkeys(FAMILIES, 1.0), "need": wrong})
    with pytest.raises(InputError, match="全为 0"):
        TargetOptions(weights=dict.fromkeys(FAMILIES, 0.0))
    with pytest.raises(InputError, match="恰好包含"):
        TargetOptions(weights={"need": 1.0})
    assert not TargetOptions().custom
    assert TargetOptions(weights=weights_from(["need=2"])).custom


def test_a_neighbour_is_far_less_sure_than_a_maker_or_developer_of_the_segment():
    frame = CANDIDATES_OF_HOME.filter(segment_id="ic-resist")
    rates = measured_rates(load_makes_model())
    chance = dict(zip(frame["company_id"], makes_chance(frame, rates), strict=True))
    assert chance["resist-c"] == chance["resist-d"] == pytest.approx(rates.right / rates.asked)
    assert 0.9 < chance["resist-c"] < 1
    assert chance["fab-c"] < 0.05
    assert SCORER.rates == rates


def test_a_scorer_of_an_older_snapshot_keeps_the_rates_it_was_made_with():
    older = SCORER.plain()
    older["rates"] = {
        "right": 82, "asked": 85, "role_right": 0.941, "neighbour": 0.062,
        "neighbour_firms": 20, "sure_from": 0.75,
    }  # fmt: skip
    frame = CANDIDATES_OF_HOME.filter(segment_id="ic-resist")
    again = scorer_from(older).rates
    assert scorer_from(older).plain() == older
    chance = dict(zip(frame["company_id"], makes_chance(frame, again), strict=True))
    assert again == MakerRates()
    assert chance["resist-d"] == pytest.approx(82 / 85 * 0.941)


def test_a_vetoed_company_is_not_ranked():
    frame = candidates_of(struck_off=frozenset({"resist-c"}))
    assert "resist-c" not in set(rank_candidates(frame, OPEN, SCORER)["company_id"])


def test_a_kind_the_catalogue_asks_for_is_a_gain_and_an_unknown_term_nothing():
    before = utility(CANDIDATES_OF_HOME, "resist-c", "ic-resist")
    wanted = changed("resist-c", "ic-resist", wanted_met=["little_giant"])
    assert utility(wanted, "resist-c", "ic-resist") == pytest.approx(before + np.log(1.5))
    unknown = changed("resist-c", "ic-resist", terms_unknown=9)
    assert utility(unknown, "resist-c", "ic-resist") == before


@settings(max_examples=25)
@given(st.sampled_from(["nearness", "same_province", "business_likeness", "chain_partners"]),
       st.floats(0.0, 0.3))  # fmt: skip
def test_nearer_more_alike_more_partners_never_ranks_lower(name, more):
    better = with_feature("resist-c", name, more, add=True)
    assert utility(better, "resist-c", "ic-resist") >= utility(
        CANDIDATES_OF_HOME, "resist-c", "ic-resist"
    )


@settings(max_examples=25)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_surer_placement_a_stronger_gap_and_a_clearer_plan_never_rank_lower(one, other):
    low, high = sorted((one, other))
    for column in ("confidence", "policy_weight"):
        worse = changed("resist-c", "ic-resist", **{column: low})
        better = changed("resist-c", "ic-resist", **{column: high})
        if column == "policy_weight":  # the gap score holds the policy factor already
            worse, better = (
                frame.with_columns(gap_score=0.2 * (1 + 0.5 * pl.col("policy_weight")))
                for frame in (worse, better)
            )
        assert (
            utility(better, "resist-c", "ic-resist")
            >= utility(worse, "resist-c", "ic-resist") - 1e-9
        )


def test_tenfold_capital_is_worth_less_than_one_standard_deviation_of_size():
    """Registered capital is easily inflated: ten times as much may not carry a firm far."""
    capital = next(s for s in SCORER.summands if s.feature == "capital_size")
    gain = capital.weight / capital.spread  # the feature is log10
    assert 0 <= gain < 0.25
    inflated = with_feature("resist-c", "capital_size", 1.0, add=True)
    before = rank_candidates(CANDIDATES_OF_HOME, OPEN, SCORER)
    after = rank_candidates(inflated, OPEN, SCORER)
    place = [f.filter(company_id="resist-c")["rank"][0] for f in (before, after)]
    assert place[0] - place[1] <= 1


def test_a_scorer_reads_back_from_plain_numbers():
    again = scorer_from(SCORER.plain())
    assert again == SCORER
    with pytest.raises(ModelError, match="不完整"):
        scorer_from({"version": "1"})


def test_stored_candidates_rank_again_under_another_scorer():
    near_only = replace(
        SCORER, version="x", covariance=None,
        summands=(Summand("nearness", "affinity", 0.0, 1.0, 50.0),),
    )  # fmt: skip
    ranked = rank_candidates(CANDIDATES_OF_HOME, OPEN, near_only)
    assert ranked["distance_km"].is_sorted()
    unknown = replace(SCORER, summands=(Summand("wealth", "expansion", 0.0, 1.0, 1.0),))
    with pytest.raises(ModelError, match="wealth"):
        rank_candidates(CANDIDATES_OF_HOME, OPEN, unknown)


def test_only_years_that_are_over_are_known():
    assert year_known(DAY, DAY) is None
    assert year_known(DAY.replace(year=2015), DAY) == 2014
    assert year_known(DAY.replace(2015, 12, 31), DAY) == 2015
