"""What a company's rank would be without the evidence behind it (依据抽去检验)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from chainmap.ranking.explain import LEAST_EDGE
from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.scoring import feature_values, score_candidates
from chainmap.ranking.why_standing import Standing, place_of
from chainmap.tables import CANDIDATES, Candidates


class Removal(NamedTuple):
    """What removing the strongest evidence does.

    Attributes:
        family: The family whose evidence is taken out.
        rank: The company's place among all before.
        rank_without: After.
    """

    family: Family
    rank: int
    rank_without: int


def strongest_family(parts: list[float]) -> Family | None:
    """Return the family that adds most over the median candidate; None where none adds any."""
    best = int(np.argmax(parts))
    return Family(FAMILIES[best]) if parts[best] > LEAST_EDGE else None


def removal_of(standing: Standing, company_id: str) -> Removal | None:
    """Return what becomes of a ranked company's place without its strongest evidence.

    The raw facts are changed and everything is scored and ordered again.

    Returns:
        None where the company was not ranked or stands above the median in nothing.
    """
    row = standing.ordered.row(by_predicate=pl.col("company_id") == company_id, named=True)
    family = strongest_family(row["parts"])
    before = standing.place(company_id)
    if family is None or before is None:
        return None
    altered = without_evidence(standing, company_id, row["segment_id"], family)
    again = score_candidates(altered, standing.options, standing.scorer)
    after = place_of(again, standing.options, company_id)
    assert after is not None
    return Removal(family, before.overall, after.overall)


def without_evidence(
    standing: Standing, company_id: str, segment_id: str, family: Family
) -> Candidates:
    """Return the candidates with a company's raw facts of one family as if not known.

    Model features that speak for it become the median candidate's. Fit also loses the placement
    itself, wherever the company is proposed by it: a neighbour of whom nothing was counted is left.
    Need becomes that of the median candidate; without policy no plan speaks for the gap; without
    terms the company is of no kind that is asked for. Need and policy are those of the one row.
    """
    candidates = standing.candidates
    mine = pl.col("company_id") == company_id
    row = mine & (pl.col("segment_id") == segment_id)
    gamma = standing.options.gamma
    bare = pl.col("gap_score") / (1.0 + gamma * pl.col("policy_weight"))
    if family is Family.NEED:
        middle = candidates.filter(pl.col("veto").is_null()).select(bare.median()).item()
        need = pl.lit(middle) * (1.0 + gamma * pl.col("policy_weight"))
        changed = [pl.when(row).then(need).otherwise("gap_score").alias("gap_score")]
    elif family is Family.POLICY:
        changed = [
            pl.when(row).then(bare).otherwise("gap_score").alias("gap_score"),
            pl.when(row).then(0.0).otherwise("policy_weight").alias("policy_weight"),
        ]
    elif family is Family.TERMS:
        none = pl.lit([], pl.List(pl.String))
        changed = [pl.when(mine).then(none).otherwise("wanted_met").alias("wanted_met")]
    else:
        changed = [_usual_features(standing, mine, family)]
    if family is Family.SEGMENT_FIT:
        made = candidates.filter(row)["made_segment_id"][0]
        placed = mine & (pl.col("made_segment_id") == made)
        changed += [
            pl.when(placed).then(pl.lit("neighbour")).otherwise("basis").alias("basis"),
            pl.when(placed).then(0).otherwise("n_makers").alias("n_makers"),
            pl.when(placed).then(0).otherwise("n_both").alias("n_both"),
        ]
    return CANDIDATES.check(candidates.with_columns(changed))


def _usual_features(standing: Standing, mine: pl.Expr, family: Family) -> pl.Expr:
    """Return the features with those of a family at most as good as the median candidate's.

    What lies below the median is no evidence for the company and stays.
    """
    summands = [s for s in standing.scorer.summands if s.family == family.value]
    names = [summand.feature for summand in summands]
    open_rows = standing.candidates.filter(pl.col("veto").is_null())
    middle = np.median(feature_values(open_rows, names), axis=0).tolist()
    side = [float(np.sign(summand.weight)) for summand in summands]
    name, value = pl.element().struct.field("name"), pl.element().struct.field("value")
    usual, gains = _of_name(name, names, middle), _of_name(name, names, side)
    lowered = pl.when((value - usual) * gains > 0).then(usual).otherwise(value)
    return _told(mine, pl.struct(name=name, value=lowered))


def _of_name(name: pl.Expr, names: list[str], values: list[float]) -> pl.Expr:
    """Return each feature's own value; null for another feature."""
    given = dict(zip(names, values, strict=True))
    return name.replace_strict(given, default=None, return_dtype=pl.Float64)


def with_features(rows: pl.Expr, values: dict[str, float]) -> pl.Expr:
    """Return the column `features` with some values set in some rows."""
    name, value = pl.element().struct.field("name"), pl.element().struct.field("value")
    told = pl.element()
    if values:
        new = name.replace_strict(values, default=value, return_dtype=pl.Float64)
        told = pl.struct(name=name, value=new)
    return _told(rows, told)


def _told(rows: pl.Expr, feature: pl.Expr) -> pl.Expr:
    told = pl.col("features").list.eval(feature)
    return pl.when(rows).then(told).otherwise("features").alias("features")
