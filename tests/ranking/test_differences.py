"""Differences of lists: parts that add up, held against lists that are really ranked again."""

from dataclasses import replace
from itertools import product
from math import factorial

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.ranking.differences import PARTS, Move, compare_lists
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.mixed_lists import Factor, Mix, MixedLists
from chainmap.ranking.picked import Picked
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import CANDIDATES, Candidates
from tests.ranking.snapshot_samples import (
    OTHER_SCORER,
    SCORER,
    candidates_of,
    made,
    sides,
    snapshot_with,
)

OPTIONS = TargetOptions(top=8, draws=0)


def firms_of(*snapshots):
    return sorted({row["company_id"] for s in snapshots for row in s.listed["targets"]})


def slow_rank(earlier, later, company, mix):
    """The rank in a list that is put together row by row and ranked by the ranker itself."""
    both = (earlier, later)

    def bare(side):
        gamma = side.options.gamma
        rows = side.candidates.to_dicts()
        return {r["segment_id"]: r["gap_score"] / (1 + gamma * r["policy_weight"]) for r in rows}

    def told(side):
        rows = side.candidates.to_dicts()
        return {r["segment_id"]: r["policy_weight"] for r in rows}, {
            (r["company_id"], r["segment_id"]): r for r in rows
        }

    options = replace(both[mix.parameters].options, draws=0)
    needs, (weights, stated) = bare(both[mix.data]), told(both[mix.policy])
    rows = []
    for source, mine in ((mix.data, True), (mix.others, False)):
        own = bare(both[source])
        for row in both[source].candidates.to_dicts():
            if (row["company_id"] == company) is not mine:
                continue
            segment = row["segment_id"]
            row["policy_weight"] = weights.get(segment, row["policy_weight"])
            said = stated.get((row["company_id"], segment), row)
            row |= {name: said[name] for name in ("wanted_met", "terms_failed")}
            row["veto"] = "terms_failed" if row["terms_failed"] else None
            need = needs.get(segment, own[segment])
            row["gap_score"] = need * (1 + options.gamma * row["policy_weight"])
            rows.append(row)
    frame = pl.DataFrame(rows, schema=earlier.candidates.schema).sort("company_id", "segment_id")
    ranked = rank_candidates(CANDIDATES.check(frame), options, both[mix.model].scorer)
    found = ranked.filter(pl.col("company_id") == company)["rank"]
    return found[0] if len(found) else ranked.height + 1


def test_every_mix_is_the_list_that_the_ranker_makes_of_it():
    earlier, later = sides()
    mixed = MixedLists(earlier, later)
    firms = firms_of(earlier, later)
    assert len(firms) > 12
    for company in firms[::3]:
        for sides_ in product((0, 1), repeat=len(Factor)):
            mix = Mix(*sides_)
            assert mixed.rank(company, mix) == slow_rank(earlier, later, company, mix), mix


def test_parts_add_up_exactly_firms_absent_in_one_list_too():
    earlier, later = sides()
    found = compare_lists(earlier, later)
    moves = {firm.move for firm in found.firms}
    assert {Move.ENTERED, Move.LEFT} <= moves
    for firm in found.firms:
        assert set(firm.parts) == set(PARTS)
        assert sum(firm.parts.values()) == factorial(5) * firm.rise
        hundredths = [round(part * 100) for part in firm.shown_parts().values()]
        assert sum(hundredths) == 100 * firm.rise
        exact = [part / 1.2 for part in firm.parts.values()]
        assert all(abs(a - b) < 1 for a, b in zip(hundredths, exact, strict=True))
        assert firm.parts["code"] == 0


def test_a_firm_that_is_not_listed_stands_one_behind_the_end():
    earlier, later = made(top=4), made(top=9)
    found = compare_lists(earlier, later)
    entered = [firm for firm in found.firms if firm.move is Move.ENTERED]
    assert [firm.rank_after for firm in entered] == [5, 6, 7, 8, 9]
    assert {firm.rank_before for firm in entered} == {5}
    back = compare_lists(later, earlier)
    assert {f.rank_after for f in back.firms if f.move is Move.LEFT} == {5}


def test_the_same_list_twice_has_no_parts():
    found = compare_lists(made(), made())
    assert {firm.move for firm in found.firms} == {Move.SAME}
    assert not any(any(firm.parts.values()) for firm in found.firms)
    assert found.versions == found.parameters == {}


