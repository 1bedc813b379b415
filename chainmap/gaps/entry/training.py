"""Train the entry model that ships: logistic, on the roster's own past, tested before it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chainmap.calibration import fit_knots
from chainmap.errors import ModelError
from chainmap.gaps.entry.chances import EntryModel, Term, term_columns
from chainmap.gaps.entry.columns import feature_matrix
from chainmap.gaps.entry.panel import Ints, Matrix, Panel
from chainmap.logistic import fit_logistic
from chainmap.released import rounded

TERMS: Mapping[str, float | None] = {
    "makers": None,
    "city_companies": None,
    "city_growth": None,
    "expected_makers": None,
    "national_growth_5": None,
    "density_percentile": None,
    "suppliers_present": None,
    "users_present": None,
    "chain_share": None,
    "province_makers": None,
    "neighbours_present": 0.005,
}
"""Features of the shipped model; a number is the floor under which shares are logged."""
LEAST_ORIGINS = 4
"""Two to learn from, one to calibrate on, and one more to test all that on once."""


@dataclass(frozen=True)
class TrainingOptions:
    """How the shipped model is trained.

    Attributes:
        horizon: Years ahead.
        first: First origin.
        step: Years between origins; with the horizon they do not overlap.
        lag: Years a company takes to become known to the roster; no window ends later than the
            edition less this, because the roster's newest years are visibly unfinished.
        share: Share of the cells without an event that are used, weighted back in full.
        ridge: Penalty on standardised coefficients.
        bags: Models from samples of cities, for the spread.
        seed: Same seed, same bytes.
    """

    horizon: int = 5
    first: int = 1990
    step: int = 5
    lag: int = 5
    share: float = 0.5
    ridge: float = 10.0
    bags: int = 20
    seed: int = 20261121


@dataclass(frozen=True)
class Rows:
    """Training rows of several origins.

    Attributes:
        values: Rows × features, raw.
        happened: 1 where a maker was founded within the horizon.
        weight: How many cells a row stands for.
        city: Place of every row.
    """

    values: Matrix
    happened: Matrix
    weight: Matrix
    city: Ints


def origins(panel: Panel, options: TrainingOptions) -> list[int]:
    """Return the origins whose windows are over and known, ascending.

    Raises:
        ModelError: Fewer than `LEAST_ORIGINS`.
    """
    last = panel.until - options.lag - options.horizon
    found = list(range(options.first, last + 1, options.step))
    if len(found) < LEAST_ORIGINS:
        raise ModelError(
            f"只有 {len(found)} 个可用的起点，至少要 {LEAST_ORIGINS} 个。",
            todo="换年份更长的数据：要有足够多已经结束的窗口。",
        )
    return found


def happened(panel: Panel, origin: int, horizon: int) -> Matrix:
    """Return 1 by cell where at least one maker was founded in the window after the origin."""
    return ((panel.stock(origin + horizon) - panel.stock(origin)) > 0).astype(np.float64).ravel()


def training_rows(
    panel: Panel, at: Sequence[int], names: Sequence[str], options: TrainingOptions
) -> Rows:
    """Return all events and a weighted sample of the other cells, by origin and cell."""
    rng = np.random.default_rng(options.seed)
    parts = []
    for origin in at:
        y = happened(panel, origin, options.horizon)
        chosen = np.flatnonzero((y > 0) | (rng.random(len(y)) < options.share))
        values = feature_matrix(panel.as_of(origin), names, chosen)
        weight = np.where(y[chosen] > 0, 1.0, 1.0 / options.share)
        parts.append((values, y[chosen], weight, chosen // panel.shape[1]))
    columns = list(zip(*parts, strict=True))
    return Rows(
        np.vstack(columns[0]),
        np.concatenate(columns[1]),
        np.concatenate(columns[2]),
        np.concatenate(columns[3]),
    )


def fit_terms(rows: Rows, floors: Mapping[str, float | None]) -> tuple[Term, ...]:
    """Return the terms with the mean and spread of the training rows."""
    terms = []
    for i, (name, floor) in enumerate(floors.items()):
        raw = term_columns([Term(name, floor, 0.0, 1.0)], rows.values[:, i : i + 1])[:, 0]
        mean = float(np.average(raw, weights=rows.weight))
        spread = float(np.sqrt(np.average((raw - mean) ** 2, weights=rows.weight)))
        terms.append(Term(name, floor, rounded(mean), rounded(max(spread, 1e-6))))
    return tuple(terms)


def train_model(panel: Panel, options: TrainingOptions, version: str) -> EntryModel:
    """Return the model for use after the last origin: trained before it, calibrated on it.

    Raises:
        ModelError: The panel has too few origins, or nothing happened.
    """
    *before, last = origins(panel, options)
    names = list(TERMS)
    rows = training_rows(panel, before, names, options)
    terms = fit_terms(rows, TERMS)
    columns = term_columns(terms, rows.values)
    main = fit_logistic(columns, rows.happened, rows.weight, options.ridge)
    bags = _bags(columns, rows, panel.shape[0], options)
    coefficients, bags = np.vectorize(rounded)(main), np.vectorize(rounded)(bags)
    cells = np.arange(panel.shape[0] * panel.shape[1])
    later = term_columns(terms, feature_matrix(panel.as_of(last), names, cells))
    outcome = happened(panel, last, options.horizon)
    knots = fit_knots(later @ coefficients[1:] + coefficients[0], outcome)
    return EntryModel(
        version=version,
        terms=terms,
        coefficients=coefficients,
        bags=bags,
        knots=knots.as_stored(),
        base_rate=rounded(float(outcome.mean())),
        horizon=options.horizon,
        window=(last, last + options.horizon),
    )


def _bags(columns: Matrix, rows: Rows, n_places: int, options: TrainingOptions) -> Matrix:
    """Return coefficients from samples of whole cities, one row a sample."""
    rng = np.random.default_rng(options.seed + 1)
    fitted = []
    for _ in range(options.bags):
        times = rng.multinomial(n_places, np.full(n_places, 1.0 / n_places))
        weight = rows.weight * times[rows.city]
        fitted.append(fit_logistic(columns, rows.happened, weight, options.ridge))
    return np.array(fitted)
