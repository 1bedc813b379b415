"""The target ranker (目标排序模型): who comes to a city, where a firm goes, whether it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from chainmap import resources
from chainmap.calibration import Knots, calibrated
from chainmap.errors import ModelError
from chainmap.logistic import sigmoid
from chainmap.ranking import firm_features as _firm_features
from chainmap.ranking import place_features as _place_features
from chainmap.ranking.known import Floats, Flows, Ints, Known
from chainmap.ranking.lessons import Lessons
from chainmap.ranking.pair_curve import PairCurve, shares_before
from chainmap.ranking.pair_registry import Block, pair_column, pair_features
from chainmap.released import Named, Release, agree_on_features, read_release

# Imported for the features they register.
_REGISTERED = (_firm_features, _place_features)
VERSION = "5"
"""Folder under `models/target-ranker/` that this release uses."""
NAMED = Named("target-ranker", "目标排序模型", "chainmap train targets")
BATCH = 20_000
"""Firms scored at a time."""
STAGES = ("company", "city", "expansion")
"""Who comes, given that someone comes; where, given that the firm moves; whether it moves."""


@dataclass(frozen=True)
class Term:
    """One summand: a feature, its mean and spread in training, its weight."""

    feature: str
    mean: float
    spread: float
    weight: float


@dataclass(frozen=True)
class TargetModel:
    """Coefficients and calibration of a trained ranker.

    Attributes:
        company: Conditional logit over firms, the city given: the order of a city's list.
        city: Conditional logit over cities, the firm given.
        expansion: Logistic: whether the firm goes to another city at all.
        intercept: Of `expansion`.
        expansion_knots: Calibration of `expansion`.
        pair: Calibration of the chance that this firm comes to this city.
        flows: Moves between provinces that were learned.
        edition: Year of the facts it was trained on.
        company_covariance: Of the weights of `company`, terms × terms in their order, for
            standardised values, clustered by city and by firm; None where a release has none.
        lessons: How cities draw and trades move, as learned; None where a release has none.
        across: What the order of a list of all trades has on top of `company`; lists of a chain or
            segment do without.
    """

    version: str
    company: tuple[Term, ...]
    city: tuple[Term, ...]
    expansion: tuple[Term, ...]
    intercept: float
    expansion_knots: Knots
    pair: PairCurve
    flows: Flows
    edition: int
    company_covariance: Floats | None = None
    lessons: Lessons | None = None
    across: tuple[Term, ...] = ()

    def features(self) -> list[str]:
        """Return every feature read, by stage and term, each once."""
        terms = (*self.company, *self.city, *self.expansion, *self.across)
        return list(dict.fromkeys(term.feature for term in terms))

    def of_list(self, across: bool) -> tuple[Term, ...]:
        """Return the terms a city's list is ordered by; `across`: it holds firms of all trades."""
        return (*self.company, *self.across) if across else self.company


def contributions(block: Block, terms: Sequence[Term]) -> Floats:
    """Return terms × firms × cities: weight · (value − mean) / spread."""
    return np.stack(
        [
            (pair_column(block, term.feature) - term.mean) / term.spread * term.weight
            for term in terms
        ]
    )


def told(model: TargetModel, known: Known) -> Known:
    """Return what is known with the flows the model learned, so that no label need be at hand.

    Raises:
        ModelError: The model was trained with other provinces.
    """
    if model.flows.provinces != known.province_codes:
        raise ModelError("模型的省份与地区表不同。", todo="模型须与软件同版本，请重新安装。")
    known.keep("flows", model.flows)
    return _taught(model, known)


def _taught(model: TargetModel, known: Known) -> Known:
    known.keep("lessons", model.lessons)
    return known


def score_pairs(model: TargetModel, block: Block, *, across: bool) -> Floats:
    """Return the utility of each firm for each city, firms × cities; higher comes first.

    Args:
        model: The ranker.
        block: Firms and cities.
        across: Whether the lists hold firms of all trades, not of one chain or segment.
    """
    _taught(model, block.known)
    return np.asarray(contributions(block, model.of_list(across)).sum(axis=0))


def city_log_chances(model: TargetModel, known: Known, rows: Ints) -> Floats:
    """Return ln P(city | the firm moves), firms × all cities; −inf at home."""
    block = Block(_taught(model, known), rows, np.arange(known.n_cities))
    utility = contributions(block, model.city).sum(axis=0)
    at = np.flatnonzero(known.home[rows] >= 0)
    utility[at, known.home[rows][at]] = -np.inf
    top = utility.max(axis=1, keepdims=True)
    logs = utility - top - np.log(np.exp(utility - top).sum(axis=1, keepdims=True))
    return np.asarray(logs)


def expansion_scores(model: TargetModel, known: Known, rows: Ints) -> Floats:
    """Return log-odds, before calibration, that a firm has or opens a site elsewhere."""
    block = Block(_taught(model, known), rows, np.zeros(1, np.int64))
    return np.asarray(contributions(block, model.expansion).sum(axis=0)[:, 0] + model.intercept)


def expansion_chances(model: TargetModel, known: Known, rows: Ints) -> Floats:
    """Return the calibrated chance that a firm has or opens a site in another city, 0..1."""
    return calibrated(expansion_scores(model, known, rows), model.expansion_knots)


def city_shares_before(model: TargetModel, known: Known, column: int) -> Floats:
    """Return the share of a city's list of all trades that stands before each firm.

    Args:
        model: The ranker.
        known: The universe, told what the model learned.
        column: The city's number.

    Returns:
        One number a firm, above 0 and below 1; 1 and more at home.
    """
    block = Block(known, np.arange(known.n_firms), np.array([column]))
    return shares_before(score_pairs(model, block, across=True), block.at_home)[:, 0]


