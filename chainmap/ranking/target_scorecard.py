"""The scorecard of the target ranker: held-out firms, held-out cities, every simple order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from chainmap.gaps.entry.calibration import calibrated, fit_knots
from chainmap.gaps.entry.logistic import logit, sigmoid
from chainmap.metrics import brier
from chainmap.ranking.known import Floats, Ints, Known
from chainmap.ranking.lambdarank import fit_trees
from chainmap.ranking.pair_registry import Block, remember_columns
from chainmap.ranking.target_baselines import FOR_A_CITY, FOR_A_FIRM, Order
from chainmap.ranking.target_lists import Flags, Lists, ListScores, score_lists
from chainmap.ranking.target_model import (
    city_log_chances,
    expansion_scores,
    score_pairs,
)
from chainmap.ranking.target_training import (
    CITY_FEATURES,
    COMPANY_FEATURES,
    EXPANSION_FEATURES,
    Learning,
    TargetOptions,
    chosen_features,
    everything,
    firm_folds,
    fit_uncalibrated,
)

LOGIT = "条件逻辑（发布的模型）"
WITHOUT_TEXT = "条件逻辑，不读主营业务"
TREES = "LightGBM LambdaRank"
TWO_STAGE = "会扩张 × 会来本市"
TENTHS = 3
"""Top tenths whose calibration is reported."""


@dataclass(frozen=True)
class Calibration:
    """How chances of left-out firms compare with what was seen.

    Attributes:
        tenths: Seen over predicted in the top tenths, the highest first.
        brier: Mean squared distance.
        brier_base: The same for the base rate alone.
    """

    n: int
    n_events: int
    tenths: tuple[float, ...]
    brier: float
    brier_base: float


@dataclass(frozen=True)
class Scorecard:
    """All that was measured.

    Attributes:
        for_cities: Order → measures over the lists of firms, one list a city.
        for_firms: Order → measures over the lists of cities, one list a firm.
        cold: As `for_cities`, with the cities left out of training too.
        chains: Chain → order → measures over the chain's firms only.
        provinces: Province of each list in `for_cities`.
        sizes: Third of each list's city by firms at home: 0 small, 2 large.
    """

    for_cities: Mapping[str, ListScores]
    for_firms: Mapping[str, ListScores]
    cold: Mapping[str, ListScores]
    chains: Mapping[str, Mapping[str, ListScores]]
    provinces: tuple[str, ...]
    sizes: Ints
    pairs: Calibration
    expansion: Calibration


@dataclass(frozen=True)
class _Held:
    """Scores of everything, each made by a model that had not seen it."""

    company: dict[str, Floats]
    firm: dict[str, Floats]
    moves: Floats
    goes: Floats


def measure_targets(known: Known, options: TargetOptions) -> Scorecard:
    """Return the scorecard over firms left out by folds, and cities left out by folds.

    Args:
        known: A universe with labels; where these are undated the test is a cross-section.
        options: As the released model is trained.

    Raises:
        ModelError: There is nothing to learn from.
    """
    names = (*COMPANY_FEATURES, *CITY_FEATURES, *EXPANSION_FEATURES, "listed")
    remember_columns(known, sorted(set(names)))
    happened = everything(known).happened()
    held = _held_out_firms(known, options)
    cities = np.flatnonzero(happened.any(axis=0))
    lists = _firm_lists(known, happened, cities)
    cold = _held_out_cities(known, options)
    firms = np.flatnonzero(happened.any(axis=1))
    away = known.home[firms][None, :] != np.arange(known.n_cities)[:, None]
    choices = Lists(happened[firms].T, away, firms)
    provinces = known.cities["province"].to_list()
    return Scorecard(
        for_cities={n: score_lists(lists, s[:, cities]) for n, s in held.company.items()},
        for_firms={n: score_lists(choices, s[firms].T) for n, s in held.firm.items()},
        cold={n: score_lists(lists, s[:, cities]) for n, s in cold.items()},
        chains=_by_chain(known, happened, held.company),
        provinces=tuple(provinces[city] for city in cities),
        sizes=np.argsort(np.argsort(known.city_size[cities], kind="stable")) * 3 // len(cities),
        pairs=_pair_calibration(known, happened, held, options),
        expansion=_tenths(
            *_cross_fitted(held.moves, np.asarray(happened.any(axis=1)), firm_folds(known, options))
        ),
    )


def _firm_lists(known: Known, happened: Flags, cities: Ints) -> Lists:
    outside = known.home[:, None] != cities[None, :]
    return Lists(happened[:, cities], outside, cities)


def _held_out_firms(known: Known, options: TargetOptions) -> _Held:
    fold = firm_folds(known, options)
    every = np.ones(known.n_cities, bool)
    shape = (known.n_firms, known.n_cities)
    company: dict[str, Floats] = {}
    firm: dict[str, Floats] = {}
    moves, goes = np.zeros(known.n_firms), np.zeros(shape)
    for k in range(options.folds):
        learning = Learning(known, fold != k, every)
        left = np.flatnonzero(fold == k)
        block = Block(known, left, np.arange(known.n_cities))
        for name, order in _baselines(FOR_A_CITY, learning).items():
            company.setdefault(name, np.zeros(shape))[left] = order(block)
        for name, order in _baselines(FOR_A_FIRM, learning).items():
            firm.setdefault(name, np.zeros(shape))[left] = order(block)
        without = fit_uncalibrated(learning, replace(options, texts=False), "")
        company.setdefault(WITHOUT_TEXT, np.zeros(shape))[left] = score_pairs(without, block)
        firm.setdefault(WITHOUT_TEXT, np.zeros(shape))[left] = city_log_chances(
            without, known, left
        )
        company.setdefault(TREES, np.zeros(shape))[left] = fit_trees(
            learning, chosen_features(COMPANY_FEATURES, options), options
        )(block)
        model = fit_uncalibrated(learning, options, "")
        moves[left] = expansion_scores(model, known, left)
        goes[left] = city_log_chances(model, known, left)
        company.setdefault(LOGIT, np.zeros(shape))[left] = score_pairs(model, block)
        company.setdefault(TWO_STAGE, np.zeros(shape))[left] = (
            np.log(sigmoid(moves[left]))[:, None] + goes[left]
        )
        firm.setdefault(LOGIT, np.zeros(shape))[left] = goes[left]
    return _Held(company, firm, moves, goes)


def _held_out_cities(known: Known, options: TargetOptions) -> dict[str, Floats]:
    """Return scores of each city by a model that never saw it as a destination.

    The firms are known to that model by their moves elsewhere; `_held_out_firms` asks the rest.
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
        orders = _baselines(FOR_A_CITY, learning)
        orders[LOGIT] = lambda b, m=model: score_pairs(m, b)  # type: ignore[misc]
        for name, order in orders.items():
            found.setdefault(name, np.zeros(shape))[:, places] = order(block)
    return found


