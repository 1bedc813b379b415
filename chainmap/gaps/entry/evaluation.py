"""The tables of `chainmap evaluate gaps`: methods, ablations, cold cities, calibration, leaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from chainmap.errors import ModelError
from chainmap.gaps.entry.calibration_rows import calibration_rows
from chainmap.gaps.entry.columns import FAMILIES, read
from chainmap.gaps.entry.comparisons import (
    SEEDS,
    Compared,
    cold_city_rows,
    gap_fields,
    seed_rows,
    significance_rows,
)
from chainmap.gaps.entry.details import detail_row, facts_of, slice_rows, slices_side_by_side
from chainmap.gaps.entry.learners import LearnerOptions
from chainmap.gaps.entry.methods import (
    Learned,
    blind_names,
    families_of,
    learned_baselines,
    leave_cities_out,
    main_models,
    remembered_methods,
    without_family,
)
from chainmap.gaps.entry.panel import Matrix, Panel
from chainmap.gaps.entry.scores import (
    Judged,
    MethodScores,
    mean_ndcg,
    ndcg_interval,
    score_method,
    within_city_mean_rank,
)
from chainmap.gaps.entry.study import Study, all_grids, shuffled_within
from chainmap.gaps.entry.tasks import SURE_SPECIALISATION, Calendar, Task

FINAL = "mean of the two ranks"
COLD_NODE = 20
"""Companies nationally under which a node is cold (methods 7.5)."""
ALLOWED_LEAK = 0.01
"""Difference of NDCG@20 from random that shuffled labels may show (methods 7.1)."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class EvaluationOptions:
    """How much is computed.

    Attributes:
        folds: Of the cold-city test.
        ablations: Whether each family is left out in turn.
        seeds: Of the trees, for the spread; 1 prints none.
        learner: Of the trees.
    """

    folds: int = 5
    ablations: bool = True
    seeds: int = SEEDS
    learner: LearnerOptions = field(default_factory=LearnerOptions)


@dataclass
class Tables:
    """Rows by table; every row names its task."""

    methods: Rows = field(default_factory=list)
    details: Rows = field(default_factory=list)
    significance: Rows = field(default_factory=list)
    seeds: Rows = field(default_factory=list)
    ablations: Rows = field(default_factory=list)
    cold_cities: Rows = field(default_factory=list)
    cold: Rows = field(default_factory=list)
    slices: Rows = field(default_factory=list)
    calibration: Rows = field(default_factory=list)
    tenths: Rows = field(default_factory=list)
    leaks: Rows = field(default_factory=list)
    universe: Rows = field(default_factory=list)


def evaluate_panel(
    panel: Panel, calendar: Calendar, tasks: tuple[Task, ...], options: EvaluationOptions
) -> Tables:
    """Return all tables for a panel: the test origin is opened once for every method.

    A task without an event to learn from, tune on or judge by is counted and left at that.

    Raises:
        ModelError: No task has any.
    """
    grids, tables = all_grids(panel), Tables()
    studies = {task.id: Study(grids, calendar, task, options.learner) for task in tasks}
    for study in studies.values():
        tables.universe += _universe(study)
    studies = {task: study for task, study in studies.items() if _has_events(study)}
    if not studies:
        raise ModelError(
            "没有一项任务在训练和检验的起点都有事件，无从训练或检验。",
            todo="数据太少：换更多省份或更长年份的登记数据。",
        )
    held = leave_cities_out(studies, options.folds)
    for study in studies.values():
        _task_tables(study, held[study.task.id], options, tables)
    return tables


def _task_tables(study: Study, held: Matrix, options: EvaluationOptions, tables: Tables) -> None:
    """Add one task's rows to the tables."""
    task, learned = {"task": study.task.id}, main_models(study)
    found = _methods(study, learned, held)
    scored = {name: score_method(name, score, study.judged) for name, score in found.items()}
    tables.methods += _method_rows(study, scored)
    compared = [
        Compared(name, scored[FINAL], scores) for name, scores in scored.items() if name != FINAL
    ]
    tables.significance += [task | row for row in significance_rows(compared, study.judged.cluster)]
    facts = facts_of(study.grids.known(study.calendar.test), study.test.cell, study.judged)
    for name, score in found.items():
        tables.details.append({**task, "method": name, **detail_row(score, facts)})
        tables.slices += [{**task, "method": name, **row} for row in slice_rows(score, facts)]
    tables.cold_cities += [task | row for row in cold_city_rows(scored, study.judged)]
    tables.cold += _cold_rows(study, learned, tables.slices)
    if options.seeds > 1:
        tables.seeds += seed_rows(study, learned, scored["gravity + province"], options.seeds)
    tables.calibration += calibration_rows(study, learned, tables.tenths)
    tables.leaks += _leak_rows(study)
    if options.ablations and study.task is not SURE_SPECIALISATION:
        tables.ablations += ablation_rows(study, scored[FINAL], families_of(study))


