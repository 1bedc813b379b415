"""The learned rows of the external export benchmark: trained without history.

The benchmark has one matrix and no years, so links are hidden at random, features are
computed on what is left, and the model learns to find the hidden ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chainmap.calibration import calibrated, fit_knots
from chainmap.gaps.relatedness.baselines import Known
from chainmap.gaps.relatedness.collaborative import Similarity, rp3beta, user_collaborative
from chainmap.gaps.relatedness.complexity import complexity
from chainmap.gaps.relatedness.density import density, density_of_nearest
from chainmap.gaps.relatedness.ease import Side, ease
from chainmap.gaps.relatedness.factors import implicit_als
from chainmap.gaps.relatedness.nearby import share_nearby, strength_nearby
from chainmap.gaps.relatedness.proximity import Floats
from chainmap.gaps.relatedness.proximity import proximity as conditional

Links = NDArray[np.bool_]
RANKED = ("density", "density_nearest", "item_cosine", "user_cosine", "ease_places", "ease_items")
"""Features that enter as their rank within the place too."""
REACHES = (1, 2, 4, 8, 16, 64)
"""Neighbours in the numbering looked at on either side: headings, chapters, sections of the HS."""
RANKED_REACHES = (4, 16)
"""Those that enter over what was to be expected, and as a rank within the place, too."""


@dataclass(frozen=True)
class HoldOutOptions:
    """How links are hidden and models fitted; the defaults are those of the table."""

    n_folds: int = 7
    """Parts the links of each place are cut into; each is hidden once, the last to calibrate."""
    negatives: float = 0.12
    """Share of the other candidates kept for training; all of them would add time only."""
    n_trees: int = 200
    n_leaves: int = 31
    seed: int = 0


@dataclass(frozen=True)
class Learned:
    """Scores of the learned methods; places × items each, known pairs without meaning."""

    order: Floats
    """LambdaRank: orders items within a place."""
    binary: Floats
    """Log-odds of the binary model, as trained."""
    chance: Floats
    """Chance 0–1 of the binary model, calibrated on links it was not trained on."""


@dataclass(frozen=True)
class _Fold:
    """What one hold-out gives: rows to learn from, and every candidate as seen from it."""

    features: NDArray[np.float32]
    hidden: Floats
    sizes: NDArray[np.int64]
    """Rows of each place in turn; a query of LambdaRank."""
    candidates: NDArray[np.float32]
    """Features of the pairs not known, from the same reduced matrix."""


def learned_scores(known: Links, options: HoldOutOptions | None = None) -> Learned:
    """Return what the models say of every pair, trained on the known links alone.

    All folds but the last are trained on; the last one calibrates, every candidate in it.
    A pair's score is the mean over the reduced matrices of all folds: features then look as
    they did in training, which those of the whole, denser matrix do not.

    Args:
        known: Places × items.
        options: None takes the defaults.
    """
    options = options or HoldOutOptions()
    *training, last = folds = list(_folds(known, options))
    lambdarank, binary = (_fit(kind, training, options) for kind in ("lambdarank", "binary"))
    knots = fit_knots(binary.predict(last.features, raw_score=True), last.hidden)
    order, odds, chance = (np.full(known.shape, -np.inf) for _ in range(3))
    rest = ~known
    order[rest] = np.mean([lambdarank.predict(fold.candidates) for fold in folds], axis=0)
    odds[rest] = np.mean(
        [binary.predict(fold.candidates, raw_score=True) for fold in folds], axis=0
    )
    chance[rest] = calibrated(odds[rest], knots)
    return Learned(order, odds, chance)


def rank_average(known: Links, *scores: Floats) -> Floats:
    """Return the mean of the scores' ranks among each place's candidates; higher is better."""
    return np.asarray(np.mean([within_place(known, score) for score in scores], axis=0))


def within_place(known: Links, score: Floats) -> Floats:
    """Return each candidate's rank within its place as a share, 1.0 the best; ties at the mean.

    Known pairs get 0 or less and mean nothing.
    """
    from scipy.stats import rankdata

    n_known = known.sum(axis=1, keepdims=True)
    ranks = rankdata(np.where(known, -np.inf, score), axis=1) - n_known
    return np.asarray(ranks / np.maximum(known.shape[1] - n_known, 1))


def pair_features(known: Links) -> dict[str, Floats]:
    """Return the features of every pair, each places × items, named as in the table's note.

    No Sapling among them: the final order averages the model's ranks with SSCF's, and two
    opinions are worth more than one heard twice. Items are numbered in the order of the HS, so
    what a place has beside an item's number (`relatedness.nearby`) is among them.
    """
    at, whole = Known(known), np.ones(known.shape)
    index = complexity(known)
    pci = np.nan_to_num(index.pci)
    features = {
        "density": density(known, at.proximity),
        "density_asymmetric": density(known, conditional(known, symmetric=False)),
        "density_nearest": density_of_nearest(known, at.proximity, 100),
        "item_cosine": density_of_nearest(known, at.cosine, 50),
        "item_cosine_10": density_of_nearest(known, at.cosine, 10),
        "item_jaccard": density_of_nearest(known, at.jaccard, 20),
        "user_cosine": user_collaborative(known, 20),
        "user_jaccard": user_collaborative(known, 10, Similarity.JACCARD),
        "rp3beta": rp3beta(known, 0.8),
        "ease_places": ease(known, 30.0, Side.PLACES),
        "ease_items": ease(known, 300.0, Side.ITEMS),
        "ease_items_stiff": ease(known, 1000.0, Side.ITEMS),
        "als": implicit_als(known, 16, weight=0.5, ridge=10.0, sweeps=8),
        "ubiquity": whole * index.ubiquity,
        "diversity": whole * index.diversity[:, None],
        "pci": whole * pci,
        "complexity_step": np.abs(pci - np.nan_to_num(index.eci)[:, None]),
    }
    for name in RANKED:
        features[f"{name}_rank"] = within_place(known, features[name])
    features |= {f"nearby_{reach}": share_nearby(known, reach) for reach in REACHES}
    for reach in RANKED_REACHES:
        features[f"nearby_{reach}_strength"] = strength_nearby(known, reach)
    for reach in RANKED_REACHES:
        features[f"nearby_{reach}_rank"] = within_place(known, features[f"nearby_{reach}"])
    return features


def _folds(known: Links, options: HoldOutOptions) -> Iterator[_Fold]:
    """Yield each fold: its links hidden, features of what is left."""
    rng = np.random.default_rng(options.seed)
    part = np.full(known.shape, -1)
    for place, links in enumerate(known):
        items = np.flatnonzero(links)
        part[place, items] = rng.permutation(len(items)) * options.n_folds // max(len(items), 1)
    for number in range(options.n_folds):
        hidden = part == number
        left = known & ~hidden
        rows = ~left
        if number < options.n_folds - 1:
            rows &= hidden | (rng.random(known.shape) < options.negatives)
        features = pair_features(left)
        yield _Fold(
            _stack(features, rows),
            hidden[rows].astype(np.float64),
            rows.sum(axis=1),
            _stack(features, ~known),
        )


def _stack(features: dict[str, Floats], rows: Links) -> NDArray[np.float32]:
    return np.stack([values[rows].astype(np.float32) for values in features.values()], axis=1)


def _fit(objective: str, folds: list[_Fold], options: HoldOutOptions) -> Any:
    import lightgbm

    parameters = {
        "objective": objective, "num_leaves": options.n_leaves, "learning_rate": 0.05,
        "min_data_in_leaf": 100, "feature_fraction": 0.7, "bagging_fraction": 0.7,
        "bagging_freq": 1, "lambdarank_truncation_level": 60, "seed": options.seed,
        "deterministic": True, "force_row_wise": True, "num_threads": 2, "verbosity": -1,
    }  # fmt: skip
    data = lightgbm.Dataset(
        np.concatenate([fold.features for fold in folds]),
        np.concatenate([fold.hidden for fold in folds]),
        group=np.concatenate([fold.sizes for fold in folds])
        if objective == "lambdarank" else None,
    )  # fmt: skip
    return lightgbm.train(parameters, data, options.n_trees)