def score_city(
    model: TargetModel, known: Known, city_code: str, *, chances: bool = True, across: bool = True
) -> pl.DataFrame:
    """Return every firm outside a city with its score and the parts of it, best first.

    Args:
        model: The ranker.
        known: The universe as of an origin.
        city_code: The city that courts.
        chances: Whether to work out `chance` and `goes_there`, which ask about every other city
            and every firm too; null where not.
        across: As `score_pairs` takes it.

    Returns:
        `rank, firm_id, name, home, score, chance, expands, goes_there` and one column a term of the
        list (`TargetModel.of_list`), which add up to `score`. `expands` is the calibrated chance of
        a site in any other city, `goes_there` the share of it that is this city's, `chance` both
        together and the place in the city's list of all trades, calibrated. Ties break by firm id.

    Raises:
        ModelError: The city is not in the table of places.
    """
    if city_code not in known.city_number:
        raise ModelError(f"没有代码为 {city_code} 的城市。")
    column = known.city_number[city_code]
    told(model, known)
    outside = np.flatnonzero(known.home != column)
    before = city_shares_before(model, known, column) if chances else np.ones(known.n_firms)
    parts, terms = [], model.of_list(across)
    for start in range(0, len(outside), BATCH):
        rows = outside[start : start + BATCH]
        block = Block(known, rows, np.array([column]))
        own = contributions(block, terms)[:, :, 0]
        moves = expansion_scores(model, known, rows)
        goes = np.full(len(rows), np.nan)
        if chances:
            goes = np.exp(city_log_chances(model, known, rows)[:, column])
        frame = known.firms[rows].select("firm_id", "name", "home").with_columns(
            score=pl.Series(own.sum(axis=0).round(6)),
            chance=pl.Series(
                model.pair.chances(sigmoid(moves) * goes, before[rows])
            ).fill_nan(None) if chances else pl.lit(None, pl.Float64),
            expands=pl.Series(calibrated(moves, model.expansion_knots)),
            goes_there=pl.Series(goes).fill_nan(None),
            **{
                term.feature: pl.Series(values)
                for term, values in zip(terms, own, strict=True)
            },
        )  # fmt: skip
        parts.append(frame)
    if not parts:
        raise ModelError("没有一家外地企业可排。", todo="检查企业表和时点。")
    ranked = pl.concat(parts).sort(["score", "firm_id"], descending=[True, False])
    number = pl.int_range(1, ranked.height + 1, dtype=pl.Int64)
    return ranked.with_columns(rank=number).select("rank", *ranked.columns)


@cache
def load_target_model(version: str = VERSION) -> TargetModel:
    """Return the released target ranker, checked against its manifest.

    Raises:
        ModelError: The file is not the one the manifest names, or wants other features.
        ResourceError: The model is missing.
    """
    return target_model(read_release(NAMED, version))


def earlier_target_model() -> TargetModel | None:
    """Return the release before this one, for a comparison; None where it is not bundled."""
    earlier = str(int(VERSION) - 1)
    folder = resources.root() / "models" / "target-ranker" / earlier
    return load_target_model(earlier) if (folder / "manifest.json").is_file() else None


def target_model(release: Release) -> TargetModel:
    """Return the ranker a release holds.

    Raises:
        ModelError: Its features are not those of the manifest or of this package.
    """
    plain = release.plain
    terms = {stage: tuple(Term(**term) for term in plain[stage]) for stage in STAGES}
    model = TargetModel(
        version=plain["version"],
        **terms,
        intercept=plain["intercept"],
        expansion_knots=_knots(plain["expansion_knots"]),
        pair=_pair_curve(plain),
        flows=Flows(tuple(plain["flows"]["provinces"]), np.array(plain["flows"]["moves"])),
        edition=plain["edition"],
        company_covariance=_covariance(plain.get("company_covariance"), len(terms["company"])),
        lessons=_lessons(plain.get("lessons")),
        across=tuple(Term(**term) for term in plain.get("across", [])),
    )
    agree_on_features(NAMED, release, model.features(), pair_features())
    return model


def _lessons(plain: dict[str, dict[str, float]] | None) -> Lessons | None:
    if plain is None:
        return None
    draws, rates = plain["city_draw"], plain["sector_moves"]
    return Lessons(
        tuple(draws), np.array(list(draws.values())), tuple(rates), np.array(list(rates.values()))
    )


def _covariance(plain: list[list[float]] | None, n_terms: int) -> Floats | None:
    """Return a stored covariance; None where the release has none.

    Raises:
        ModelError: It is not symmetric, not of the terms' number, or has a negative variance.
    """
    if plain is None:
        return None
    if len(plain) != n_terms or {len(row) for row in plain} != {n_terms}:
        raise ModelError(f"目标排序模型的协方差应为 {n_terms}×{n_terms}。", todo="请重新训练。")
    found = np.array(plain, np.float64)
    if not np.isfinite(found).all() or (found != found.T).any() or (found.diagonal() < 0).any():
        raise ModelError("目标排序模型的协方差不对称，或方差为负。", todo="请重新训练。")
    return found


def _pair_curve(plain: dict[str, Any]) -> PairCurve:
    odds, place = plain.get("pair_weights", (1.0, 0.0))  # releases before 4 knew no places
    return PairCurve(odds, place, _knots(plain["pair_knots"]))


def _knots(plain: dict[str, list[float]]) -> Knots:
    return Knots(tuple(plain["score"]), tuple(plain["chance"]))
