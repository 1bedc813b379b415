"""Calibration (校准): scores to chances by isotonic steps, joined by straight lines in log-odds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from chainmap.errors import ModelError
from chainmap.gaps.entry.logistic import logit, sigmoid
from chainmap.gaps.entry.panel import Matrix


class Knots(NamedTuple):
    """Log-odds of the model against log-odds seen, both rising."""

    score: tuple[float, ...]
    chance: tuple[float, ...]


def fit_knots(score: Matrix, happened: Matrix, least: int = 10) -> Knots:
    """Return the knots that make scores of one origin as frequent as what happened.

    Isotonic regression; neighbouring steps are merged until each holds `least` events, because a
    step of one event promises more than it knows, and each step stands at its mean score.

    Args:
        score: Log-odds of the model on rows it was not trained on.
        happened: 0 or 1 a row.
        least: Events a knot rests on.

    Raises:
        ModelError: Nothing happened at the origin.

    Source:
        Zadrozny and Elkan (2002); methods 7.5.
    """
    if happened.sum() == 0:
        raise ModelError("校准起点没有一次进入，无法校准。", todo="换一个有事件的起点。")
    from sklearn.isotonic import isotonic_regression

    order = np.argsort(score, kind="stable")
    x, y = np.asarray(score, np.float64)[order], np.asarray(happened, np.float64)[order]
    level = isotonic_regression(y)
    starts = np.flatnonzero(np.diff(level, prepend=-1.0) > 0)
    steps = [
        (float(x[a:b].sum()), float(y[a:b].sum()), b - a)
        for a, b in zip(starts, [*starts[1:], len(x)], strict=True)
    ]
    merged = _merged(steps, least)
    points = [(total / n, logit(np.array(events / n)).item()) for total, events, n in merged]
    kept = [points[0]]
    for point in points[1:]:
        if point[0] > kept[-1][0] + 1e-9 and point[1] > kept[-1][1] + 1e-9:
            kept.append(point)
    return Knots(tuple(round(p[0], 6) for p in kept), tuple(round(p[1], 6) for p in kept))


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
