"""The scorecard of some destinations: undated sites, and dated ones as of the year before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from chainmap.errors import ModelError
from chainmap.ranking.known import Floats, Ints, Known
from chainmap.ranking.labels import Labels
from chainmap.ranking.pair_registry import Block
from chainmap.ranking.target_baselines import COUNTED, FOR_A_CITY
from chainmap.ranking.target_held import EARLIER, LOGIT, Fold, fold_of, orders_of
from chainmap.ranking.target_lists import Lists, ListScores, score_lists
from chainmap.ranking.target_model import TargetModel, score_pairs, told
from chainmap.ranking.target_segments import within_parts
from chainmap.ranking.target_training import (
    Learning,
    TargetOptions,
    firm_folds,
    fit_uncalibrated,
    stated_sites,
)
from chainmap.ranking.tied import Flags
from chainmap.ranking.universe import Universe

LEARNED = (*COUNTED, LOGIT)
"""Orders put together by the place within the fold: every fold has its own."""


@dataclass(frozen=True)
class PlaceCard:
    """Measures of every order over lists of firms for some cities.

    Attributes:
        cities: City of each list in `undated`.
        undated: Order → measures, one list a city, the firms of today; {} without a site there.
        dated: Order → measures, one list a city and year, the firms and cities as of the end of
            the year before; {} without a dated site there.
        dated_cities: City of each list in `dated`.
        years: Year of each list in `dated`.
        events: Per event and kind of site, what the model made of it: `kind` (undated or dated),
            `firm_id`, `city_code`, `year` (null for undated), `place` from 1, `candidates`, `auc`.
        unasked: Dated sites there that no list can ask about: `firm_id, city_code, reason`.
    """

    cities: tuple[str, ...]
    undated: Mapping[str, ListScores]
    dated: Mapping[str, ListScores]
    dated_cities: tuple[str, ...]
    years: tuple[int, ...]
    events: pl.DataFrame
    unasked: pl.DataFrame


def measure_places(
    known: Known,
    universe: Universe,
    codes: Sequence[str],
    dated: Labels,
    options: TargetOptions,
    earlier: TargetModel | None = None,
) -> PlaceCard:
    """Return the scorecard of destinations, each firm scored by a model that saw none of its moves.

    Undated sites are ranked among today's firms. Dated ones make a list for each city and year,
    from the firms that existed at the end of the year before, every feature as of that day; what
    is learned comes from all sites of the other folds' firms, dated or not.

    Args:
        known: The universe today with its labels, as `measure_targets` takes it.
        universe: The same firms, to be seen as of other years.
        codes: Cities that are asked about.
        dated: Sites whose year is known; only those in `codes` are read.
        options: As the released model is trained.
        earlier: The earlier release, for a row of its own.

    Raises:
        ModelError: No label is left to learn from, or none is in the cities.
    """
    places = np.array(sorted(known.city_number[code] for code in codes), np.int64)
    folds = _folds(known, options)
    happened = stated_sites(known)[:, places]
    there = happened.any(axis=0)
    undated: dict[str, ListScores] = {}
    events: list[pl.DataFrame] = []
    if there.any():
        scores = _scores(known, places[there], folds, earlier)
        outside = known.home[:, None] != places[there][None, :]
        today = Lists(happened[:, there], outside, places[there])
        undated = {name: score_lists(today, score) for name, score in scores.items()}
        events.append(_events(undated, today, known, [None] * len(today.number)))
    wanted = askable(dated.filter(pl.col("city_code").is_in(list(codes))), universe)
    asked = wanted.filter(pl.col("reason").is_null())
    years = lists_of_years(known, universe, asked, folds, earlier)
    if not undated and not years:
        raise ModelError("所选城市没有一处可检验的布局。", todo="换城市，或检查布局表的城市一列。")
    lists, later = joined(years)
    when = [one.year for one in years for _ in one.codes]
    if lists is not None:
        events.append(_events(later, lists, Known(universe, known.year), when))
    return PlaceCard(
        tuple(known.cities["city_code"].gather(places[there].tolist())),
        undated,
        later,
        tuple(code for one in years for code in one.codes),
        tuple(when),
        pl.concat(events),
        wanted.filter(pl.col("reason").is_not_null()).select("firm_id", "city_code", "reason"),
    )


def askable(dated: pl.DataFrame, universe: Universe) -> pl.DataFrame:
    """Return sites with their year and why no list can ask about them; null where one can."""
    firms = universe.firms.select("firm_id", "home", "founded_year", there=pl.lit(value=True))
    year = pl.col("date").dt.year().cast(pl.Int64)
    reason = (
        pl.when(pl.col("there").is_null()).then(pl.lit("企业不在总体中"))
        .when(pl.col("founded_year") >= year).then(pl.lit("企业在上一年年底还没有成立"))
        .when(pl.col("home") == pl.col("city_code")).then(pl.lit("总部就在该城市"))
    )  # fmt: skip
    joined = dated.join(firms, on="firm_id", how="left", maintain_order="left")
    return joined.with_columns(year=year, reason=reason)


def lists_of_years(
    known: Known,
    universe: Universe,
    asked: pl.DataFrame,
    folds: Sequence[Fold],
    earlier: TargetModel | None,
) -> list[_Year]:
    """Return the lists of dated sites that can be asked about, one entry a year, ascending."""
    return [
        _year(universe, known.labels, of_year, folds, earlier)
        for of_year in asked.sort("year", maintain_order=True).partition_by("year")
    ]


@dataclass(frozen=True)
class _Year:
    """The lists of one year: what happened and every order's scores, firms of all years × lists."""

    year: int
    codes: tuple[str, ...]
    places: Ints
    happened: Flags
    asked: Flags
    scores: Mapping[str, Floats]


