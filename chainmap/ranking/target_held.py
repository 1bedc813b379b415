"""Scores of every order by models that did not see what they score: firms or cities left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import polars as pl

from chainmap.logistic import sigmoid
from chainmap.ranking.known import Floats, Known
from chainmap.ranking.lambdarank import fit_trees
from chainmap.ranking.pair_registry import Block
from chainmap.ranking.target_baselines import COUNTED, FOR_A_CITY, FOR_A_FIRM, Order
from chainmap.ranking.target_model import (
    TargetModel,
    city_log_chances,
    expansion_scores,
    score_pairs,
    told,
)
from chainmap.ranking.target_segments import within_parts
from chainmap.ranking.target_training import (
    COMPANY_FEATURES,
    Learning,
    TargetOptions,
    chosen_features,
    firm_folds,
    fit_uncalibrated,
)
from chainmap.ranking.tied import Flags

LOGIT = "条件逻辑（发布的模型）"
NARROW = "条件逻辑，不看行业外迁"
"""What lists of one chain or segment are ordered by."""
WITHOUT_TEXT = "条件逻辑，不读主营业务"
TREES = "LightGBM LambdaRank"
TWO_STAGE = "会扩张 × 会来本市"
EARLIER = "上一版发布的模型"
"""The earlier release as it was released: it has seen the stated sites, so its rows on them flatter
it."""


@dataclass(frozen=True)
class Fold:
    """What one part of the firms is scored by: a model and counts that saw none of its moves.

    Attributes:
        firms: Ids of the part's firms.
        model: Taught by the others.
        learned: Ids of the others.
    """

    firms: frozenset[str]
    model: TargetModel
    learned: frozenset[str]


@dataclass(frozen=True)
class Held:
    """Scores of everything, each made by a model that had not seen it.

    Attributes:
        company: Order → firms × cities, for lists of firms; learned orders as places within folds.
        firm: Order → firms × cities, for lists of cities.
        moves: Log-odds that a firm moves, before calibration.
        goes: Firms × cities, ln P(city | the firm moves).
        folds: What scored the parts of the firms.
    """

    company: dict[str, Floats]
    firm: dict[str, Floats]
    moves: Floats
    goes: Floats
    folds: tuple[Fold, ...]


def fold_of(known: Known, seen: Flags, model: TargetModel) -> Fold:
    """Return a fold by which firms taught its model."""
    names = known.firms["firm_id"]
    return Fold(
        frozenset(names.filter(pl.Series(~seen))), model, frozenset(names.filter(pl.Series(seen)))
    )


def held_out_firms(known: Known, options: TargetOptions) -> Held:
    """Return scores of every order, each firm scored by a model that saw none of its moves.

    Raises:
        ModelError: There is nothing to learn from.
    """
    fold = firm_folds(known, options)
    every = np.ones(known.n_cities, bool)
    shape = (known.n_firms, known.n_cities)
    company: dict[str, Floats] = {}
    firm: dict[str, Floats] = {}
    moves, goes = np.zeros(known.n_firms), np.zeros(shape)
    folds: list[Fold] = []
    for k in range(options.folds):
        learning = Learning(known, fold != k, every)
        left = np.flatnonzero(fold == k)
        block = Block(known, left, np.arange(known.n_cities))
        for name, order in orders_of(FOR_A_CITY, learning).items():
            company.setdefault(name, np.zeros(shape))[left] = order(block)
        for name, order in orders_of(FOR_A_FIRM, learning).items():
            firm.setdefault(name, np.zeros(shape))[left] = order(block)
        without = fit_uncalibrated(learning, replace(options, texts=False), "")
        company.setdefault(WITHOUT_TEXT, np.zeros(shape))[left] = score_pairs(
            without, block, across=True
        )
        firm.setdefault(WITHOUT_TEXT, np.zeros(shape))[left] = city_log_chances(
            without, known, left
        )
        company.setdefault(TREES, np.zeros(shape))[left] = fit_trees(
            learning, chosen_features(COMPANY_FEATURES, options), options
        )(block)
        model = fit_uncalibrated(learning, options, "")
        folds.append(fold_of(known, learning.firms, model))
        moves[left] = expansion_scores(model, known, left)
        goes[left] = city_log_chances(model, known, left)
        for name, across in ((NARROW, False), (LOGIT, True)):
            scores = score_pairs(model, block, across=across)
            company.setdefault(name, np.zeros(shape))[left] = scores
        company.setdefault(TWO_STAGE, np.zeros(shape))[left] = (
            np.log(sigmoid(moves[left]))[:, None] + goes[left]
        )
        firm.setdefault(LOGIT, np.zeros(shape))[left] = goes[left]
    fixed = set(FOR_A_CITY) - set(COUNTED)
    ranked = {
        name: scores if name in fixed else within_parts(known, scores, fold)
        for name, scores in company.items()
    }
    return Held(ranked, firm, moves, goes, tuple(folds))


def held_out_cities(
    known: Known, options: TargetOptions, earlier: TargetModel | None
) -> dict[str, Floats]:
    """Return scores of each city by a model that never saw it as a destination.

    The firms are known to that model by their moves elsewhere; `held_out_firms` asks the rest.

    Raises:
        ModelError: There is nothing to learn from.
    """
    fold = np.random.default_rng(options.seed + 1).permutation(known.n_cities) % options.folds
    firms = np.ones(known.n_firms, bool)
    found: dict[str, Floats] = {}
    shape = (known.n_firms, known.n_cities)
    for k in range(options.folds):
        learning = Learning(known, firms, fold != k)
        places = np.flatnonzero(fold == k)
        block = Block(known, np.arange(known.n_firms), places)
        model = fit_uncalibrated(learning, options, "")
        orders = orders_of(FOR_A_CITY, learning)
        orders[NARROW] = partial(score_pairs, model, across=False)
        orders[LOGIT] = partial(score_pairs, model, across=True)
        if earlier is not None:
            orders[EARLIER] = partial(score_pairs, earlier, across=True)
        for name, order in orders.items():
            found.setdefault(name, np.zeros(shape))[:, places] = order(block)
    return found


def within_a_chain(orders: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the orders of lists of one chain or segment: the model's is that without trades."""
    found = {name: scores for name, scores in orders.items() if name != NARROW}
    return found | {LOGIT: orders[NARROW]}


def orders_of(
    orders: Mapping[str, Order], learning: Learning
) -> dict[str, Callable[[Block], Floats]]:
    """Return each order as what a block is scored by, taught by a learning."""
    return {
        name: (lambda block, order=order: order(learning, block))  # type: ignore[misc]
        for name, order in orders.items()
    }


def add_earlier(held: Held, earlier: TargetModel, known: Known) -> None:
    """Add the rows of the earlier release: the same coefficients for all, no fold left out."""
    every = np.arange(known.n_firms)
    block = Block(told(earlier, known), every, np.arange(known.n_cities))
    held.company[EARLIER] = score_pairs(earlier, block, across=True)
    held.firm[EARLIER] = city_log_chances(earlier, known, every)
