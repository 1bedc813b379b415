"""Conditional logit (条件逻辑): which one is chosen out of a set, given that one is chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from chainmap.errors import ModelError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

POLISHING_STEPS = 8
"""Newton steps after L-BFGS: they take the optimum to the last digits, so reruns agree."""


@dataclass(frozen=True)
class Choices:
    """Alternatives in sets, one row an alternative; rows of a set stand together.

    Attributes:
        values: Rows × covariates.
        case: Set of every row, never falling.
        chosen: How many times the row was chosen out of its set, 0 or more.
    """

    values: Floats
    case: Ints
    chosen: Floats

    def __post_init__(self) -> None:
        if not len(self.values) == len(self.case) == len(self.chosen) or len(self.case) == 0:
            raise ModelError("选择模型没有样本，或各列长度不同。", todo="检查标签与名单。")
        if (np.diff(self.case) < 0).any():
            raise ModelError("选择模型的样本没有按决策者排列。")
        if not np.isfinite(self.values).all():
            raise ModelError("选择模型的特征含空值或无穷。", todo="检查特征的取值。")
        if not self.chosen.sum() > 0:
            raise ModelError("没有一次选择，无法训练。", todo="检查标签与名单是否对得上。")

    @property
    def starts(self) -> Ints:
        """First row of every set."""
        return np.flatnonzero(np.diff(self.case, prepend=self.case[0] - 1))


def fit_choice(choices: Choices, ridge: float | Floats) -> Floats:
    """Return the coefficients that maximise the penalised conditional likelihood.

    Σ_sets Σ_j y_j · [x_j·b − ln Σ_{i in set} e^{x_i·b}] − ½ · Σ_k ridge_k · b_k². Nothing that is
    the same over a set enters: the coefficients say what is chosen, not whether.

    Args:
        choices: Standardised covariates; sets without a choice count for nothing.
        ridge: Above 0; one for all covariates, or one each.

    Returns:
        One number a covariate.

    Raises:
        ModelError: The optimum was not found.

    Source:
        McFadden (1974); L-BFGS of Byrd, Lu, Nocedal and Zhu (1995), then Newton steps.
    """
    start = np.zeros(choices.values.shape[1])
    found = minimize(
        lambda b: negative_likelihood(choices, b, ridge),
        start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7},
    )  # fmt: skip
    b = np.asarray(found.x, np.float64)
    for _ in range(POLISHING_STEPS):
        _, gradient = negative_likelihood(choices, b, ridge)
        step = np.linalg.solve(curvature(choices, b, ridge), gradient)
        b = b - step
        if float(np.abs(step).max()) < 1e-12:
            break
    if not np.isfinite(b).all():
        raise ModelError("选择模型没有收敛。", todo="检查特征，或加大岭系数。")
    return b


def fit_monotone(choices: Choices, ridge: float | Floats, signs: Ints) -> Floats:
    """Return coefficients of which none runs against its declared direction.

    A covariate whose coefficient would is left out, and the others are fitted again.

    Args:
        choices: Standardised covariates.
        ridge: Above 0; one for all covariates, or one each.
        signs: 1 rising, −1 falling, 0 free, one a covariate.
    """
    used, penalty = np.ones(len(signs), bool), np.broadcast_to(ridge, len(signs))
    while True:
        found = np.zeros(len(signs))
        part = Choices(choices.values[:, used], choices.case, choices.chosen)
        found[used] = fit_choice(part, penalty[used])
        against = used & (found * signs < 0)
        if not against.any():
            return found
        used &= ~against


def negative_likelihood(choices: Choices, b: Floats, ridge: float | Floats) -> tuple[float, Floats]:
    """Return the penalised negative log-likelihood and its gradient."""
    chance, logs = _chances(choices, b)
    picks = np.add.reduceat(choices.chosen, choices.starts)
    expected = chance * np.repeat(picks, _sizes(choices))
    value = -float((choices.chosen * logs).sum()) + 0.5 * float((ridge * b) @ b)
    gradient = choices.values.T @ (expected - choices.chosen) + ridge * b
    return value, gradient


def curvature(choices: Choices, b: Floats, ridge: float | Floats) -> Floats:
    """Return the matrix of second derivatives of the penalised negative log-likelihood."""
    chance, _ = _chances(choices, b)
    picks = np.add.reduceat(choices.chosen, choices.starts)
    weight = chance * np.repeat(picks, _sizes(choices))
    means = np.add.reduceat(choices.values * chance[:, None], choices.starts)
    inner = (choices.values * weight[:, None]).T @ choices.values
    outer = (means * picks[:, None]).T @ means
    return np.asarray(inner - outer + np.diag(np.broadcast_to(ridge, len(b))))


def coefficient_covariance(
    choices: Choices, b: Floats, ridge: float | Floats, candidate: Ints
) -> Floats:
    """Return the covariance of the coefficients, clustered both by set and by candidate.

    H⁻¹ (M_set + M_candidate − M_row) H⁻¹, where H is the penalised curvature and M sums the outer
    products of score contributions over clusters: choices out of one set, and choices of one
    candidate out of several, are not independent. Negative eigenvalues, which the difference may
    leave, are raised to 0.

    Args:
        choices: What was fitted.
        b: The fitted coefficients; one that is 0 was left out and has no variance.
        ridge: As fitted with.
        candidate: Number of the alternative of every row, the same in every set.

    Returns:
        Covariates × covariates, symmetric, no negative eigenvalue.

    Source:
        Cameron, Gelbach and Miller (2011), equation 2.3 and section 2.3.
    """
    used = np.flatnonzero(b)
    whole = np.zeros((len(b), len(b)))
    if not len(used):
        return whole
    part = Choices(choices.values[:, used], choices.case, choices.chosen)
    chance, _ = _chances(part, b[used])
    means = np.add.reduceat(part.values * chance[:, None], part.starts)
    number = np.repeat(np.arange(len(means)), _sizes(part))
    rows = np.flatnonzero(part.chosen)
    scores = (part.values[rows] - means[number[rows]]) * part.chosen[rows, None]
    middle = _meat(scores, number[rows]) + _meat(scores, candidate[rows]) - scores.T @ scores
    penalty = np.broadcast_to(ridge, len(b))[used]
    inverse = np.linalg.inv(curvature(part, b[used], penalty))
    found = inverse @ middle @ inverse
    values, vectors = np.linalg.eigh((found + found.T) / 2)
    whole[np.ix_(used, used)] = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return whole


def _meat(scores: Floats, cluster: Ints) -> Floats:
    _, number = np.unique(cluster, return_inverse=True)
    sums = np.zeros((int(number.max()) + 1, scores.shape[1]))
    np.add.at(sums, number, scores)
    return np.asarray(sums.T @ sums)


def choice_chances(choices: Choices, b: Floats) -> Floats:
    """Return each alternative's chance inside its set; the chances of a set sum to 1."""
    return _chances(choices, b)[0]


def _chances(choices: Choices, b: Floats) -> tuple[Floats, Floats]:
    utility = choices.values @ b
    starts, sizes = choices.starts, _sizes(choices)
    lifted = utility - np.repeat(np.maximum.reduceat(utility, starts), sizes)
    total = np.repeat(np.add.reduceat(np.exp(lifted), starts), sizes)
    logs = lifted - np.log(total)
    return np.exp(logs), logs


def _sizes(choices: Choices) -> Ints:
    return np.diff(np.append(choices.starts, len(choices.case)))
