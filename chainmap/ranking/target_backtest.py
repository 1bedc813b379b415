"""Back-test by the calendar: where firms open their next site, learned on earlier years only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from chainmap.errors import ModelError
from chainmap.ranking import firm_features as _firm_features
from chainmap.ranking import place_features as _place_features
from chainmap.ranking.choice import Choices, fit_monotone
from chainmap.ranking.known import Floats, Ints, Known
from chainmap.ranking.labels import LABELS, Labels
from chainmap.ranking.pair_registry import Block, pair_column, pair_features
from chainmap.ranking.target_lists import Lists, ListScores, difference, score_lists
from chainmap.ranking.universe import Universe
from chainmap.significance import Interval

# Imported for the features they register.
_REGISTERED = (_firm_features, _place_features)
FEATURES = (
    "nearness", "same_province", "province_flow", "city_firms", "city_firms_squared",
    "city_moves", "group_sites",
)  # fmt: skip
"""What registrations know as of a day: places, stocks and earlier moves; no text, no size."""
LOGIT = "条件逻辑"
SIMPLE = {
    "先大后小": ("city_firms",),
    "先近后远": ("nearness",),
    "最受青睐": ("city_moves",),
    "省际引力": ("province_flow", "city_moves"),
}
"""Orders by the sum of some features, beside the random one."""
RIDGES = (1.0, 5.0, 20.0, 100.0)


@dataclass(frozen=True)
class Calendar:
    """Years learned from, the year that chooses the ridge, and the years tested once."""

    training: tuple[int, ...]
    tuning: int
    test: tuple[int, ...]

    def __post_init__(self) -> None:
        years = (*self.training, self.tuning, *self.test)
        if list(years) != sorted(set(years)) or not self.training or not self.test:
            raise ModelError("回测的年份应依次为：训练、调参、检验，互不重叠。")


@dataclass(frozen=True)
class Dated:
    """Scores of every order over the moves of the test years, and the ridge that was chosen."""

    scores: dict[str, ListScores]
    ridge: float
    weights: dict[str, float]
    n_training: int

    def lead(self, name: str) -> Interval:
        """Return the logit's mean reciprocal rank minus another order's, firms drawn."""
        one = self.scores[LOGIT]
        return difference(one, self.scores[name], "mrr", one.number)


@dataclass(frozen=True)
class _Year:
    """Firms that moved in a year × cities: features as of the year before, and where they went."""

    values: Floats
    chosen: Floats
    away: Floats
    firm: Ints


def dated_backtest(universe: Universe, labels: Labels, calendar: Calendar) -> Dated:
    """Return how well later moves are foreseen from earlier ones.

    For a move in year y every feature is as of the end of y − 1, and only moves dated up to then
    are read. A firm's first move to a city counts; later ones are no news.

    Raises:
        ModelError: A year has no move that can be asked about.
    """
    years = {y: _moves(universe, labels, y) for y in (*calendar.training, calendar.tuning)}
    training = [years[y] for y in calendar.training]
    tuning = years[calendar.tuning]
    tried = [_judge([tuning], _fit(training, ridge)).mean("mrr") for ridge in RIDGES]
    ridge = RIDGES[int(np.argmax(tried))]
    final = _fit([*training, tuning], ridge)
    test = [_moves(universe, labels, y) for y in calendar.test]
    scores = {LOGIT: _judge(test, final)}
    for name, columns in SIMPLE.items():
        scores[name] = _judge(test, np.array([float(f in columns) for f in FEATURES]))
    scores["随机"] = _judge(test, np.zeros(len(FEATURES)))  # all tied: the mean over all orders
    weights = dict(zip(FEATURES, final.tolist(), strict=True))
    n = int(sum(year.chosen.sum() for year in training))
    return Dated(scores, ridge, weights, n)


def _moves(universe: Universe, labels: Labels, year: int) -> _Year:
    of_year = pl.col("date").dt.year()
    earlier = LABELS.check(labels.filter(of_year < year))
    known = Known(universe, year - 1, earlier)
    number = {name: i for i, name in enumerate(known.firms["firm_id"])}
    moves = [
        (number[f], known.city_number[c])
        for f, c in labels.filter(of_year == year).select("firm_id", "city_code").iter_rows()
        if f in number and known.home[number[f]] >= 0
    ]
    if not moves:
        raise ModelError(f"{year} 年没有可检验的标签。", todo="换一段年份。")
    rows = np.unique([firm for firm, _ in moves])
    at = {firm: i for i, firm in enumerate(rows.tolist())}
    chosen = np.zeros((len(rows), known.n_cities))
    for firm, city in moves:
        chosen[at[firm], city] = 1.0
    block = Block(known, rows, np.arange(known.n_cities))
    values = np.stack([pair_column(block, name) for name in FEATURES], axis=-1)
    away = known.home[rows][:, None] != np.arange(known.n_cities)[None, :]
    new = known.sites[rows].toarray() == 0
    row_of = {name: i for i, name in enumerate(universe.firms["firm_id"])}
    ids = np.array([row_of[name] for name in known.firms["firm_id"].gather(rows)], np.int64)
    return _Year(values, chosen, (away & new).astype(np.float64), ids)


def _fit(years: Sequence[_Year], ridge: float) -> Floats:
    """Return the logit's weights on the features as they are."""
    values = np.vstack([y.values.reshape(-1, len(FEATURES)) for y in years])
    asked = np.concatenate([y.away.ravel() for y in years]) > 0
    chosen = np.concatenate([y.chosen.ravel() for y in years])
    sizes = [y.away.shape for y in years]
    case = np.repeat(np.arange(sum(n for n, _ in sizes)), sizes[0][1])
    values, chosen, case = values[asked], chosen[asked], case[asked]
    mean, spread = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-9)
    signs = np.array([pair_features()[name].monotone for name in FEATURES])
    choices = Choices((values - mean) / spread, case, chosen)
    return np.asarray(fit_monotone(choices, ridge, signs) / spread)


def _judge(years: Sequence[_Year], weights: Floats) -> ListScores:
    """Return the measures of the order by weighted features."""
    score = np.vstack([year.values @ weights for year in years])
    happened = np.vstack([year.chosen for year in years]) > 0
    asked = np.vstack([year.away for year in years]) > 0
    number = np.concatenate([year.firm for year in years])
    kept = (happened & asked).any(axis=1)
    lists = Lists((happened & asked)[kept].T, asked[kept].T, number[kept])
    return score_lists(lists, score[kept].T)
