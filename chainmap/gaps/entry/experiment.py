"""The open experiment: do chain-position features add anything to predicting entries?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from chainmap.errors import InputError
from chainmap.gaps.entry.learners import LearnerOptions
from chainmap.gaps.entry.methods import main_models, without_family
from chainmap.gaps.entry.panel import Ints, Matrix, Panel
from chainmap.gaps.entry.scores import MethodScores, score_method
from chainmap.gaps.entry.study import Grids, Study, all_grids
from chainmap.gaps.entry.tasks import Calendar, Task
from chainmap.significance import Interval, paired_bootstrap

log = logging.getLogger(__name__)

SEEDS = (1, 2, 3)
"""Differences below about 0.005 are noise of one seed (methods 10); three are averaged."""


@dataclass(frozen=True)
class _Paired:
    """NDCG@20 with and without, by city and origin, averaged over seeds."""

    with_family: Matrix
    without: Matrix
    cities: Ints
    area_with: float
    area_without: float
    events: int


def family_experiment(
    panel: Panel,
    calendars: Sequence[Calendar],
    tasks: Sequence[Task],
    options: LearnerOptions,
    family: str = "chain",
) -> list[dict[str, Any]]:
    """Return, by task, the final order with and without a family and the paired difference.

    Averaged over seeds and pooled over the test origins; intervals draw whole cities, and whole
    provinces, with all their origins.

    Raises:
        InputError: The panel has no features of the family.
    """
    if family == "chain" and not panel.chains:
        raise InputError("产品词没有上下游关系，不能检验上下游特征。", todo="用 --nodes segments。")
    grids = all_grids(panel)
    rows = []
    for task in tasks:
        log.info("experiment %s: %d origins", task.id, len(calendars))
        pairs = [_paired(grids, calendar, task, options, family) for calendar in calendars]
        cities = np.concatenate([pair.cities for pair in pairs])
        gap = np.concatenate([pair.with_family - pair.without for pair in pairs])
        by_city = paired_bootstrap(gap, clusters=cities)
        by_province = paired_bootstrap(gap, clusters=panel.provinces[cities])
        rows.append(
            {
                "task": task.id,
                "tests": "、".join(str(calendar.test) for calendar in calendars),
                "events": sum(pair.events for pair in pairs),
                "cities": len(np.unique(cities)),
                "with_chain": _mean([pair.with_family for pair in pairs]),
                "without_chain": _mean([pair.without for pair in pairs]),
                "auc_with": round(float(np.mean([pair.area_with for pair in pairs])), 4),
                "auc_without": round(float(np.mean([pair.area_without for pair in pairs])), 4),
                "difference": round(by_city.mean, 4),
                "low": round(by_city.low, 4),
                "high": round(by_city.high, 4),
                "province_low": round(by_province.low, 4),
                "province_high": round(by_province.high, 4),
                "answer": answer(by_city, by_province),
            }
        )
    return rows


def answer(by_city: Interval, by_province: Interval) -> str:
    """Return what a paired difference says, in a reader's words."""
    if by_city.low > 0 and by_province.low > 0:
        return "有用"
    if by_city.high < 0 and by_province.high < 0:
        return "有害"
    return "看不出差别"


def _paired(
    grids: Grids, calendar: Calendar, task: Task, options: LearnerOptions, family: str
) -> _Paired:
    found: dict[bool, list[MethodScores]] = {True: [], False: []}
    study = Study(grids, calendar, task, options)
    for seed in SEEDS:
        study.options = replace(options, seed=seed)
        for whole in (True, False):
            names = None if whole else without_family(study, family)
            learned = main_models(study, names)
            order = score_method("final", learned.final, study.judged, 0)
            chance = score_method("chance", learned.binary, study.judged, 0)
            found[whole].append(replace(order, area=chance.area))
    return _Paired(
        with_family=np.mean([scores.ndcg for scores in found[True]], axis=0),
        without=np.mean([scores.ndcg for scores in found[False]], axis=0),
        cities=found[True][0].cities,
        area_with=float(np.mean([scores.area for scores in found[True]])),
        area_without=float(np.mean([scores.area for scores in found[False]])),
        events=int(study.test.happened.sum()),
    )


def _mean(parts: list[Matrix]) -> float:
    return round(float(np.concatenate(parts).mean()), 4)
