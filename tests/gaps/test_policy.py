"""The plan cc2024 is of 2024-01-01, so at DAY it is 2.9 years old; pp2020 has a first year only."""

import dataclasses
import datetime as dt
import math

import polars as pl
import pytest

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.concepts.register import PositionFact
from chainmap.concepts.wording import Unstated, VerbClass, WordingFile
from chainmap.gaps.policy import AGE_FLOOR, age_of, policy_weights
from chainmap.gaps.score import GapOptions, score_gaps
from chainmap.sources.places import City
from tests.world import CITATIONS, DAY, HOME, small_world, taxonomy

NEIGHBOUR = City("330200", "乙市", "乙", "330000", "浙江")
FOREIGN = City("440100", "戊市", "戊", "440000", "广东")
AGED = math.exp(-(DAY - dt.date(2024, 1, 1)).days / 365.25 / 3.0)
OLD = math.exp(-(DAY - dt.date(2018, 7, 1)).days / 365.25 / 3.0)
WORDING = WordingFile(
    unstated=Unstated(strength=0.7, reason="没有动词"),
    classes=(
        VerbClass(id="strong", name="主攻", strength=1.0, reason="重", verbs=("突破",)),
        VerbClass(id="weak", name="鼓励", strength=0.5, reason="轻", verbs=("鼓励",)),
    ),
)


def weights(city, day=DAY, include_expired=False, positions=(), library=None):
    library = library or small_world().library
    frame = policy_weights(library, city, day, include_expired, positions)
    return {row["segment_id"]: row for row in frame.iter_rows(named=True)}


def worded(verb):
    cited = CITATIONS.replace("names: [光刻胶]}", f"names: [光刻胶], verb: {verb}}}")
    return ChainLibrary(dataclasses.replace(taxonomy(citations=cited), wording=WORDING))


def position(start, terms, code="330100", document="cc2024", place="甲市高新区"):
    return PositionFact(
        document=document, start=start, end=start + 3, place=place, code=code, terms=terms
    )


def test_a_segment_named_by_its_own_city_weighs_what_age_leaves_of_one():
    found = weights(HOME)["ic-resist"]
    chain = 1 - 0.3 * AGED  # the plan names the whole chain in another passage
    assert found["policy_weight"] == pytest.approx(1 - (1 - AGED) * chain)
    assert found["policy_scope"] == "segment"
    assert found["citations"][0] == "cc2024-resist"


def test_a_plan_just_out_counts_in_full():
    assert weights(HOME, day=dt.date(2024, 1, 1))["ic-resist"]["policy_weight"] == 1.0


def test_a_plan_not_out_yet_counts_nothing():
    assert weights(HOME, day=dt.date(2023, 12, 31))["ic-resist"]["policy_weight"] == 0.0


def test_a_plan_not_out_yet_is_no_source_either():
    day = dt.date(2023, 12, 31)
    assert "cc2024-resist" not in weights(HOME, day=day)["ic-resist"]["citations"]
    shown = weights(HOME, day=day, include_expired=True)["ic-resist"]["citations"]
    assert shown and not any(cited.startswith("cc2024") for cited in shown)


def test_naming_the_chain_says_less_than_naming_the_segment():
    assert weights(HOME)["ic-fab"]["policy_weight"] == pytest.approx(0.3 * AGED)
    assert weights(HOME)["ic-fab"]["policy_scope"] == "chain"


def test_an_expired_plan_drives_nothing_unless_asked():
    assert weights(HOME)["rb-arm"]["policy_weight"] == 0.0
    assert weights(HOME)["rb-arm"]["policy_scope"] is None
    assert weights(HOME)["rb-arm"]["policy_parts"] == []
    assert weights(HOME)["rb-arm"]["citations"] == ["pp2020-robot"]
    with_old = weights(HOME, include_expired=True)["rb-arm"]["policy_weight"]
    assert with_old == pytest.approx(0.3 * 0.8 * OLD)
    in_time = weights(HOME, day=dt.date(2018, 7, 1))["rb-arm"]["policy_weight"]
    assert in_time == pytest.approx(0.3 * 0.8)


def test_another_citys_plan_does_not_bind():
    assert weights(NEIGHBOUR)["ic-resist"]["policy_weight"] == 0.0
    assert weights(FOREIGN)["ic-resist"]["policy_weight"] == 0.0


def test_another_citys_plan_is_no_source_either():
    assert weights(FOREIGN)["ic-resist"]["citations"] == []
    assert weights(NEIGHBOUR)["ic-resist"]["citations"] == ["pp2020-mat"]


def test_passages_add_up_without_passing_one():
    found = weights(HOME, include_expired=True)["ic-wafer"]["policy_weight"]
    assert found == pytest.approx(1 - (1 - 0.6 * 0.8 * OLD) * (1 - 0.3 * AGED))


