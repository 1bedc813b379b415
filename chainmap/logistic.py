"""Ridge-penalised logistic regression by Newton steps: exact, so reruns give the same bytes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

STEPS = 50
HALVINGS = 30
TOLERANCE = 1e-7


def fit_logistic(x: Matrix, y: Matrix, weight: Matrix, ridge: float) -> Matrix:
    """Return intercept and coefficients that maximise the penalised likelihood.

    Σ w·[y·z − ln(1+e^z)] − ½·ridge·‖b‖², the intercept free of the penalty.

    Args:
        x: Rows × columns, standardised.
        y: 0 or 1 a row.
        weight: 0 or more a row.
        ridge: Above 0.

    Returns:
        One number more than `x` has columns, the intercept first.

    Source:
        le Cessie and van Houwelingen (1992).
    """
    design = np.column_stack([np.ones(len(x)), x]).astype(np.float64)
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 0.0
    rate = float((weight * y).sum() / max(weight.sum(), 1e-12))
    rate = min(max(rate, 1e-9), 1 - 1e-9)
    coefficients = np.zeros(design.shape[1])
    coefficients[0] = np.log(rate / (1 - rate))
    value = _objective(design, y, weight, penalty, coefficients)
    for _ in range(STEPS):
        chance = sigmoid(design @ coefficients)
        gradient = design.T @ (weight * (y - chance)) - penalty * coefficients
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design
        step = np.linalg.solve(curvature + np.diag(penalty + 1e-9), gradient)
        # A full step from a flat start may overshoot; halving until it gains makes Newton safe.
        for _ in range(HALVINGS):
            further = _objective(design, y, weight, penalty, coefficients + step)
            if further >= value:
                break
            step = step / 2
        coefficients, gained, value = coefficients + step, further - value, further
        if gained < TOLERANCE:
            break
    return coefficients


def _objective(design: Matrix, y: Matrix, weight: Matrix, penalty: Matrix, b: Matrix) -> float:
    z = design @ b
    likelihood = float((weight * (y * z - np.logaddexp(0.0, z))).sum())
    return likelihood - 0.5 * float((penalty * b**2).sum())


def sigmoid(z: Matrix) -> Matrix:
    """Return 1 / (1 + e^−z) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * z)))


def logit(chance: Matrix) -> Matrix:
    """Return ln(p / (1 − p)), p held inside 1e−9 … 1 − 1e−9."""
    inside = np.clip(chance, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(inside / (1 - inside)))
