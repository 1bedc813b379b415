"""How far stated chances are from what happened: the calibration tables of `evaluate gaps`."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainmap.calibration import base_rate_offset, calibrated
from chainmap.gaps.entry.methods import Learned, calibration_of
from chainmap.gaps.entry.study import Study
from chainmap.logistic import logit, sigmoid
from chainmap.metrics import brier, expected_calibration_error

TENTHS = 10
Rows = list[dict[str, Any]]


def calibration_rows(study: Study, learned: Learned, tenths: Rows) -> Rows:
    """Return ECE and Brier of the binary model's chances, raw, calibrated, and shifted.

    Args:
        study: The task at its test origin.
        learned: Its models.
        tenths: Gets one row a tenth of the candidates, by calibrated chance.
    """
    knots = calibration_of(study)
    if knots is None:
        return []
    happened, chance = study.test.happened, calibrated(learned.binary, knots)
    rate = float(happened.mean())
    shifted = sigmoid(logit(chance) + base_rate_offset(chance, rate))
    rows = []
    for zh, stated in (
        ("未校准", sigmoid(learned.binary)),
        ("校准（由上一窗口学来）", chance),
        ("校准，再移到检验窗口的发生率（事后才知）", shifted),
    ):
        rows.append(
            {
                "task": study.task.id,
                "chances": zh,
                "mean": _round(stated.mean(), 5),
                "seen": _round(rate, 5),
                "calibration_error": _round(expected_calibration_error(happened, stated), 5),
                "brier": _round(brier(happened, stated), 5),
                "brier_of_base_rate": _round(brier(happened, np.full(len(stated), rate)), 5),
            }
        )
    order = np.argsort(chance, kind="stable")
    for number, part in enumerate(np.array_split(order, TENTHS), start=1):
        tenths.append(
            {
                "task": study.task.id,
                "tenth": number,
                "predicted": _round(chance[part].mean(), 5),
                "predicted_at_test_rate": _round(shifted[part].mean(), 5),
                "seen": _round(happened[part].mean(), 5),
            }
        )
    return rows


def _round(value: float, digits: int = 5) -> float:
    return round(float(value), digits)
