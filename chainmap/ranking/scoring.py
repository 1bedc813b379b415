"""Score candidates: a sum of named terms, families weighed, hard rules first (methods 8.5)."""

from __future__ import annotations

from math import log

import numpy as np
import polars as pl

from chainmap.errors import ModelError
from chainmap.ranking.families import Family
from chainmap.ranking.known import Floats
from chainmap.ranking.scorer import MakerRates, Scorer
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Candidates

_LEAST = 1e-6
"""Keeps logarithms finite."""


def vetoed(candidates: Candidates) -> pl.DataFrame:
    """Return the candidates a hard rule keeps out: `company_id, segment_id, veto`, by company."""
    return candidates.filter(pl.col("veto").is_not_null()).select(
        "company_id", "segment_id", "veto"
    )


def score_candidates(
    candidates: Candidates, options: TargetOptions, scorer: Scorer
) -> pl.DataFrame:
    """Return every candidate no hard rule keeps out, scored, best first; a company may repeat.

    utility = Σ over families of weight · term, with
    segment_fit = ln P(makes) + the model's terms of fit; need = ln of the gap score without its
    policy factor, relative to the best; policy = ln(1 + γ·policy weight); terms = ln(lift) where
    the firm is of a kind the catalogue asks for; expansion, affinity and relations = the model's
    terms. `parts` are the weighted terms less those of the median candidate, family by family, and
    add up to `score`. Ties break by company id, then segment id.

    Returns:
        Columns of `Candidates` plus `makes` (P(makes), 0..1), `terms` (the weighted terms, in the
        order of `FAMILIES`), `utility`, `parts` and `score`.

    Raises:
        ModelError: A feature of the scorer is not among the candidates' features.

    Source:
        methods 8.5; docs/decisions/0023.
    """
    open_rows = candidates.filter(pl.col("veto").is_null())
    makes = makes_chance(open_rows, scorer.rates)
    raw = raw_terms(open_rows, makes, options, scorer)
    terms = np.round(raw * family_weights(options), 9)
    middle = np.median(terms, axis=0) if len(terms) else np.zeros(len(Family))
    parts = np.round(terms - middle, 9)
    return open_rows.with_columns(
        makes=pl.Series(makes, dtype=pl.Float64),
        terms=_lists(terms),
        utility=pl.Series(np.round(terms.sum(axis=1), 9), dtype=pl.Float64),
        parts=_lists(parts),
        score=pl.Series(np.round(parts.sum(axis=1), 9), dtype=pl.Float64),
    ).sort(["utility", "company_id", "segment_id"], descending=[True, False, False])


def raw_terms(
    open_rows: pl.DataFrame, makes: Floats, options: TargetOptions, scorer: Scorer
) -> Floats:
    """Return rows × families, in the order of `Family`: the terms before they are weighed.

    Args:
        open_rows: Candidates that no hard rule keeps out.
        makes: P(makes) of each, from `makes_chance`.
        options: `gamma` and `wanted_lift`; its weights are not read.
        scorer: What they are scored with.

    Raises:
        ModelError: A feature of the scorer is not among the candidates' features.
    """
    model = model_terms(open_rows, scorer)
    policy = open_rows["policy_weight"].to_numpy()
    bare = open_rows["gap_score"].to_numpy() / (1.0 + options.gamma * policy)
    best = max(float(bare.max(initial=0.0)), _LEAST)
    of_a_wanted_kind = open_rows["wanted_met"].list.len().to_numpy() > 0
    raw = {
        Family.SEGMENT_FIT: np.log(np.maximum(makes, _LEAST)) + model[Family.SEGMENT_FIT],
        Family.NEED: np.log(np.maximum(bare / best, _LEAST)) + model[Family.NEED],
        Family.EXPANSION: model[Family.EXPANSION],
        Family.AFFINITY: model[Family.AFFINITY],
        Family.RELATIONS: model[Family.RELATIONS],
        Family.POLICY: np.log1p(options.gamma * policy),
        Family.TERMS: np.where(of_a_wanted_kind, log(options.wanted_lift), 0.0),
    }
    return np.column_stack([raw[family] for family in Family])


def family_weights(options: TargetOptions) -> Floats:
    """Return the weights of the families, in the order of `Family`."""
    return np.array(options.multipliers)


def makes_chance(candidates: pl.DataFrame, rates: MakerRates) -> Floats:
    """Return P(the firm makes the segment), calibrated from placement, one a row, 0..1.

    A firm of the segment itself: the share of the roster's placements that were right. A firm of a
    neighbour: that, times the share of its segment's firms that stand in the gap's segment as well,
    drawn to the share over all pairs, times what is left of it where the roster does not say so.
    """
    sure = candidates["confidence"].to_numpy() >= rates.sure_from
    placed = np.where(sure, rates.right / rates.asked, candidates["confidence"].to_numpy())
    placed = placed * np.where((candidates["role"] == "make").to_numpy(), 1.0, rates.role_right)
    both = candidates["n_both"].to_numpy() + rates.neighbour_firms * rates.neighbour
    neighbour = both / (candidates["n_makers"].to_numpy() + rates.neighbour_firms)
    neighbour = neighbour * rates.neighbour_kept
    direct = (candidates["basis"] == "direct").to_numpy()
    return np.asarray(placed * np.where(direct, 1.0, neighbour), np.float64)


def feature_values(candidates: pl.DataFrame, names: list[str]) -> Floats:
    """Return rows × features, the raw values named.

    Raises:
        ModelError: A feature is not there.
    """
    if candidates.is_empty():
        return np.zeros((0, len(names)))
    held = [one["name"] for one in candidates["features"][0]]
    lacking = [name for name in names if name not in held]
    if lacking:
        raise ModelError(
            f"候选没有特征：{'、'.join(lacking)}。", todo="须与模型同版本，请重新生成候选。"
        )
    values = candidates["features"].explode().struct.field("value").to_numpy()
    whole = values.reshape(candidates.height, len(held))
    return np.asarray(whole[:, [held.index(name) for name in names]], np.float64)


def standardised(candidates: pl.DataFrame, scorer: Scorer) -> Floats:
    """Return rows × summands: (value − mean) / spread, in the scorer's order.

    Raises:
        ModelError: A feature of the scorer is not there.
    """
    values = feature_values(candidates, [one.feature for one in scorer.summands])
    mean = np.array([one.mean for one in scorer.summands])
    spread = np.array([one.spread for one in scorer.summands])
    return np.asarray((values - mean) / spread)


def model_terms(candidates: pl.DataFrame, scorer: Scorer) -> dict[Family, Floats]:
    """Return the company stage's utility by family, one value a row; 0 where it has no term.

    Raises:
        ModelError: A feature of the scorer is not there.
    """
    products = standardised(candidates, scorer) * np.array([s.weight for s in scorer.summands])
    families = scorer.families()
    return {
        family: products[:, [i for i, f in enumerate(families) if f is family]].sum(axis=1)
        for family in Family
    }


def _lists(rows: Floats) -> pl.Series:
    """Return a matrix as one list a row."""
    if not len(rows):
        return pl.Series([], dtype=pl.List(pl.Float64))
    return pl.Series(rows).arr.to_list()
