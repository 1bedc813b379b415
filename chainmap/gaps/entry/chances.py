"""The released entry model: the chance (进入概率) of a further maker, by city and segment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from chainmap.calibration import Knots, calibrated
from chainmap.gaps.entry.columns import FAMILIES, column, features
from chainmap.gaps.entry.panel import Matrix
from chainmap.gaps.entry.registry import side_by_side
from chainmap.gaps.entry.roster import roster_panel
from chainmap.gaps.world import World
from chainmap.released import Named, Release, agree_on_features, read_release

VERSION = "1"
"""Folder under `models/entry/` that this release uses."""
NAMED = Named("entry", "进入模型", "chainmap train gaps")
TAIL = 0.05
"""Mass left outside the interval on either side: low and high span 90 % of the bags."""


@dataclass(frozen=True)
class Term:
    """One summand of the log-odds: a feature, its scale and its weight.

    Attributes:
        floor: Where given, the logarithm of the value plus this floor enters, else the value.
    """

    feature: str
    floor: float | None
    mean: float
    spread: float


@dataclass(frozen=True)
class EntryModel:
    """Coefficients and calibration of a released model.

    Attributes:
        coefficients: The model's own, intercept first, one a term after it.
        bags: The same from samples of cities: one row a bag.
        base_rate: Share of all cells with a new maker in the window the chances are quoted at.
        horizon: Years ahead.
        window: First and last year of that window.
    """

    version: str
    terms: tuple[Term, ...]
    coefficients: Matrix
    bags: Matrix
    knots: Knots
    base_rate: float
    horizon: int
    window: tuple[int, int]


@cache
def load_entry_model(version: str = VERSION) -> EntryModel:
    """Return the released entry model, checked against its manifest.

    Raises:
        ModelError: The file is not the one the manifest names, or wants other features.
        ResourceError: The model is missing.
    """
    return entry_model(read_release(NAMED, version))


def entry_model(release: Release) -> EntryModel:
    """Return the model a release holds.

    Raises:
        ModelError: Its features are not those of the manifest or of this package.
    """
    plain = release.plain
    names = [term["feature"] for term in plain["terms"]]
    agree_on_features(NAMED, release, names, features())
    return EntryModel(
        version=plain["version"],
        terms=tuple(Term(**term) for term in plain["terms"]),
        coefficients=np.array(plain["coefficients"]),
        bags=np.array(plain["bags"]),
        knots=Knots(tuple(plain["knots"]["score"]), tuple(plain["knots"]["chance"])),
        base_rate=plain["base_rate"],
        horizon=plain["horizon"],
        window=(plain["window"][0], plain["window"][1]),
    )


def entry_chances(model: EntryModel, world: World, as_of: dt.date | None = None) -> pl.DataFrame:
    """Return the chance of at least one further maker within the horizon, for every cell.

    Args:
        model: From `load_entry_model`.
        world: The measured world.
        as_of: Only companies founded up to that year, dated ones only; None takes all companies
            of the edition, those without a year as old stock.

    Returns:
        `city_code, segment_id, chance, chance_low, chance_high, base_rate`, by city and segment.
        Low and high hold 90 % of 20 models, each from a sample of cities; they say how sure the
        model is, not how lucky a city will be.
    """
    columns, places, nodes = _terms(model, world, as_of)
    chance = calibrated(columns @ model.coefficients[1:] + model.coefficients[0], model.knots)
    bags = columns @ model.bags[:, 1:].T.astype(np.float32) + model.bags[:, 0].astype(np.float32)
    bags.sort(axis=1)
    outside = round(TAIL * model.bags.shape[0])
    low = calibrated(bags[:, outside], model.knots)
    high = calibrated(bags[:, -1 - outside], model.knots)
    return pl.DataFrame(
        {
            "city_code": pl.Series(places).gather(np.repeat(np.arange(len(places)), len(nodes))),
            "segment_id": pl.Series(nodes).gather(np.tile(np.arange(len(nodes)), len(places))),
            "chance": chance,
            "chance_low": np.minimum(low, chance),
            "chance_high": np.maximum(high, chance),
        }
    ).with_columns(base_rate=pl.lit(model.base_rate))


def explain_chances(
    model: EntryModel,
    world: World,
    city_code: str,
    segments: Sequence[str],
    as_of: dt.date | None = None,
) -> pl.DataFrame:
    """Return what moves some of a city's chances, by family, against the city's median cell.

    Args:
        model: From `load_entry_model`.
        world: The measured world.
        city_code: The city.
        segments: Segments to explain.
        as_of: As in `entry_chances`.

    Returns:
        `segment_id, family, family_zh, contribution, strongest` by segment in the order given and
        falling contribution. `contribution` is in log-odds: the family's terms less their median
        over the city's segments; all families of a segment add up to the difference in the
        model's score. `strongest` explains the two terms of the family that move most.
    """
    columns, places, nodes = _terms(model, world, as_of)
    own = columns.reshape(len(places), len(nodes), -1)[places.index(city_code)]
    parts = own * model.coefficients[1:]
    parts = parts - np.median(parts, axis=0)
    known = features()
    rows = []
    for segment in segments:
        moved = parts[nodes.index(segment)]
        for family, zh in FAMILIES.items():
            inside = [i for i, t in enumerate(model.terms) if known[t.feature].family == family]
            if inside:
                first = sorted(inside, key=lambda i: -abs(moved[i]))[:2]
                said = [known[model.terms[i].feature].explanation for i in first if moved[i]]
                rows.append((segment, family, zh, float(moved[inside].sum()), said))
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "segment_id": pl.String, "family": pl.String, "family_zh": pl.String,
        "contribution": pl.Float64, "strongest": pl.List(pl.String),
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("at")
    order = pl.col("at").min().over("segment_id")
    return frame.sort(order, -pl.col("contribution"), "at").drop("at")


def term_columns(terms: Sequence[Term], values: Matrix) -> Matrix:
    """Return feature values as the terms take them: logged where asked, then standardised."""
    return _standardised(terms, values.T)


def _terms(
    model: EntryModel, world: World, as_of: dt.date | None
) -> tuple[Matrix, list[str], list[str]]:
    panel = roster_panel(world, undated=as_of is None)
    known = panel.as_of((as_of or world.edition).year)
    values = (column(known, term.feature).ravel() for term in model.terms)
    columns = _standardised(model.terms, values)
    return columns, panel.places["place"].to_list(), list(panel.nodes)


def _standardised(terms: Sequence[Term], values: Iterable[Matrix]) -> Matrix:
    """Return one column a term from each term's values, in the order of the terms."""
    scaled = []
    for term, given in zip(terms, values, strict=True):
        one = given.astype(np.float64)
        if term.floor is not None:
            one = np.log(np.maximum(one, 0.0) + term.floor)
        scaled.append(((one - term.mean) / term.spread).astype(np.float32))
    return side_by_side(scaled)
