"""Calibration (校准): scores to chances by isotonic steps with a least slope, in log-odds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from chainmap.errors import ModelError
from chainmap.logistic import Matrix, fit_logistic, logit, sigmoid
from chainmap.released import rounded

LEAST_SLOPE = 0.5
"""Least slope of the curve, as a share of the slope of a straight line (Platt) through the same
rows. Isotonic steps alone are level where the sample happens to be, and a level stretch puts all
gaps on it in one place. Brier score and calibration error are the same with it (decision 0015)."""


class Knots(NamedTuple):
    """Log-odds of the model against log-odds seen, both rising."""

    score: tuple[float, ...]
    chance: tuple[float, ...]

    def as_stored(self) -> Knots:
        """Return the knots as a release stores them."""
        return Knots(*(tuple(rounded(value) for value in side) for side in self))


def fit_knots(score: Matrix, happened: Matrix, least: int = 10) -> Knots:
    """Return the knots that make scores of one origin as frequent as what happened.

    Isotonic regression; neighbouring steps are merged until each holds `least` events, because a
    step of one event promises more than it knows, and each step stands at its mean score. The
    steps are then bent, as little as their events allow, so that no stretch is flatter than
    `LEAST_SLOPE` of Platt's line, and shifted so that the mean chance is the share that happened.

    Args:
        score: Log-odds of the model on rows it was not trained on.
        happened: 0 or 1 a row.
        least: Events a knot rests on.

    Raises:
        ModelError: Nothing happened at the origin.

    Source:
        Zadrozny and Elkan (2002), Platt (1999); methods 7.5. The least slope is ours.
    """
    if happened.sum() == 0:
        raise ModelError("校准的样本里一次也没有发生，无法校准。", todo="换一个有事件的起点。")
    from sklearn.isotonic import isotonic_regression

    score, happened = np.asarray(score, np.float64), np.asarray(happened, np.float64)
    steps = _merged(_steps(score, happened), least)
    x = np.array([total / n for total, _, n in steps])
    events = np.array([max(found, 0.5) for _, found, _ in steps])
    seen = logit(events / np.array([n for _, _, n in steps]))
    line = fit_logistic(score[:, None], happened, np.ones(len(score)), 1e-6)
    rise = LEAST_SLOPE * max(float(line[1]), 0.0) * x
    y = isotonic_regression(seen - rise, sample_weight=events) + rise
    kept = np.flatnonzero(np.diff(x, prepend=-np.inf) > 1e-9)
    x, y = x[kept], y[kept]
    chance = calibrated(score, Knots(tuple(x), tuple(y)))
    y = y + base_rate_offset(chance, float(happened.mean()))
    return Knots(tuple(np.round(x, 6).tolist()), tuple(np.round(y, 6).tolist()))


def calibrated(score: Matrix, knots: Knots, offset: float = 0.0) -> Matrix:
    """Return chances, 0..1; beyond the knots they move one to one with the score.

    Args:
        score: Log-odds of the model.
        knots: From `fit_knots`.
        offset: Added in log-odds: the base rate of another window.
    """
    x, y = np.asarray(knots.score), np.asarray(knots.chance)
    inside = np.interp(score, x, y)
    beyond = np.minimum(score - x[0], 0.0) + np.maximum(score - x[-1], 0.0)
    return sigmoid(inside + beyond + offset)


def base_rate_offset(chance: Matrix, rate: float) -> float:
    """Return the log-odds shift under which the chances' mean is `rate`."""
    z, low, high = logit(chance), -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        if float(sigmoid(z + middle).mean()) < rate:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _merged(steps: list[tuple[float, float, int]], least: int) -> list[tuple[float, float, int]]:
    merged: list[tuple[float, float, int]] = []
    held = (0.0, 0.0, 0)
    for step in steps:
        held = (held[0] + step[0], held[1] + step[1], held[2] + step[2])
        if held[1] >= least:
            merged.append(held)
            held = (0.0, 0.0, 0)
    if held[2]:
        last = merged.pop() if merged else (0.0, 0.0, 0)
        merged.append((last[0] + held[0], last[1] + held[1], last[2] + held[2]))
    return merged


def _steps(score: Matrix, happened: Matrix) -> list[tuple[float, float, int]]:
    """Return the isotonic steps by rising score: sum of scores, events, rows."""
    from sklearn.isotonic import isotonic_regression

    order = np.argsort(score, kind="stable")
    x, y = score[order], happened[order]
    starts = np.flatnonzero(np.diff(isotonic_regression(y), prepend=-1.0) > 0)
    return [
        (float(x[a:b].sum()), float(y[a:b].sum()), int(b - a))
        for a, b in zip(starts, [*starts[1:], len(x)], strict=True)
    ]
