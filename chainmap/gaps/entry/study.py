"""The study: one panel, one calendar, one task; features and labels laid out for the learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from chainmap.gaps.entry.columns import feature_matrix, feature_names
from chainmap.gaps.entry.learners import (
    LearnerOptions,
    Sample,
    fit_binary,
    fit_ranker,
    predict,
    sample_rows,
)
from chainmap.gaps.entry.panel import Flags, Ints, Known, Matrix, Panel
from chainmap.gaps.entry.scores import Judged
from chainmap.gaps.entry.tasks import Calendar, Task, candidate_cells, check_window


@dataclass
class Grids:
    """Features of every cell by origin, worked out once for all tasks.

    Attributes:
        learned: Places relatedness is learned from; the others are held out.
    """

    panel: Panel
    names: tuple[str, ...]
    learned: Flags
    _made: dict[int, Matrix] = field(default_factory=dict)
    _known: dict[int, Known] = field(default_factory=dict)

    def known(self, year: int) -> Known:
        """Return the panel as of a year, with what was worked out of it so far."""
        if year not in self._known:
            self._known[year] = self.panel.as_of(year, self.learned)
        return self._known[year]

    def at(self, origin: int) -> Matrix:
        """Return cells × features as of an origin."""
        if origin not in self._made:
            cells = np.arange(self.panel.shape[0] * self.panel.shape[1])
            self._made[origin] = feature_matrix(self.known(origin), self.names, cells)
            self.known(origin).forget_features()
        return self._made[origin]


def all_grids(panel: Panel, learned: Flags | None = None) -> Grids:
    """Return the grids with every feature the panel supports: chain features only with chains."""
    families = None if panel.chains else ("own", "size", "node", "relatedness", "space")
    everywhere = np.ones(panel.shape[0], dtype=np.bool_)
    return Grids(panel, tuple(feature_names(families)), everywhere if learned is None else learned)


@dataclass(frozen=True)
class Cells:
    """Candidates of one origin: flat cells, their city, and what became of them."""

    cell: Ints
    city: Ints
    happened: Matrix


class Study:
    """A task on a panel by a calendar.

    Args:
        grids: Features with nothing held out.
        calendar: Origins.
        task: The question.
        options: Of the trees.
    """

    def __init__(
        self, grids: Grids, calendar: Calendar, task: Task, options: LearnerOptions
    ) -> None:
        self.grids, self.calendar, self.task, self.options = grids, calendar, task, options
        self.panel = grids.panel
        self.training = {origin: self._cells(origin) for origin in calendar.training}
        self.test = self._cells(calendar.test)
        self.judged = Judged(self.test.city, self.test.happened, self.panel.provinces)

    def _cells(self, origin: int) -> Cells:
        known, horizon = self.grids.known(origin), self.calendar.horizon
        mask = candidate_cells(self.task, known, self.calendar.least_companies)
        cell = np.flatnonzero(mask.ravel())
        later = self.grids.known(check_window(self.panel, origin, horizon))
        happened = self.task.came_true(known, later).ravel()[cell].astype(np.float64)
        return Cells(cell, cell // self.panel.shape[1], happened)

    def columns(self, names: Sequence[str]) -> list[int]:
        """Return where some features stand in the grids."""
        return [self.grids.names.index(name) for name in names]

    def at_test(self, name: str) -> Matrix:
        """Return one feature of the test candidates."""
        grid = self.grids.at(self.calendar.test)
        return np.asarray(grid[self.test.cell, self.grids.names.index(name)].astype(np.float64))

    def at_tuning(self, values: Matrix) -> Matrix:
        """Return the tuning candidates' entries of a places × nodes array."""
        return np.asarray(values.ravel()[self.training[self.calendar.tuning].cell])

    def sample(self, places: Flags | None = None) -> tuple[Sample, Matrix, list[tuple[int, Ints]]]:
        """Return a training sample, its labels, and the cells behind it by origin.

        Args:
            places: Only these places; all where none are named.
        """
        parts, happened, query = [], [], []
        for number, (origin, cells) in enumerate(self.training.items()):
            keep = slice(None) if places is None else places[cells.city]
            parts.append((origin, cells.cell[keep]))
            happened.append(cells.happened[keep])
            query.append(cells.city[keep] + number * self.panel.shape[0])
        y = np.concatenate(happened)
        drawn = sample_rows(y, np.concatenate(query), self.options.seed)
        return drawn, y, parts

    def fit(
        self,
        names: Sequence[str],
        *,
        ranker: bool,
        grids: Grids | None = None,
        places: Flags | None = None,
        shuffle: int | None = None,
    ) -> Fitted:
        """Return a model fitted on the training origins.

        Args:
            names: Features.
            ranker: LambdaRank, else binary.
            grids: Features with places held out, where some are.
            places: Train on these places only.
            shuffle: Seed to shuffle labels inside each query with, for the leak test.
        """
        source = grids or self.grids
        drawn, y, parts = self.sample(places)
        columns = self.columns(names)
        stacked = np.vstack([source.at(origin)[cells] for origin, cells in parts])
        x, gain = stacked[drawn.row][:, columns], y[drawn.row]
        if shuffle is not None:
            gain = shuffled_within(gain, drawn.query, shuffle)
        if ranker:
            booster = fit_ranker(x, gain, drawn.query, names, self.options)
        else:
            booster = fit_binary(x, gain, drawn.weight, names, self.options)
        return Fitted(self, booster, tuple(columns))


@dataclass(frozen=True)
class Fitted:
    """A fitted model of a study."""

    study: Study
    booster: object
    columns: tuple[int, ...]

    def at_test(self, grids: Grids | None = None) -> Matrix:
        """Return scores of the test candidates."""
        return self.score(self.study.calendar.test, self.study.test.cell, grids)

    def score(self, origin: int, cells: Ints, grids: Grids | None = None) -> Matrix:
        """Return scores of some cells as of an origin."""
        grid = (grids or self.study.grids).at(origin)
        return predict(self.booster, grid[cells][:, list(self.columns)], self.study.options)


def shuffled_within(values: Matrix, query: Ints, seed: int) -> Matrix:
    """Return values shuffled inside each query, so that a query keeps its number of events."""
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.random(len(values)), query))
    shuffled = np.empty_like(values)
    shuffled[np.lexsort((np.arange(len(values)), query))] = values[order]
    return shuffled
