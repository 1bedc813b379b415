"""Whether what `why` names is what carries a rank (依据属实): removal and inflation."""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import median

import polars as pl

from chainmap.ranking.firm_features import CAPITAL
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.why_evidence import Removal, removal_of, with_features
from chainmap.ranking.why_standing import Standing, place_of
from chainmap.tables import CANDIDATES

HEAD = 100
"""Places of the list that are looked at apart from the rest."""


@dataclass(frozen=True)
class Faithfulness:
    """What became of sampled companies of one city.

    Attributes:
        head: Removals among the first `HEAD` places.
        rest: Removals behind them.
        without: Companies that stand above the median in nothing.
        rises: Places a company gains through ten times the registered capital, and its place.
        n_ranked: Companies ranked.
    """

    head: tuple[Removal, ...]
    rest: tuple[Removal, ...]
    without: int
    rises: tuple[tuple[int, int], ...]
    n_ranked: int


def measure_faithfulness(standing: Standing, each: int, seed: int) -> Faithfulness:
    """Return what removing the strongest evidence, and inflating capital, does to sampled ranks.

    Args:
        standing: A city's whole order.
        each: Companies drawn from the first `HEAD` places, and as many from the rest.
        seed: Of the draw; the same seed draws the same companies of the same order.

    Returns:
        Removals of both groups, and the rise through capital for a fifth of the companies.
    """
    drawn = random.Random(f"{seed} {standing.city.code}")
    ids = standing.ordered["company_id"].to_list()
    groups = [drawn.sample(part, min(each, len(part))) for part in (ids[:HEAD], ids[HEAD:])]
    removed = [[removal_of(standing, one) for one in group] for group in groups]
    head, rest = (tuple(one for one in group if one is not None) for group in removed)
    without = sum(one is None for group in removed for one in group)
    tried = drawn.sample(ids, min(len(ids), max(1, 2 * each // 5)))
    rises = tuple(capital_rise(standing, one) for one in tried)
    return Faithfulness(head, rest, without, rises, len(ids))


def capital_rise(standing: Standing, company_id: str) -> tuple[int, int]:
    """Return how many places ten times the registered capital lifts a company, and its place.

    A capital that is not known is taken from the usual one, as the ranker does.
    """
    mine = pl.col("company_id") == company_id
    row = standing.candidates.filter(mine)
    held = {one["name"]: one["value"] for one in row["features"][0]}.get("capital_size")
    before = standing.place(company_id)
    assert before is not None
    if held is None:
        return 0, before.overall
    more = {"capital_size": min(held + 1.0, CAPITAL[1])}
    inflated = CANDIDATES.check(standing.candidates.with_columns(with_features(mine, more)))
    scored = score_candidates(inflated, standing.options, standing.scorer)
    after = place_of(scored, standing.options, company_id)
    assert after is not None
    return before.overall - after.overall, before.overall


def fell(removals: tuple[Removal, ...]) -> int:
    """Return how many companies stand lower without their strongest evidence."""
    return sum(one.rank_without > one.rank for one in removals)


def middle_fall(removals: tuple[Removal, ...]) -> float:
    """Return the median fall in places; 0 where there are none."""
    return float(median(one.rank_without - one.rank for one in removals)) if removals else 0.0
