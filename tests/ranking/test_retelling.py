"""Sentences told again, against those an explainer makes anew."""

import random

import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking.explain import LEAST_EDGE, Explainer
from chainmap.ranking.families import Family, Mark
from chainmap.ranking.recommend import Lists, described_rows
from chainmap.ranking.retelling import Reteller
from chainmap.ranking.reweighing import Weighable
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from chainmap.tables import Candidates


@pytest.fixture(
    scope="module", params=[("绍兴", "集成电路"), ("宁波", "生物医药"), ("合肥", "量子信息")]
)
def told(request):
    """Some rows as they are told of, direct ones and neighbours, and both who tell of them."""
    world, (name, chain) = load_world(), request.param
    city = find_city(world.cities, name)
    options = GapOptions(as_of=world.edition)
    gaps = find_gaps(world, city, options, world.library.find_chain(chain))
    standing = standing_of(world, city, gaps, TargetOptions())
    rows = Weighable(standing.candidates, standing.scorer, TargetOptions()).rows
    picked = rows.sample(60, seed=7).with_columns(rank=1, rank_low=1, rank_high=1, score=0.0)
    lists = Lists(Candidates(rows), picked, standing.ground)
    released = (load_target_model(), standing.scorer)
    described = described_rows(world, city, standing.gaps, lists, released)
    given = (world, city, standing.scorer, standing.candidates)
    return list(described.iter_rows(named=True)), Explainer(*given), Reteller(*given)


def test_how_it_is_known_agrees_with_what_is_told(told):
    rows, explainer, _ = told
    for row in rows:
        marks = dict(zip(Family, explainer.evidence(row), strict=True))
        texts = explainer.by_family({**row, "parts": [0.0 for _ in Family]})
        nobody = "未见名录企业" in texts[Family.RELATIONS]
        assert (marks[Family.RELATIONS] == Mark.SEARCHED_NONE) == nobody
        no_catalogue = texts[Family.TERMS] == "本市尚无招商目录"
        assert (marks[Family.TERMS] == Mark.NOT_SEARCHED) == no_catalogue


def test_the_same_is_told_under_any_parts(told):
    rows, explainer, reteller = told
    assert {row["basis"] for row in rows} == {"direct", "neighbour"}
    dice = random.Random(3)
    some = (0.0, LEAST_EDGE, -LEAST_EDGE, 0.3, -0.3)
    for at in range(12):
        for row in rows:
            any_part = [dice.choice(some) if at % 2 else dice.gauss(0, 1) for _ in Family]
            given = {**row, "parts": any_part}
            if not given["policy_parts"]:  # no plan, then nothing to gain from
                given["parts"][list(Family).index(Family.POLICY)] = 0.0
            assert reteller.reasons_by_family(given) == explainer.reasons_by_family(given)
            assert reteller.counter_evidence(given) == explainer.counter_evidence(given)
    reteller.forget()
    assert reteller.counter_evidence(given) == explainer.counter_evidence(given)
    assert reteller.reasons(given) == explainer.reasons(given)
    assert reteller.by_family(given) == explainer.by_family(given)