@pytest.mark.parametrize(("verb", "strength"), [("加快突破", 1.0), ("鼓励", 0.5), ("观望", 0.7)])
def test_wording_scales_a_passage(verb, strength):
    (part, *_) = weights(HOME, library=worded(verb))["ic-resist"]["policy_parts"]
    assert part["wording"] == strength
    assert part["contribution"] == pytest.approx(strength * AGED)


def test_parts_multiply_to_the_contribution_and_contributions_make_the_weight():
    for row in weights(HOME, include_expired=True, library=worded("鼓励")).values():
        left = 1.0
        for part in row["policy_parts"]:
            factors = ("scope_strength", "level_strength", "wording", "age_factor")
            assert part["contribution"] == pytest.approx(math.prod(part[f] for f in factors))
            left *= 1 - part["contribution"]
        assert row["policy_weight"] == pytest.approx(1 - left)


def test_a_plan_in_force_never_falls_under_the_floor_but_an_expired_one_does():
    document = small_world().library.documents["cc2024"]
    longest = document.model_copy(
        update={"period": document.period.model_copy(update={"end": 2050})}
    )
    assert age_of(longest, dt.date(2049, 1, 1)).factor == AGE_FLOOR
    assert age_of(document, dt.date(2049, 1, 1)).factor < 0.001


def test_a_plan_that_nothing_dates_is_taken_at_the_floor():
    document = small_world().library.documents["cc2024"]
    bare = document.model_copy(
        update={"published": None, "period": document.period.model_copy(update={"start": None})}
    )
    assert age_of(bare, DAY) == (None, AGE_FLOOR)
    dated = bare.model_copy(update={"first_year": 2025})
    assert age_of(dated, dt.date(2025, 7, 1)) == (0.0, 1.0)
    assert "已知最早年份2025" in dated.dating().zh


def test_a_position_of_the_city_is_a_passage_of_its_own():
    placed = [position(100, ("封装",))]
    assert weights(HOME, positions=placed)["ic-pack"]["policy_scope"] == "segment"
    (first, *_) = weights(HOME, positions=placed)["ic-pack"]["policy_parts"]
    assert (first["passage"], first["place"], first["level"]) == (
        "cc2024@100",
        "甲市高新区",
        "city",
    )
    assert weights(NEIGHBOUR, positions=placed)["ic-pack"]["policy_weight"] == 0.0


def test_a_county_counts_for_its_city_and_a_province_for_none():
    county = weights(HOME, positions=[position(100, ("封装",), code="330182")])["ic-pack"]
    assert county["policy_scope"] == "segment"
    whole = weights(HOME, positions=[position(100, ("封装",), code="330000")])["ic-pack"]
    assert whole["policy_scope"] == "chain"


def test_a_position_over_a_cited_passage_is_the_same_statement_read_for_the_city():
    placed = [position(29, ("机器人",), document="pp2020")]
    day = dt.date(2018, 7, 1)
    (part,) = weights(HOME, day=day, positions=placed)["rb-arm"]["policy_parts"]
    assert (part["passage"], part["level"], part["level_strength"]) == ("pp2020-robot", "city", 1.0)
    (part,) = weights(NEIGHBOUR, day=day)["rb-arm"]["policy_parts"]
    assert part["level"] == "province"


def test_what_a_province_says_of_one_city_does_not_count_for_another():
    placed = [position(29, ("机器人",), document="pp2020")]
    day = dt.date(2018, 7, 1)
    assert weights(NEIGHBOUR, day=day, positions=placed)["rb-arm"]["policy_parts"] == []
    role_only = [position(29, (), document="pp2020")]
    assert weights(NEIGHBOUR, day=day, positions=role_only)["rb-arm"]["policy_weight"] > 0


def test_overlapping_passages_count_once_at_the_strongest():
    cited = CITATIONS.replace("start: 10, end: 20", "start: 15, end: 24")
    found = weights(HOME, library=ChainLibrary(taxonomy(citations=cited)))["ic-resist"]
    assert [part["passage"] for part in found["policy_parts"]] == ["cc2024-resist"]
    assert found["policy_weight"] == pytest.approx(AGED)


def test_positions_reach_the_gap_score():
    world = small_world()
    placed = dataclasses.replace(world, positions=(position(100, ("机械臂",)),))
    options = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)
    score = pl.col("segment_id") == "rb-arm"
    plain = score_gaps(world, HOME, options).filter(score)["gap_score"][0]
    assert score_gaps(placed, HOME, options).filter(score)["gap_score"][0] > plain


def test_bundled_citations_carry_their_wording():
    citations = load_library().citations.values()
    worded = [c for c in citations if c.verb is not None]
    assert len(worded) > 0.8 * len(citations)
    assert all(load_library().wording.knows(c.verb) for c in worded)
    assert all(document.dating() for document in load_library().documents.values())
