"""The scorecard of landings: each ranked as of the end of the year before it became known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from chainmap.ranking.known import Known
from chainmap.ranking.labels import Labels
from chainmap.ranking.noted_landings import SOURCE, teaching
from chainmap.ranking.target_held import Fold
from chainmap.ranking.target_lists import ListScores
from chainmap.ranking.target_model import TargetModel
from chainmap.ranking.target_places import askable, joined, lists_of_years
from chainmap.ranking.universe import Universe


@dataclass(frozen=True)
class Landed:
    """What landings are asked about with: the firms of all years, and the landings."""

    universe: Universe
    landings: Labels


@dataclass(frozen=True)
class LandingScores:
    """Measures of every order over lists of firms, one list a city and year.

    Attributes:
        taught: Cities whose landings teach the released model; each firm is scored by a model
            that saw none of its own moves. {} without a landing there.
        held_back: Cities of the province held back: no model saw a landing there.
    """

    taught: Mapping[str, ListScores]
    held_back: Mapping[str, ListScores]


def measure_landings(
    known: Known, landed: Landed, folds: Sequence[Fold], earlier: TargetModel | None
) -> LandingScores:
    """Return how the landings of the bundled ledger are foreseen, every order beside the model.

    Candidates are the firms that existed at the end of the year before, and state no other year;
    what is learned comes from all labels of the other folds' firms, whatever their day.

    Args:
        known: The universe today, with the labels that teach.
        landed: The landings; those of other sources than the bundled ledger are left alone.
        folds: What scores each part of the firms, from `held_out_firms`.
        earlier: The earlier release, for a row of its own.
    """
    ledger = landed.landings.filter(pl.col("source") == SOURCE)
    asked = askable(ledger, landed.universe).filter(pl.col("reason").is_null())
    if asked.is_empty():
        return LandingScores({}, {})
    taught = set(teaching(ledger)["city_code"])
    years = lists_of_years(known, landed.universe, asked, folds, earlier)
    held_back = set(asked["city_code"]) - taught
    return LandingScores(joined(years, taught)[1], joined(years, held_back)[1])
