"""The scorecard of the target ranker: held-out firms, held-out cities, every simple order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chainmap.calibration import calibrated, fit_knots
from chainmap.errors import ModelError
from chainmap.logistic import sigmoid
from chainmap.metrics import brier
from chainmap.ranking.known import Floats, Ints, Known
from chainmap.ranking.pair_curve import fit_pair_curve
from chainmap.ranking.pair_registry import remember_columns
from chainmap.ranking.target_bias import Bias, order_bias
from chainmap.ranking.target_held import (
    EARLIER,
    LOGIT,
    Held,
    add_earlier,
    held_out_cities,
    held_out_firms,
    within_a_chain,
)
from chainmap.ranking.target_landings import Landed, LandingScores, measure_landings
from chainmap.ranking.target_lists import Lists, ListScores, score_lists
from chainmap.ranking.target_model import TargetModel
from chainmap.ranking.target_segments import (
    SegmentScores,
    chain_scores,
    city_lists,
    firm_lists,
    segment_scores,
)
from chainmap.ranking.target_training import (
    CITY_FEATURES,
    COMPANY_FEATURES,
    EXPANSION_FEATURES,
    TargetOptions,
    everything,
    firm_folds,
    stated_sites,
)
from chainmap.ranking.tied import Flags

TENTHS = 3
"""Top tenths whose calibration is reported."""
HEADS = (20, 100)
"""First of every city's list whose calibration is reported."""
LOOKED_AT = 3
"""Folds of firms that proposed features; the others: see docs/decisions/0022."""
FAVOURS = ("先大后小", "先近后远", EARLIER, LOGIT)
"""Orders whose bias is told."""


@dataclass(frozen=True)
class Calibration:
    """How chances of left-out firms compare with what was seen.

    Attributes:
        tenths: Seen over predicted in the top tenths, the highest first.
        brier: Mean squared distance.
        brier_base: The same for the base rate alone.
        curve: Per tenth, the highest first: mean chance and share seen.
        heads: Of the first of every city's list, by how many: how many were foreseen to come, and
            how many came; {} of chances that are of no list.
    """

    n: int
    n_events: int
    tenths: tuple[float, ...]
    brier: float
    brier_base: float
    curve: tuple[tuple[float, float], ...]
    heads: Mapping[int, tuple[float, int]]


@dataclass(frozen=True)
class Scorecard:
    """All that was measured.

    Attributes:
        for_cities: Order → measures over the lists of firms, one list a city; asked about stated
            sites (`stated_sites`), as every part but `landings` is.
        for_firms: Order → measures over the lists of cities, one list a firm.
        cold: As `for_cities`, with the cities left out of training too.
        chains: Chain → order → measures over the chain's firms only.
        provinces: Province of each list in `for_cities`.
        sizes: Third of each list's city by firms at home: 0 small, 2 large.
        apart: As `for_cities`, only firms of the folds that did not propose features.
        firms_apart: As `for_firms`, of these firms only.
        segments: Lists of a city and a segment, firms left out.
        cold_segments: The same, cities left out.
        bias: Order → whom it favours.
        landings: Dated landings as of the year before; None where none are given.
    """

    for_cities: Mapping[str, ListScores]
    for_firms: Mapping[str, ListScores]
    cold: Mapping[str, ListScores]
    chains: Mapping[str, Mapping[str, ListScores]]
    provinces: tuple[str, ...]
    sizes: Ints
    pairs: Calibration
    expansion: Calibration
    apart: Mapping[str, ListScores]
    firms_apart: Mapping[str, ListScores]
    segments: SegmentScores | None
    cold_segments: SegmentScores | None
    bias: Mapping[str, Bias]
    landings: LandingScores | None


