"""Train the target ranker on labels: two conditional logits and the chance to move at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from chainmap.calibration import Knots, fit_knots
from chainmap.errors import ModelError
from chainmap.logistic import fit_logistic, sigmoid
from chainmap.ranking.choice import Choices, coefficient_covariance, fit_monotone
from chainmap.ranking.known import Floats, Flows, Ints, Known
from chainmap.ranking.lessons import Learned, lessons_of
from chainmap.ranking.pair_curve import PairCurve, fit_pair_curve, shares_before
from chainmap.ranking.pair_registry import Block, pair_column, pair_features
from chainmap.ranking.target_model import (
    TargetModel,
    Term,
    city_log_chances,
    expansion_scores,
    score_pairs,
)
from chainmap.ranking.tied import Flags
from chainmap.released import rounded

COMPANY_FEATURES = (
    "staff_size", "capital_size", "intervening_firms", "same_province", "same_province_small",
    "industry_firms", "business_likeness", "closest_peers", "chain_partners",
)  # fmt: skip
"""Not `listed`: who is listed is who writes about itself, and so is labelled; at earlier origins,
where sites of firms not yet listed are dated, it pointed the wrong way; not `sector_moves`: it
misleads inside a segment (docs/decisions/0022)."""
CITY_FEATURES = (
    "nearness", "same_province", "province_flow", "sector_quotient", "industry_quotient",
    "business_likeness", "closest_peers", "city_draw", "city_firms", "city_firms_squared",
)  # fmt: skip
EXPANSION_FEATURES = ("staff_size", "capital_size", "home_firms", "age", "sector_moves")
ACROSS_FEATURES = ("sector_moves",)
"""What tells trades apart and misleads inside one: for lists of all trades only."""
ACROSS_SHARE = 0.5
"""Of the weight it has in `expansion`; judged (docs/decisions/0022)."""
INNER_PARTS = 10
"""Parts of the firms inside a fit: what a firm is taught comes from the other nine."""


@dataclass(frozen=True)
class TargetOptions:
    """How the ranker is trained.

    Attributes:
        ridge: Penalty on standardised coefficients of the conditional logits.
        capital_stiffness: What it is multiplied by for registered capital in the order of a list:
            a figure that anyone can inflate may not carry a firm far (docs/decisions/0022).
        expansion_ridge: The same of the chance to move.
        folds: Parts of the firms; calibration uses scores of firms that were left out.
        seed: Same seed, same bytes.
        texts: Whether features that read what firms say of their business are used.
    """

    ridge: float = 20.0
    capital_stiffness: float = 50.0
    expansion_ridge: float = 10.0
    folds: int = 5
    seed: int = 20261121
    texts: bool = True


@dataclass(frozen=True)
class Learning:
    """What a fit may see.

    Attributes:
        known: The universe as of the origin, with its labels.
        firms: Flags by firm: which may be learned from.
        cities: Flags by city: which may be learned from as destinations.
    """

    known: Known
    firms: Flags
    cities: Flags

    def happened(self) -> Flags:
        """Return firms × cities, whether a label says so and both may be learned from."""
        sites = _away_from_home(self.known, self.known.sites.toarray() > 0)
        return np.asarray(sites & self.firms[:, None] & self.cities[None, :])


def chosen_features(names: Sequence[str], options: TargetOptions) -> list[str]:
    """Return the features a model uses: without the texts where they are not wanted."""
    every = pair_features()
    return [name for name in names if options.texts or not every[name].reads_text]


def everything(known: Known) -> Learning:
    """Return a learning that may see all firms and cities."""
    return Learning(known, np.ones(known.n_firms, bool), np.ones(known.n_cities, bool))


def stated_sites(known: Known) -> Flags:
    """Return firms × cities, whether a label other than a ledger's says so: `Known.stated`.

    What undated lists ask about, and what teaches where firms go: landings have days and lists of
    their own (`target_landings`), and were sought city by city.
    """
    return _away_from_home(known, known.stated.toarray() > 0)


def train_targets(known: Known, options: TargetOptions, version: str) -> TargetModel:
    """Return the ranker trained on everything, calibrated on firms that were left out in turn.

    Raises:
        ModelError: There is nothing to learn from.
    """
    model = fit_uncalibrated(everything(known), options, version)
    fold = firm_folds(known, options)
    moves = np.zeros(known.n_firms)
    expected, before = np.zeros((2, known.n_firms, known.n_cities))
    for k in range(options.folds):
        left = np.flatnonzero(fold == k)
        part = fit_uncalibrated(
            Learning(known, fold != k, np.ones(known.n_cities, bool)), options, version
        )
        moves[left] = expansion_scores(part, known, left)
        goes = np.exp(city_log_chances(part, known, left))
        expected[left] = sigmoid(moves[left])[:, None] * goes
        block = Block(known, left, np.arange(known.n_cities))
        before[left] = shares_before(score_pairs(part, block, across=True), block.at_home)
    sites = everything(known).happened()
    outside = known.home[:, None] != np.arange(known.n_cities)[None, :]
    knots = fit_knots(moves, np.asarray(sites.any(axis=1), np.float64))
    return replace(
        model,
        expansion_knots=knots.as_stored(),
        pair=fit_pair_curve(expected[outside], before[outside], sites[outside]),
    )


def _away_from_home(known: Known, sites: Flags) -> Flags:
    at = np.flatnonzero(known.home >= 0)
    sites[at, known.home[at]] = False
    return sites


def firm_folds(known: Known, options: TargetOptions) -> Ints:
    """Return the fold of every firm: by group, so that a group is never in two folds."""
    return _parts(known, options.folds, options.seed)


def _parts(known: Known, n_parts: int, seed: int) -> Ints:
    groups = known.firms["group"]
    names = sorted(set(groups))
    part = np.random.default_rng(seed).permutation(len(names)) % n_parts
    fold = dict(zip(names, part.tolist(), strict=True))
    return groups.replace_strict(fold, return_dtype=pl.Int64).to_numpy()


def fit_uncalibrated(learning: Learning, options: TargetOptions, version: str) -> TargetModel:
    """Return a ranker whose chances are not calibrated yet.

    Raises:
        ModelError: No label is left to learn from.
    """
    known, happened = learning.known, learning.happened()
    if not happened.any():
        raise ModelError("没有一条可学的标签。", todo="检查标签与企业表的代码是否一致。")
    learned = start_learning(learning, options)
    company, covariance = _company_terms(learning, happened, options)
    stated = happened & stated_sites(known)
    city = _city_terms(learning, stated if stated.any() else happened, options)
    intercept, expansion = _expansion_terms(learning, happened, options)
    seen = learning.firms.astype(np.float64)
    lessons = lessons_of(known, happened.astype(np.float64), learned.stated, seen)
    stop_learning(known)
    known.keep("flows", learned.flows)
    none = Knots((0.0, 1.0), (0.0, 1.0))
    across = tuple(
        replace(term, weight=rounded(ACROSS_SHARE * term.weight))
        for term in expansion
        if term.feature in ACROSS_FEATURES
    )
    return TargetModel(
        version, company, city, expansion, intercept, none, PairCurve(1.0, 0.0, none),
        learned.flows, known.year, covariance, lessons, across,
    )  # fmt: skip


def start_learning(learning: Learning, options: TargetOptions) -> Learned:
    """Return what a fit learns from; from now on no firm is told of its own moves."""
    known = learning.known
    happened = learning.happened()
    sites, stated = happened.astype(np.float64), (happened & stated_sites(known)).astype(np.float64)
    part = _parts(known, INNER_PARTS, options.seed + 2)
    seen = learning.firms.astype(np.float64)
    lessons = [
        lessons_of(known, sites * others, stated * others, seen * others[:, 0])
        for others in ((part != p)[:, None] for p in range(INNER_PARTS))
    ]
    learned = Learned(_learned_flows(known, stated > 0), stated, part, tuple(lessons))
    known.keep("learned rates", None)
    return known.keep("learning", learned)  # type: ignore[no-any-return]


def stop_learning(known: Known) -> None:
    """End what `start_learning` began: features read what the model was told again."""
    known.keep("learning", None)


def _company_terms(
    learning: Learning, happened: Flags, options: TargetOptions
) -> tuple[tuple[Term, ...], Floats]:
    """Return the conditional logit over firms: one set a city, all firms outside it."""
    known = learning.known
    names = chosen_features(COMPANY_FEATURES, options)
    sets = []
    for city in np.flatnonzero(happened.any(axis=0)):
        rows = np.flatnonzero(learning.firms & (known.home != city))
        block = Block(known, rows, np.array([city]))
        values = np.column_stack([pair_column(block, name)[:, 0] for name in names])
        sets.append(_Set(values, int(city), rows, happened[rows, city].astype(np.float64)))
    stiff = np.array([options.capital_stiffness if n == "capital_size" else 1.0 for n in names])
    return _terms(names, sets, options.ridge * stiff)


def _city_terms(learning: Learning, happened: Flags, options: TargetOptions) -> tuple[Term, ...]:
    """Return the conditional logit over cities: one set a firm that moved."""
    known = learning.known
    rows = np.flatnonzero(happened.any(axis=1) & (known.home >= 0))
    names = chosen_features(CITY_FEATURES, options)
    places = np.flatnonzero(learning.cities)
    block = Block(known, rows, places)
    columns = np.stack([pair_column(block, name) for name in names], axis=-1)
    sets = []
    for i, row in enumerate(rows):
        away = known.home[row] != places
        chosen = happened[row, places][away].astype(np.float64)
        sets.append(_Set(columns[i][away], int(row), places[away], chosen))
    return _terms(names, sets, options.ridge)[0]


@dataclass(frozen=True)
class _Set:
    """One set of alternatives: covariates, its number, which alternatives, how often chosen."""

    values: Floats
    case: int
    candidate: Ints
    chosen: Floats


def _terms(
    names: list[str], sets: Sequence[_Set], ridge: float | Floats
) -> tuple[tuple[Term, ...], Floats]:
    """Return the fitted terms and the covariance of their weights."""
    values = np.vstack([one.values for one in sets])
    mean, spread = values.mean(axis=0), values.std(axis=0)
    flat = spread < 1e-9
    spread = np.where(flat, 1.0, spread)
    choices = Choices(
        (values - mean) / spread,
        np.concatenate([np.full(len(one.chosen), one.case) for one in sets]),
        np.concatenate([one.chosen for one in sets]),
    )
    signs = np.array([pair_features()[name].monotone for name in names])
    weights = np.where(flat, 0.0, fit_monotone(choices, ridge, signs))
    covariance = coefficient_covariance(
        choices, weights, ridge, np.concatenate([one.candidate for one in sets])
    )
    terms = tuple(
        Term(name, rounded(float(m)), rounded(float(s)), rounded(float(w)))
        for name, m, s, w in zip(names, mean, spread, weights, strict=True)
    )
    half = np.array([[rounded(v) for v in row] for row in covariance.tolist()])
    return terms, np.triu(half) + np.triu(half, 1).T


def _expansion_terms(
    learning: Learning, happened: Flags, options: TargetOptions
) -> tuple[float, tuple[Term, ...]]:
    known = learning.known
    rows = np.flatnonzero(learning.firms)
    block = Block(known, rows, np.zeros(1, np.int64))
    names = list(EXPANSION_FEATURES)
    values = np.column_stack([pair_column(block, name)[:, 0] for name in names])
    mean, spread = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-6)
    found = fit_logistic(
        (values - mean) / spread,
        np.asarray(happened[rows].any(axis=1), np.float64),
        np.ones(len(rows)),
        options.expansion_ridge,
    )
    terms = tuple(
        Term(name, rounded(float(m)), rounded(float(s)), rounded(float(w)))
        for name, m, s, w in zip(names, mean, spread, found[1:], strict=True)
    )
    return rounded(float(found[0])), terms


def _learned_flows(known: Known, happened: Flags) -> Flows:
    n = len(known.province_codes)
    moves = np.zeros((n, n))
    firm, city = np.nonzero(happened)
    at = known.home[firm] >= 0
    np.add.at(moves, (known.province[known.home[firm[at]]], known.province[city[at]]), 1.0)
    return Flows(known.province_codes, moves)