def _baselines(
    orders: Mapping[str, Order], learning: Learning
) -> dict[str, Callable[[Block], Floats]]:
    return {
        name: (lambda block, order=order: order(learning, block))  # type: ignore[misc]
        for name, order in orders.items()
    }


def _by_chain(
    known: Known, happened: Flags, held: Mapping[str, Floats]
) -> dict[str, dict[str, ListScores]]:
    """Return measures over lists of (city, chain): only firms placed on the chain's segments."""
    from chainmap.concepts.identifiers import chain_of

    chains = sorted({chain_of(segment) for segment in known.segment_ids})
    found = {}
    for chain in chains:
        columns = [i for i, s in enumerate(known.segment_ids) if chain_of(s) == chain]
        on = np.asarray(known.makes[:, columns].sum(axis=1)).ravel() > 0
        came = happened & on[:, None]
        cities = np.flatnonzero(came.any(axis=0))
        if len(cities) < 5:
            continue
        outside = (known.home[:, None] != cities[None, :]) & on[:, None]
        lists = Lists(came[:, cities], outside, cities)
        found[chain] = {name: score_lists(lists, s[:, cities]) for name, s in held.items()}
    return found


def _pair_calibration(
    known: Known, happened: Flags, held: _Held, options: TargetOptions
) -> Calibration:
    outside = known.home[:, None] != np.arange(known.n_cities)[None, :]
    scores = logit(sigmoid(held.moves)[:, None] * np.exp(held.goes))
    fold = np.broadcast_to(firm_folds(known, options)[:, None], scores.shape)
    return _tenths(*_cross_fitted(scores[outside], happened[outside], fold[outside]))


def _cross_fitted(scores: Floats, happened: Flags, fold: Ints) -> tuple[Floats, Flags]:
    """Return chances calibrated on the other folds' left-out scores, and what happened."""
    chances = np.zeros(len(scores))
    for k in np.unique(fold):
        knots = fit_knots(scores[fold != k], happened[fold != k].astype(np.float64))
        chances[fold == k] = calibrated(scores[fold == k], knots)
    return chances, happened


def _tenths(chances: Floats, happened: Flags) -> Calibration:
    order = np.argsort(-chances, kind="stable")
    parts = np.array_split(order, 10)[:TENTHS]
    ratio = tuple(float(happened[p].sum() / max(chances[p].sum(), 1e-12)) for p in parts)
    rate = float(happened.mean())
    return Calibration(
        n=len(chances),
        n_events=int(happened.sum()),
        tenths=ratio,
        brier=brier(happened.astype(np.float64), chances),
        brier_base=rate * (1 - rate),
    )