def measure_targets(
    known: Known,
    options: TargetOptions,
    earlier: TargetModel | None = None,
    landed: Landed | None = None,
) -> Scorecard:
    """Return the scorecard over firms left out by folds, and cities left out by folds.

    Args:
        known: A universe with labels; where these are undated the test is a cross-section.
        options: As the released model is trained.
        earlier: The earlier release, for a row of its own.
        landed: Dated landings to be asked about too, among the firms of their years.

    Raises:
        ModelError: There is nothing to learn from.
    """
    remember_columns(known, columns_read(earlier))
    came, happened = everything(known).happened(), stated_sites(known)
    held = held_out_firms(known, options)
    if earlier is not None:
        add_earlier(held, earlier, known)
    every = np.ones(known.n_firms, bool)
    lists, choices = firm_lists(known, happened, every), city_lists(known, happened, every)
    if lists is None or choices is None:
        raise ModelError("没有一条可检验的标签。", todo="检查标签与企业表的代码是否一致。")
    fold = firm_folds(known, options)
    cold = held_out_cities(known, options, earlier)
    provinces = known.cities["province"].to_list()
    cities = lists.number
    thirds = np.zeros(known.n_cities, np.int64)
    thirds[cities] = np.argsort(np.argsort(known.city_size[cities], kind="stable")) * 3
    thirds = thirds // len(cities)
    moved = np.asarray(came.any(axis=1))
    return Scorecard(
        for_cities=_for_cities(lists, held.company),
        for_firms=_for_firms(choices, held.firm),
        cold=_for_cities(lists, cold),
        chains=chain_scores(known, happened, within_a_chain(held.company)),
        provinces=tuple(provinces[city] for city in cities),
        sizes=thirds[cities],
        pairs=_pair_calibration(known, came, held, options),
        expansion=_tenths(_cross_fitted(held.moves, moved, fold), moved, {}),
        apart=_for_cities(firm_lists(known, happened, fold >= LOOKED_AT), held.company),
        firms_apart=_for_firms(city_lists(known, happened, fold >= LOOKED_AT), held.firm),
        segments=segment_scores(known, happened, within_a_chain(held.company), thirds),
        cold_segments=segment_scores(known, happened, within_a_chain(cold), thirds),
        bias={
            name: order_bias(known, held.company[name], happened)
            for name in FAVOURS
            if name in held.company
        },
        landings=measure_landings(known, landed, held.folds, earlier) if landed else None,
    )


def columns_read(earlier: TargetModel | None) -> list[str]:
    """Return the features that the orders of a scorecard read, by name."""
    names = {*COMPANY_FEATURES, *CITY_FEATURES, *EXPANSION_FEATURES, "listed", "industry_quotient"}
    return sorted(names | set(earlier.features() if earlier else ()))


def _for_cities(lists: Lists | None, held: Mapping[str, Floats]) -> dict[str, ListScores]:
    if lists is None:
        return {}
    return {name: score_lists(lists, scores[:, lists.number]) for name, scores in held.items()}


def _for_firms(lists: Lists | None, held: Mapping[str, Floats]) -> dict[str, ListScores]:
    if lists is None:
        return {}
    return {name: score_lists(lists, scores[lists.number].T) for name, scores in held.items()}


def _pair_calibration(
    known: Known, happened: Flags, held: Held, options: TargetOptions
) -> Calibration:
    """Return the calibration of pairs, each chance by a curve that did not see the firm's fold.

    `happened` holds all that is learned from, landings too: the chance is fitted to that.
    """
    outside = known.home[:, None] != np.arange(known.n_cities)[None, :]
    expected = (sigmoid(held.moves)[:, None] * np.exp(held.goes))[outside]
    before, came = (1.0 - held.company[LOGIT])[outside], happened[outside]
    fold = np.broadcast_to(firm_folds(known, options)[:, None], outside.shape)[outside]
    chances = np.zeros(len(came))
    for k in np.unique(fold):
        others, left = fold != k, fold == k
        curve = fit_pair_curve(expected[others], before[others], came[others])
        chances[left] = curve.chances(expected[left], before[left])
    listed = np.broadcast_to(outside.sum(axis=0), outside.shape)[outside]
    first = {k: before * listed <= k for k in HEADS}
    heads = {k: (float(chances[at].sum()), int(came[at].sum())) for k, at in first.items()}
    return _tenths(chances, came, heads)


def _cross_fitted(scores: Floats, happened: Flags, fold: Ints) -> Floats:
    """Return chances calibrated on the other folds' left-out scores."""
    chances = np.zeros(len(scores))
    for k in np.unique(fold):
        knots = fit_knots(scores[fold != k], happened[fold != k].astype(np.float64))
        chances[fold == k] = calibrated(scores[fold == k], knots)
    return chances


def _tenths(
    chances: Floats, happened: Flags, heads: Mapping[int, tuple[float, int]]
) -> Calibration:
    parts = np.array_split(np.argsort(-chances, kind="stable"), 10)
    curve = tuple((float(chances[p].mean()), float(happened[p].mean())) for p in parts)
    rate = float(happened.mean())
    return Calibration(
        n=len(chances),
        n_events=int(happened.sum()),
        tenths=tuple(
            float(happened[p].sum() / max(chances[p].sum(), 1e-12)) for p in parts[:TENTHS]
        ),
        brier=brier(happened.astype(np.float64), chances),
        brier_base=rate * (1 - rate),
        curve=curve,
        heads=heads,
    )