def _folds(known: Known, options: TargetOptions) -> list[Fold]:
    part, every = firm_folds(known, options), np.ones(known.n_cities, bool)
    return [
        fold_of(known, part != k, fit_uncalibrated(Learning(known, part != k, every), options, ""))
        for k in range(options.folds)
    ]


def _scores(
    known: Known, places: Ints, folds: Sequence[Fold], earlier: TargetModel | None
) -> dict[str, Floats]:
    """Return order → firms × places; learned orders as places within the fold."""
    names, every = known.firms["firm_id"], np.ones(known.n_cities, bool)
    part, shape = np.zeros(known.n_firms, np.int64), (known.n_firms, len(places))
    found: dict[str, Floats] = {}
    for k, fold in enumerate(folds):
        rows = np.flatnonzero(names.is_in(list(fold.firms)).to_numpy())
        part[rows] = k
        seen = names.is_in(list(fold.learned)).to_numpy()
        block = Block(told(fold.model, known), rows, places)
        for name, order in orders_of(FOR_A_CITY, Learning(known, seen, every)).items():
            found.setdefault(name, np.zeros(shape))[rows] = order(block)
        found.setdefault(LOGIT, np.zeros(shape))[rows] = score_pairs(fold.model, block, across=True)
    for name in LEARNED:
        found[name] = within_parts(known, found[name], part, places)
    if earlier is not None:
        whole = Block(told(earlier, known), np.arange(known.n_firms), places)
        found[EARLIER] = score_pairs(earlier, whole, across=True)
    return found


def _year(
    universe: Universe,
    labels: Labels | None,
    of_year: pl.DataFrame,
    folds: Sequence[Fold],
    earlier: TargetModel | None,
) -> _Year:
    """Return the lists of one year's sites, all of them to be asked, as of the year before."""
    year = int(of_year["year"][0])
    known = Known(universe, year - 1, _without_dates(labels), undated=True)
    number = {name: i for i, name in enumerate(known.firms["firm_id"])}
    pairs = [
        (number[firm], known.city_number[city])
        for firm, city in of_year.select("firm_id", "city_code").iter_rows()
    ]
    places = np.unique([city for _, city in pairs])
    column = {city: i for i, city in enumerate(places.tolist())}
    came = np.zeros((known.n_firms, len(places)), bool)
    for firm, city in pairs:
        came[firm, column[city]] = True
    scores = _scores(known, places, folds, earlier)
    outside = known.home[:, None] != places[None, :]
    at, n = np.flatnonzero(known.present), len(known.present)
    return _Year(
        year,
        tuple(known.cities["city_code"].gather(places.tolist())),
        places,
        _spread(came, at, n) > 0,
        _spread(outside, at, n) > 0,
        {name: _spread(score, at, n) for name, score in scores.items()},
    )


def _without_dates(labels: Labels | None) -> Labels | None:
    """Return labels as taught: of other firms, whatever their date, as the model learns them."""
    if labels is None:
        return None
    return Labels(labels.with_columns(date=pl.lit(None, pl.Date)))


def _spread(values: Floats | Flags, at: Ints, n: int) -> Floats:
    """Return rows of the firms of a year as rows of all firms, 0 for those not there."""
    whole = np.zeros((n, values.shape[1]))
    whole[at] = values
    return whole


def joined(
    years: Sequence[_Year], cities: Collection[str] | None = None
) -> tuple[Lists | None, dict[str, ListScores]]:
    """Return the lists of several years as one set, and every order's measures over them.

    Args:
        years: From `lists_of_years`.
        cities: Codes of those whose lists are wanted; None takes all.
    """
    kept = [
        np.array([cities is None or code in cities for code in one.codes], bool) for one in years
    ]
    if not any(at.any() for at in kept):
        return None, {}

    def side_by_side(parts: Sequence[Floats | Flags]) -> Any:
        return np.hstack([part[:, at] for part, at in zip(parts, kept, strict=True)])

    happened = side_by_side([one.happened for one in years])
    asked = side_by_side([one.asked for one in years])
    number = np.concatenate([one.places[at] for one, at in zip(years, kept, strict=True)])
    lists = Lists(happened, asked, number)
    return lists, {
        name: score_lists(lists, side_by_side([one.scores[name] for one in years]))
        for name in years[0].scores
    }


def _events(
    scores: Mapping[str, ListScores], lists: Lists, known: Known, years: Sequence[int | None]
) -> pl.DataFrame:
    """Return what the model made of each event of some lists, by city, year and firm."""
    one, sizes = scores[LOGIT], lists.asked.sum(axis=0)
    codes = known.cities["city_code"].gather(lists.number.tolist()).to_list()
    columns = one.event_list.tolist()
    return pl.DataFrame(
        {
            "kind": ["undated" if years[c] is None else "dated" for c in columns],
            "firm_id": known.firms["firm_id"].gather(one.event_candidate.tolist()),
            "city_code": [codes[c] for c in columns],
            "year": pl.Series([years[c] for c in columns], dtype=pl.Int64),
            "place": one.event_place,
            "candidates": sizes[one.event_list].astype(np.int64),
            "auc": one.event_auc.round(4),
        }
    ).sort("city_code", "year", "firm_id")
