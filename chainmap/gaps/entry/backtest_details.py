"""The back-test of the shipped model told in full: all measures, significance, seeds, slices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from chainmap.gaps.entry.backtest import Tested, logistic_scores
from chainmap.gaps.entry.comparisons import SEEDS, Compared, significance_rows, spread_row
from chainmap.gaps.entry.details import Facts, detail_row, facts_of, slice_rows, slices_side_by_side
from chainmap.gaps.entry.panel import Panel
from chainmap.gaps.entry.scores import Judged, MethodScores, pooled, score_method
from chainmap.gaps.entry.training import TERMS, TrainingOptions, happened

SHIPPED = "logistic"
Rows = list[dict[str, Any]]


def backtest_details(
    panel: Panel, tested: Sequence[Tested], options: TrainingOptions
) -> dict[str, Rows]:
    """Return `details, significance, seeds, cold, slices` of a back-test.

    Measures are means over the test origins; differences are pooled over them, a city (or a
    province) drawn with all its origins. Seeds decide which cells without an event are sampled:
    the regression itself has no chance in it.

    Args:
        panel: What was tested on.
        tested: From `backtest`.
        options: As it was tested with.
    """
    facts = {one.origin: _facts(panel, one.origin, options) for one in tested}
    names = [scores.name for scores in tested[0].scores]
    details, slices = [], []
    for name in names:
        each = [detail_row(one.raw[name], facts[one.origin]) for one in tested]
        details.append({"method": name, **_means(each)})
        for one in tested:
            slices += [
                {"test_origin": one.origin, "method": name, **row}
                for row in slice_rows(one.raw[name], facts[one.origin])
            ]
    own = {name: pooled([one.scores[i] for one in tested]) for i, name in enumerate(names)}
    compared = [Compared(name, own[SHIPPED], own[name]) for name in names if name != SHIPPED]
    return {
        "details": details,
        "significance": significance_rows(compared, panel.provinces),
        "seeds": [_seeds(panel, tested, options, own)],
        "cold": slices_side_by_side(slices, ("popularity", "density", "gravity", SHIPPED)),
        "slices": slices,
    }


def _facts(panel: Panel, origin: int, options: TrainingOptions) -> Facts:
    cells = np.arange(panel.shape[0] * panel.shape[1])
    outcome = happened(panel, origin, options.horizon)
    judged = Judged(cells // panel.shape[1], outcome, panel.provinces)
    return facts_of(panel.as_of(origin), cells, judged)


def _seeds(
    panel: Panel, tested: Sequence[Tested], options: TrainingOptions, own: dict[str, MethodScores]
) -> dict[str, Any]:
    runs = [own[SHIPPED]]
    for number in range(1, SEEDS):
        changed = replace(options, seed=options.seed + number)
        parts = []
        for one in tested:
            score = logistic_scores(panel, list(one.before), one.origin, TERMS, changed)
            judged = _facts(panel, one.origin, options).judged
            parts.append(score_method(SHIPPED, score, judged, 0))
        runs.append(pooled(parts))
    return spread_row(SHIPPED, runs, own["gravity"])


def _means(rows: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(float(np.mean([row[name] for row in rows])), 4) for name in rows[0]}