@pytest.mark.parametrize(
    ("change", "factor"),
    [
        ({"scorer": OTHER_SCORER}, "model"),
        ({"options": replace(OPTIONS, top=5, per_segment=1)}, "parameters"),
        ({"chain": "a"}, "parameters"),
    ],
)
def test_what_alone_has_changed_has_the_whole_part(change, factor):
    given = {"candidates": candidates_of(1), "options": OPTIONS, "scorer": SCORER}
    found = compare_lists(snapshot_with(**given), snapshot_with(**(given | change)))
    assert any(firm.rise for firm in found.firms)
    for firm in found.firms:
        assert firm.parts[factor] == 120 * firm.rise
        assert not any(part for name, part in firm.parts.items() if name != factor)


def test_one_firm_that_grows_is_data_for_itself_and_others_for_the_rest():
    before = candidates_of(1)
    ranked = made().listed["targets"]
    last = ranked[-1]["company_id"]
    grown = [
        [f | {"value": f["value"] + 3 * (row["company_id"] == last)} for f in row["features"]]
        for row in before.to_dicts()
    ]
    kind = before.schema["features"]
    after = Candidates(before.with_columns(features=pl.Series(grown, dtype=kind)))
    found = compare_lists(snapshot_with(before, OPTIONS), snapshot_with(after, OPTIONS))
    by_name = {firm.company_id: firm for firm in found.firms}
    assert by_name[last].rise > 0
    assert by_name[last].parts["data"] == 120 * by_name[last].rise
    overtaken = [firm for name, firm in by_name.items() if name != last and firm.rise]
    assert overtaken and all(f.parts["others"] == 120 * f.rise for f in overtaken)


def test_policy_alone_is_policy():
    before = candidates_of(1)
    weight = pl.when(pl.col("segment_id") == "a-two").then(1.0).otherwise(0.0)
    bare = pl.col("gap_score") / (1 + 0.5 * pl.col("policy_weight"))
    after = CANDIDATES.check(
        before.with_columns(policy_weight=weight, gap_score=bare * (1 + 0.5 * weight))
    )
    found = compare_lists(snapshot_with(before, OPTIONS), snapshot_with(after, OPTIONS))
    assert any(firm.rise for firm in found.firms)
    assert all(firm.parts["policy"] == 120 * firm.rise for firm in found.firms)


def test_a_list_another_program_ranked_leaves_its_part():
    earlier, later = made(), made(versions={"data": "d", "code": "2"})
    listed = [dict(row) for row in later.listed["targets"]]
    listed[0]["rank"], listed[1]["rank"] = 2, 1
    plain = later.listed | {"targets": listed}
    from chainmap.ranking.snapshots import canonical

    found = compare_lists(earlier, replace(later, content=canonical(plain)))
    assert [firm.parts["code"] for firm in found.firms[:3]] == [-120, 120, 0]
    assert found.versions == {"code": ("1", "2")}


def test_lists_of_two_cities_are_not_compared():
    with pytest.raises(InputError, match="同一个城市"):
        compare_lists(made(), made(city="330200"))


def test_a_feature_the_older_side_never_measured_counts_as_its_mean():
    from chainmap.ranking.scorer import Summand

    wider = replace(SCORER, summands=(*SCORER.summands, Summand("age", "expansion", 5.0, 1.0, 9.0)))
    wide = candidates_of(1).to_dicts()
    features = [[*row["features"], {"name": "age", "value": 5.0}] for row in wide]
    kind = candidates_of(1).schema["features"]
    after = Candidates(candidates_of(1).with_columns(features=pl.Series(features, dtype=kind)))
    found = compare_lists(made(), snapshot_with(after, OPTIONS, wider))
    assert {firm.rise for firm in found.firms} == {0}


def test_what_a_mode_selects_is_a_parameter():
    whole, picked = made(1), Picked(("a-one", "b-two"), direct_only=True)
    rows = Candidates(whole.candidates.filter(picked.admits()))
    narrow = replace(snapshot_with(rows, whole.options), picked=picked)
    narrow = replace(narrow, question=replace(narrow.question, mode="advantage"))
    for one, other in ((whole, narrow), (narrow, whole)):
        found = compare_lists(one, other)
        assert found.parameters["mode"]
        assert any(firm.rise for firm in found.firms)
        for firm in found.firms:
            assert firm.parts["parameters"] == 120 * firm.rise