def ablation_rows(study: Study, full: MethodScores, families: list[str]) -> Rows:
    """Return what the final order loses without each family, with intervals."""
    rows = []
    for family in families:
        order = main_models(study, without_family(study, family)).final
        scores = score_method(family, order, study.judged, 0)
        rows.append(
            {
                "task": study.task.id,
                "without": family,
                "family_zh": FAMILIES[family],
                "ndcg_20": _round(scores.ndcg.mean()),
                **gap_fields("change", scores, full, study.judged.cluster),
            }
        )
    return rows


def _universe(study: Study) -> Rows:
    rows = []
    for origin, cells in [*study.training.items(), (study.calendar.test, study.test)]:
        rows.append(
            {
                "task": study.task.id,
                "origin": origin,
                "use": "test" if origin == study.calendar.test else "train",
                "cities": len(np.unique(cells.city)),
                "candidates": len(cells.cell),
                "events": int(cells.happened.sum()),
                "base_rate": round(float(cells.happened.mean()), 5),
            }
        )
    return rows


def _has_events(study: Study) -> bool:
    tuning = study.training[study.calendar.tuning]
    return bool(tuning.happened.any() and study.test.happened.any())


def _methods(study: Study, learned: Learned, held: Matrix) -> dict[str, Matrix]:
    found: dict[str, Matrix] = dict(remembered_methods(study))
    found |= dict(learned_baselines(study))
    found["LightGBM binary, all"] = learned.binary
    found["LightGBM LambdaRank, all"] = learned.ranker
    found["binary, cities left out"] = held
    found["LambdaRank, portfolio-blind"] = study.fit(blind_names(study), ranker=True).at_test()
    found[FINAL] = learned.final
    return found


def _method_rows(study: Study, scored: Mapping[str, MethodScores]) -> Rows:
    best = scored[FINAL]
    rows = []
    for name, scores in scored.items():
        middle, low, high = ndcg_interval(scores)
        rows.append(
            {
                "task": study.task.id,
                "method": name,
                "ndcg_20": _round(middle),
                "ndcg_low": _round(low),
                "ndcg_high": _round(high),
                "precision_20": _round(scores.precision.mean()),
                "auc_pr": _round(scores.area),
                "auc_low": _round(scores.area_interval[0]),
                "auc_high": _round(scores.area_interval[1]),
                "precision_1000": _round(scores.top_1000),
                **gap_fields("final_minus", best, scores, study.judged.cluster),
            }
        )
    return rows


def _cold_rows(study: Study, learned: Learned, slices: Rows) -> Rows:
    """Return NDCG@20 by thirds of nodes and cities, and AUC-PR over nodes rare nationally."""
    compared = ("popularity", "density", "gravity", FINAL)
    own = [row for row in slices if row["task"] == study.task.id]
    rows: Rows = [{"task": study.task.id, **row} for row in slices_side_by_side(own, compared)]
    known = study.grids.known(study.calendar.test)
    stock = read(known, "stock").sum(axis=0)
    cold = stock[study.test.cell % study.panel.shape[1]] < COLD_NODE
    if study.test.happened[cold].sum() > 0:
        judged = Judged(study.test.city[cold], study.test.happened[cold], study.judged.cluster)
        given = {
            "popularity": study.at_test("national_makers"),
            "density": study.at_test("density"),
            "gravity": study.at_test("expected_makers"),
            FINAL: learned.binary,
        }
        areas = {n: _round(score_method(n, s[cold], judged, 0).area) for n, s in given.items()}
        named = {"slice": f"全国不足 {COLD_NODE} 家的环节", "measure": "AUC-PR"}
        events = {"events": int(judged.happened.sum())}
        rows.append({"task": study.task.id, **named, **events, **areas})
    return rows


def shuffled_ndcg(study: Study, seed: int, draws: int = 5) -> tuple[float, float]:
    """Return NDCG@20 of the final order and of random orders after shuffling all outcomes.

    Outcomes are shuffled inside every city, for training and for judging alike: whatever the
    features know of the real future is of no use then, and only a leak of the labels themselves
    would show.

    Args:
        study: Whose outcomes are shuffled.
        seed: Of the shuffles.
        draws: Shuffles judged by; one alone scatters by some 0.01 over 280 cities.
    """
    names, city = study.grids.names, study.test.city
    ranker = study.fit(names, ranker=True, shuffle=seed)
    binary = study.fit(names, ranker=False, shuffle=seed)
    score = within_city_mean_rank(ranker.at_test(), binary.at_test(), city)
    found, random = [], []
    for draw in range(seed + 1, seed + draws + 1):
        outcome = shuffled_within(study.test.happened, city, draw)
        found.append(mean_ndcg(score, outcome, city))
        random.append(mean_ndcg(np.random.default_rng(draw).random(len(score)), outcome, city))
    return float(np.mean(found)), float(np.mean(random))


def _leak_rows(study: Study) -> Rows:
    found, random = shuffled_ndcg(study, study.options.seed)
    return [
        {
            "task": study.task.id,
            "test": "打乱结果（训练与检验都在城市内打乱）",
            "ndcg_20": _round(found),
            "random": _round(random),
            "difference": _round(found - random),
            "passed": abs(found - random) <= ALLOWED_LEAK,
        }
    ]


def _round(value: float, digits: int = 4) -> float:
    return round(float(value), digits)
