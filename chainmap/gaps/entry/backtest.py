"""Back-test of the shipped entry model on the roster: against density, popularity and gravity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainmap.calibration import calibrated, fit_knots
from chainmap.gaps.entry.chances import term_columns
from chainmap.gaps.entry.columns import feature_matrix, features
from chainmap.gaps.entry.experiment import answer
from chainmap.gaps.entry.panel import Ints, Matrix, Panel
from chainmap.gaps.entry.scores import Judged, MethodScores, score_method
from chainmap.gaps.entry.training import (
    LEAST_ORIGINS,
    TERMS,
    TrainingOptions,
    fit_terms,
    happened,
    origins,
    training_rows,
)
from chainmap.logistic import fit_logistic, logit
from chainmap.metrics import brier, expected_calibration_error
from chainmap.significance import paired_bootstrap

GRAVITY = {
    "city_companies": None, "city_growth": None, "expected_makers": None,
    "national_makers": None, "national_growth_5": None,
}  # fmt: skip
TREES = {
    "objective": "binary", "num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 200,
    "lambda_l2": 20.0, "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
"""LightGBM kept small: a few hundred events a window cannot carry more."""
N_TREES = 150


@dataclass(frozen=True)
class Tested:
    """Every method's scores at one test origin, and the shipped model's calibration there.

    Attributes:
        raw: Score of every cell by method, in the order of `scores`.
        before: Origins it was trained on.
    """

    origin: int
    raw: Mapping[str, Matrix]
    before: tuple[int, ...]
    scores: tuple[MethodScores, ...]
    n_events: int
    base_rate: float
    brier: float
    brier_base: float
    calibration_error: float


def backtest(panel: Panel, options: TrainingOptions) -> list[Tested]:
    """Return the scores at every origin with three before it: two to learn from, one to tune on."""
    every = origins(panel, options)
    return [
        _test(panel, [o for o in every if o + options.horizon <= origin], origin, options)
        for origin in every[LEAST_ORIGINS - 1 :]
    ]


def summary_rows(tested: list[Tested]) -> list[dict[str, Any]]:
    """Return one row a method: means over origins, difference to density over cities.

    A city is one cluster over all origins, so that a city tested thrice counts as one.
    """
    names = [scores.name for scores in tested[0].scores]
    rows = []
    for i, name in enumerate(names):
        own = [one.scores[i] for one in tested]
        base = [one.scores[names.index("density")] for one in tested]
        clusters = np.concatenate([scores.cities for scores in own])
        ndcg = np.concatenate([scores.ndcg for scores in own])
        gap = paired_bootstrap(
            ndcg - np.concatenate([scores.ndcg for scores in base]), clusters=clusters
        )
        area = np.mean([scores.area for scores in own])
        rows.append(
            {
                "method": name,
                "ndcg_20": round(float(ndcg.mean()), 4),
                "precision_20": round(float(np.concatenate([s.precision for s in own]).mean()), 4),
                "auc_pr": round(float(area), 4),
                "minus_density": round(gap.mean, 4),
                "low": round(gap.low, 4),
                "high": round(gap.high, 4),
            }
        )
    return rows


def chain_row(tested: list[Tested]) -> dict[str, Any]:
    """Return what the shipped model gains by its chain features, a city one cluster."""
    names = [scores.name for scores in tested[0].scores]
    whole = [one.scores[names.index("logistic")] for one in tested]
    without = [one.scores[names.index("logistic without chain")] for one in tested]
    found = np.concatenate([scores.ndcg for scores in whole])
    clusters = np.concatenate([scores.cities for scores in whole])
    gap = paired_bootstrap(
        found - np.concatenate([scores.ndcg for scores in without]), clusters=clusters
    )
    return {
        "task": "further maker",
        "tests": "、".join(str(one.origin) for one in tested),
        "events": sum(one.n_events for one in tested),
        "cities": len(np.unique(clusters)),
        "with_chain": round(float(found.mean()), 4),
        "without_chain": round(float(found.mean()) - gap.mean, 4),
        "auc_with": round(float(np.mean([scores.area for scores in whole])), 4),
        "auc_without": round(float(np.mean([scores.area for scores in without])), 4),
        "difference": round(gap.mean, 4),
        "low": round(gap.low, 4),
        "high": round(gap.high, 4),
        "answer": answer(gap, gap),
    }


def _test(panel: Panel, before: list[int], origin: int, options: TrainingOptions) -> Tested:
    cells = np.arange(panel.shape[0] * panel.shape[1])
    y = happened(panel, origin, options.horizon)
    judged = Judged(cells // panel.shape[1], y, panel.provinces)
    known = panel.as_of(origin)
    plain = feature_matrix(known, ["national_makers", "density", "province_makers"], cells)
    no_chain = {n: f for n, f in TERMS.items() if features()[n].family != "chain"}
    fitted = {
        "gravity": logistic_scores(panel, before, origin, GRAVITY, options),
        "lightgbm": _trees(panel, before, origin, options),
        "logistic without chain": logistic_scores(panel, before, origin, no_chain, options),
        "logistic": logistic_scores(panel, before, origin, TERMS, options),
    }
    scores = {
        "random": np.random.default_rng(options.seed).random(len(cells)),
        "popularity": plain[:, 0].astype(np.float64),
        "density": plain[:, 1].astype(np.float64),
        "province": plain[:, 2].astype(np.float64),
        **fitted,
    }
    *learned, tuning = before
    earlier = logistic_scores(panel, learned or before, tuning, TERMS, options)
    knots = fit_knots(earlier, happened(panel, tuning, options.horizon))
    chance = calibrated(fitted["logistic"], knots)
    return Tested(
        origin=origin,
        raw=scores,
        before=(*before,),
        scores=tuple(score_method(name, score, judged, 0) for name, score in scores.items()),
        n_events=int(y.sum()),
        base_rate=float(y.mean()),
        brier=brier(y, chance),
        brier_base=brier(y, np.full(len(y), y.mean())),
        calibration_error=expected_calibration_error(y, chance),
    )


def logistic_scores(
    panel: Panel,
    before: list[int],
    origin: int,
    floors: Mapping[str, float | None],
    options: TrainingOptions,
) -> Matrix:
    """Return log-odds of every cell at the origin, of a model trained on origins before it.

    Args:
        panel: All facts; nothing after the origin is read.
        before: Training origins, their windows over by then.
        origin: The test origin.
        floors: Features with their floors, as `TERMS`.
        options: How it is trained.
    """
    rows = training_rows(panel, before, list(floors), options)
    terms = fit_terms(rows, floors)
    fitted = fit_logistic(
        term_columns(terms, rows.values), rows.happened, rows.weight, options.ridge
    )
    cells: Ints = np.arange(panel.shape[0] * panel.shape[1])
    later = term_columns(terms, feature_matrix(panel.as_of(origin), list(floors), cells))
    return np.asarray(later @ fitted[1:] + fitted[0], dtype=np.float64)


def _trees(panel: Panel, before: list[int], origin: int, options: TrainingOptions) -> Matrix:
    import lightgbm

    names = list(TERMS)
    rows = training_rows(panel, before, names, options)
    data = lightgbm.Dataset(rows.values, rows.happened, weight=rows.weight)
    model = lightgbm.train({**TREES, "seed": options.seed}, data, N_TREES)
    cells = np.arange(panel.shape[0] * panel.shape[1])
    found = model.predict(feature_matrix(panel.as_of(origin), names, cells), num_threads=1)
    return logit(np.asarray(found, dtype=np.float64))
