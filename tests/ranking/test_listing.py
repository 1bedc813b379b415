from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from chainmap.pipeline import rank_targets
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.recommend import with_chances
from chainmap.ranking.scoring import makes_chance
from chainmap.ranking.stages import Stage, company_stages
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import CANDIDATES
from tests.ranking.lists import candidates_of, gaps_of, ground_of, released
from tests.world import FIRMS, HOME, small_world, world_of

SCORER = released()


def targets(world, options=None, segment=None):
    return rank_targets(world, HOME, gaps_of(world), options or TargetOptions(), segment)


def test_one_row_a_company_and_scores_fall():
    frame = targets(small_world())
    assert frame["score"].is_sorted(descending=True)
    assert frame["company_id"].is_unique().all()
    assert frame["rank"].to_list() == list(range(1, frame.height + 1))


def test_the_list_does_not_depend_on_row_order():
    assert targets(small_world()).equals(targets(world_of(FIRMS[::-1])))


def test_ties_break_by_company_id():
    twins = [(f"twin-{i}", "440200", None, [], ["ic-resist:make"]) for i in (3, 1, 2)]
    frame = targets(world_of([*FIRMS, *twins]), TargetOptions(per_segment=0))
    found = [c for c in frame["company_id"] if c.startswith("twin") or c == "resist-f"]
    assert found == ["resist-f", "twin-1", "twin-2", "twin-3"]


def test_at_most_per_segment_of_one_segment_and_no_limit_when_one_is_asked_for():
    world = small_world()
    one = targets(world, TargetOptions(per_segment=1))
    assert one["segment_id"].is_unique().all()
    only = targets(world, TargetOptions(per_segment=1), world.library.find_segment("光刻胶"))
    assert set(only["segment_id"]) == {"ic-resist"}
    assert only.height > 1


def test_intervals_hold_the_rank_and_widen_with_the_gap_and_the_model():
    candidates = candidates_of()
    options = TargetOptions(top=0, per_segment=0)
    ranked = rank_candidates(candidates, options, replace(SCORER, covariance=None))
    assert (ranked["rank_low"] <= ranked["rank"]).all()
    assert (ranked["rank"] <= ranked["rank_high"]).all()
    wide = CANDIDATES.check(candidates.with_columns(gap_spread=pl.lit(3.0)))
    width = [
        int((f["rank_high"] - f["rank_low"]).sum())
        for f in (
            rank_candidates(CANDIDATES.check(candidates.with_columns(gap_spread=0.0)), options,
                            replace(SCORER, covariance=None)),
            rank_candidates(wide, options, SCORER),
            rank_candidates(CANDIDATES.check(candidates.with_columns(gap_spread=0.0)), options,
                            replace(SCORER, covariance=_wide(len(SCORER.summands)))),
        )
    ]  # fmt: skip
    assert width[0] < width[1]
    assert width[0] < width[2]
    assert rank_candidates(candidates, options, SCORER).equals(
        rank_candidates(candidates, options, SCORER)
    )
    off = rank_candidates(candidates, replace(options, draws=0), SCORER)
    assert (off["rank_low"] == off["rank_high"]).all()


def test_every_company_stands_at_exactly_one_stage():
    world = small_world()
    candidates = candidates_of(world, struck_off=frozenset({"resist-f"}))
    options = TargetOptions(top=2, per_segment=1, draws=0)
    ground = ground_of(world)
    found = company_stages(world, HOME, ground, candidates, (options, SCORER))
    assert found["company_id"].to_list() == sorted(world.companies["company_id"])
    stage = dict(found.select("company_id", "stage").iter_rows())
    listed = rank_candidates(candidates, options, SCORER)["company_id"].to_list()
    assert [c for c, s in stage.items() if s == Stage.LISTED] == sorted(listed)
    assert stage["fab-a"] == Stage.HOME and stage["resist-f"] == Stage.VETOED
    assert {Stage.SEGMENT_LIMIT, Stage.BELOW_CUT} & set(stage.values())
    assert found.filter(company_id="resist-f")["veto"].to_list() == ["struck_off"]
    nowhere = TargetOptions(top=0, per_segment=0, draws=0)
    wide = company_stages(world, HOME, ground, candidates, (nowhere, SCORER))
    assert not {"segment_limit", "below_cut"} & set(wide["stage"])


def test_an_earlier_year_does_not_know_later_firms():
    world = small_world()
    assert targets(world, TargetOptions(year=1990)).is_empty()  # every firm is of the year 2000
    assert targets(world, TargetOptions(year=2005)).height


def test_chances_are_shares_and_a_neighbour_is_the_less_likely():
    frame = targets(small_world(), TargetOptions(per_segment=0))
    for name in ("chance", "usual_chance", "expands", "goes_there", "makes"):
        assert frame[name].is_between(0.0, 1.0).all()
    assert (frame["chance"] <= frame["expands"]).all()


def test_the_usual_chance_is_that_of_companies_however_many_segments_each_may_make():
    world = small_world()
    candidates = candidates_of(world)
    comes = candidates.select("company_id").unique().sort("company_id").with_columns(
        comes=pl.int_range(1, pl.len() + 1) * 0.01, expands=0.5, goes_there=0.1
    )  # fmt: skip
    ranked = rank_candidates(candidates, TargetOptions(per_segment=0), SCORER)
    found = with_chances(ranked, candidates, SCORER, comes)
    share, best = dict(comes.select("company_id", "comes").iter_rows()), {}
    every = candidates.filter(pl.col("veto").is_null())
    rows = every.select("chain_id", "company_id").rows()
    for name, makes in zip(rows, makes_chance(every, SCORER.rates), strict=True):
        best[name] = max(makes, best.get(name, 0.0))
    assert len(best) < len(rows)
    for chain, usual in found.select("chain_id", "usual_chance").unique().iter_rows():
        chances = [best[c, firm] * share[firm] for c, firm in best if c == chain]
        assert usual == pytest.approx(sum(chances) / len(chances))


def _wide(n):
    return tuple(tuple(row) for row in (np.eye(n) * 4.0).tolist())
