"""Every method of the comparison: the baselines of methods 7.3 and the learned models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from chainmap.calibration import Knots, fit_knots
from chainmap.gaps.entry.columns import FAMILIES, features, read
from chainmap.gaps.entry.panel import Ints, Matrix
from chainmap.gaps.entry.scores import within_city_mean_rank
from chainmap.gaps.entry.study import Study, all_grids
from chainmap.gaps.entry.tasks import ENTRY, one_window_earlier
from chainmap.gaps.relatedness.sapling import sapling_items, sapling_places
from chainmap.metrics import ndcg_at_k, rank_lists

GRAVITY = (
    "city_companies", "city_growth", "expected_makers", "city_diversity", "national_makers",
    "national_growth_3", "national_growth_5", "ubiquity", "entry_rate",
)  # fmt: skip
"""Size × popularity × growth, nothing of what the city makes or lies near (methods 7.3)."""
PROVINCE = ("province_share", "province_makers", "province_quotient")
DENSITY = (
    "density", "density_percentile", "density_present", "density_present_percentile",
    "density_nearest", "density_nearest_percentile",
)  # fmt: skip
BLIND = ("size", "node", "space")
"""Families left where a city's own stock is unknown (methods 7.5)."""
PORTFOLIO = ("expected_makers", "city_diversity", "alike_cities_strength")
"""Columns of those families that look at the city's own stock all the same."""
GAMMAS = tuple(round(0.1 * i, 1) for i in range(11))


@dataclass(frozen=True)
class Learned:
    """The two main models and what is made of them.

    Attributes:
        ranker: LambdaRank scores of the test candidates.
        binary: Log-odds of the test candidates.
        final: Mean of the two within-city ranks.
    """

    ranker: Matrix
    binary: Matrix
    final: Matrix


def remembered_methods(study: Study) -> Iterator[tuple[str, Matrix]]:
    """Yield the methods that learn no weights, by name."""
    yield "random", np.random.default_rng(study.options.seed).random(len(study.test.cell))
    yield "popularity", study.at_test("national_makers")
    if study.task is not ENTRY:
        yield "own quotient", study.at_test("location_quotient")
    yield "same province", study.at_test("province_share")
    yield "density", study.at_test("density")
    yield "density, 50 neighbours", study.at_test("density_nearest")
    yield "item-CF", study.at_test("alike_nodes")
    yield "user-CF", study.at_test("alike_cities")
    yield "EASE by cities", study.at_test("ease_cities")
    gamma = best_gamma(study)
    places, items = study.at_test("sapling_cities"), study.at_test("sapling_nodes")
    yield f"SSCF, γ {gamma}", (1 - gamma) * places + gamma * items


def best_gamma(study: Study) -> float:
    """Return the weight of the item side that ranks the tuning origin best, by NDCG@20."""
    known = study.grids.known(study.calendar.tuning)
    present = read(known, "present")
    items = study.at_tuning(sapling_items(present))
    places = study.at_tuning(sapling_places(present))
    cells = study.training[study.calendar.tuning]
    scores = {
        gamma: float(
            ndcg_at_k(
                rank_lists(cells.happened, (1 - gamma) * places + gamma * items, cells.city), 20
            ).mean()
        )
        for gamma in GAMMAS
    }
    return max(scores, key=lambda gamma: (scores[gamma], -gamma))


def learned_baselines(study: Study) -> Iterator[tuple[str, Matrix]]:
    """Yield the supervised baselines, by name: what a better order must beat."""
    yield "gravity", study.fit(GRAVITY, ranker=True).at_test()
    yield "gravity + province", study.fit((*GRAVITY, *PROVINCE), ranker=True).at_test()
    yield "LightGBM, density only", study.fit(DENSITY, ranker=True).at_test()


def main_models(study: Study, names: tuple[str, ...] | None = None) -> Learned:
    """Return the ranker, the binary model and their mean rank on some features, or on all."""
    chosen = names or study.grids.names
    ranker = study.fit(chosen, ranker=True).at_test()
    binary = study.fit(chosen, ranker=False).at_test()
    return Learned(ranker, binary, within_city_mean_rank(ranker, binary, study.test.city))


def without_family(study: Study, family: str) -> tuple[str, ...]:
    """Return the features outside a family."""
    known = features()
    return tuple(name for name in study.grids.names if known[name].family != family)


def families_of(study: Study) -> list[str]:
    """Return the families the panel has features of."""
    known = features()
    there = {known[name].family for name in study.grids.names}
    return [family for family in FAMILIES if family in there]


def blind_names(study: Study) -> tuple[str, ...]:
    """Return the features that do not look at what the city itself makes."""
    known = features()
    return tuple(
        name for name in study.grids.names if known[name].family in BLIND and name not in PORTFOLIO
    )


def leave_cities_out(studies: Mapping[str, Study], folds: int) -> dict[str, Matrix]:
    """Return test log-odds by task, each city scored by a model and matrices without it.

    Args:
        studies: By task, on the same grids.
        folds: Cities are dealt to this many parts at random, by a fixed seed.
    """
    first = next(iter(studies.values()))
    fold = fold_of(first.panel.shape[0], folds)
    found = {task: np.zeros(len(study.test.cell)) for task, study in studies.items()}
    for number in range(folds):
        grids, held = all_grids(first.panel, fold != number), fold == number
        for task, study in studies.items():
            fitted = study.fit(grids.names, ranker=False, grids=grids, places=~held)
            inside = held[study.test.city]
            if inside.any():
                cells = study.test.cell[inside]
                found[task][inside] = fitted.score(study.calendar.test, cells, grids)
    return found


def fold_of(n_places: int, folds: int) -> Ints:
    """Return the fold of every place, sizes as equal as may be."""
    order = np.random.default_rng(0).permutation(n_places)
    fold = np.empty(n_places, dtype=np.int64)
    fold[order] = np.arange(n_places) % folds
    return fold


def calibration_of(study: Study) -> Knots | None:
    """Return the knots fitted on the tuning origin, by a model that learned a window earlier.

    The model stands to the tuning origin as the main model stands to the test origin, so its
    over-confidence and the drift of one window are corrected as well. None where nothing
    happened that early.
    """
    earlier = Study(study.grids, one_window_earlier(study.calendar), study.task, study.options)
    learned = sum(cells.happened.sum() for cells in earlier.training.values())
    if learned == 0 or earlier.test.happened.sum() == 0:
        return None
    score = earlier.fit(study.grids.names, ranker=False).at_test()
    return fit_knots(score, earlier.test.happened, least=25)
