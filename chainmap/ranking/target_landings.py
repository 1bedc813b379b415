"""The scorecard of landings: each ranked as of the end of the year before it became known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from chainmap.ranking.known import Known
from chainmap.ranking.labels import Labels
from chainmap.ranking.noted_landings import teaching
from chainmap.ranking.target_held import Fold
from chainmap.ranking.target_lists import ListScores
from chainmap.ranking.target_model import TargetModel
from chainmap.ranking.target_places import askable, joined, lists_of_years
from chainmap.ranking.universe import Universe


@dataclass(frozen=True)
class Landed:
    """What the bundled ledger is asked about with: the firms of all years, and its landings."""

    universe: Universe
    landings: Labels


@dataclass(frozen=True)
class LandingScores:
    """Measures of every order over lists of firms, one list a city and year.

    Attributes:
        taught: Cities whose landings teach the released model; each firm is scored by a model
            that saw none of its own moves. {} without a landing there.
        held_back: Cities of the province held back; landings that are stated sites as well are
            left out, so that no model learned from one of these.
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
        landed: The landings, each pair of firm and city once.
        folds: What scores each part of the firms, from `held_out_firms`.
        earlier: The earlier release, for a row of its own.
    """
    taught = set(teaching(landed.landings)["city_code"])
    asked = askable(landed.landings, landed.universe).filter(pl.col("reason").is_null())
    if known.labels is not None:
        pairs = ["firm_id", "city_code"]
        learned = known.labels.select(*pairs, learned=pl.lit(value=True))
        asked = asked.join(learned, on=pairs, how="left", maintain_order="left")
        asked = asked.filter(pl.col("city_code").is_in(taught) | pl.col("learned").is_null())
    if asked.is_empty():
        return LandingScores({}, {})
    years = lists_of_years(known, landed.universe, asked, folds, earlier)
    held_back = set(asked["city_code"]) - taught
    return LandingScores(joined(years, taught)[1], joined(years, held_back)[1])
