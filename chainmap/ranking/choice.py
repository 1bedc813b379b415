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


def fit_choice(choices: Choices, ridge: float) -> Floats:
    """Return the coefficients that maximise the penalised conditional likelihood.

    Σ_sets Σ_j y_j · [x_j·b − ln Σ_{i in set} e^{x_i·b}] − ½ · ridge · ‖b‖². Nothing that is the
    same over a set enters: the coefficients say what is chosen, not whether.

    Args:
        choices: Standardised covariates; sets without a choice count for nothing.
        ridge: Above 0.

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


def fit_monotone(choices: Choices, ridge: float, signs: Ints) -> Floats:
    """Return coefficients of which none runs against its declared direction.

    A covariate whose coefficient would is left out, and the others are fitted again.

    Args:
        choices: Standardised covariates.
        ridge: Above 0.
        signs: 1 rising, −1 falling, 0 free, one a covariate.
    """
    used = np.ones(len(signs), bool)
    while True:
        found = np.zeros(len(signs))
        part = Choices(choices.values[:, used], choices.case, choices.chosen)
        found[used] = fit_choice(part, ridge)
        against = used & (found * signs < 0)
        if not against.any():
            return found
        used &= ~against


def negative_likelihood(choices: Choices, b: Floats, ridge: float) -> tuple[float, Floats]:
    """Return the penalised negative log-likelihood and its gradient."""
    chance, logs = _chances(choices, b)
    picks = np.add.reduceat(choices.chosen, choices.starts)
    expected = chance * np.repeat(picks, _sizes(choices))
    value = -float((choices.chosen * logs).sum()) + 0.5 * ridge * float(b @ b)
    gradient = choices.values.T @ (expected - choices.chosen) + ridge * b
    return value, gradient


def curvature(choices: Choices, b: Floats, ridge: float) -> Floats:
    """Return the matrix of second derivatives of the penalised negative log-likelihood."""
    chance, _ = _chances(choices, b)
    picks = np.add.reduceat(choices.chosen, choices.starts)
    weight = chance * np.repeat(picks, _sizes(choices))
    means = np.add.reduceat(choices.values * chance[:, None], choices.starts)
    inner = (choices.values * weight[:, None]).T @ choices.values
    outer = (means * picks[:, None]).T @ means
    return np.asarray(inner - outer + ridge * np.eye(len(b)))


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
