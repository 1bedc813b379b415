"""The roster as the target model sees it: heads of groups, their sites, pairs with a city."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from chainmap.calibration import calibrated
from chainmap.errors import ModelError
from chainmap.gaps.world import World
from chainmap.logistic import sigmoid
from chainmap.ranking.kept_out import load_kept_out
from chainmap.ranking.known import Floats, Flows, Known
from chainmap.ranking.labels import LABELS, site_labels
from chainmap.ranking.pair_registry import Block, pair_column
from chainmap.ranking.target_model import (
    TargetModel,
    city_log_chances,
    city_shares_before,
    expansion_scores,
    load_target_model,
)
from chainmap.ranking.universe import universe_of_roster

SOURCE = "data/companies"
"""Where the roster's sites of groups stand."""
FACTS = ("staff", "capital_10k", "founded_year")
"""Columns of the universe that a firm may not state."""


@dataclass(frozen=True)
class RosterPairs:
    """Heads of groups of the roster as of a year.

    Attributes:
        known: The universe with the sites that are known.
        year: The origin.
    """

    known: Known
    year: int

    def features(self, city_code: str, names: Sequence[str]) -> pl.DataFrame:
        """Return `company_id` and one raw column a feature, for a city; by company id.

        Raises:
            ModelError: No such city or feature.
        """
        block = Block(
            self.known, np.arange(self.known.n_firms), np.array([self._column(city_code)])
        )
        columns = {name: pair_column(block, name)[:, 0] for name in names}
        return self.known.firms.select(company_id="firm_id").with_columns(
            **{name: pl.Series(values) for name, values in columns.items()}
        )

    def unstated(self) -> pl.DataFrame:
        """Return `company_id, unstated`: which of `FACTS` the roster does not hold of a firm."""
        named = [pl.when(pl.col(name).is_null()).then(pl.lit(name)) for name in FACTS]
        return self.known.firms.select(
            company_id="firm_id", unstated=pl.concat_list(named).list.drop_nulls()
        )

    def chances(self, model: TargetModel, city_code: str) -> pl.DataFrame:
        """Return how likely each firm is to come to a city, whatever it makes; by company id.

        Returns:
            `company_id`; `expands`, the calibrated chance of a site in any other city;
            `goes_there`, the share of it that is this city's; `comes`, both together and the place
            in the city's list of all trades, calibrated.

        Raises:
            ModelError: No such city.
        """
        column = self._column(city_code)
        moves, goes = self._moves(model)
        before = self._shares_before(model, column)
        return self.known.firms.select(company_id="firm_id").with_columns(
            expands=pl.Series(calibrated(moves, model.expansion_knots)),
            goes_there=pl.Series(goes[:, column]),
            comes=pl.Series(model.pair.chances(sigmoid(moves) * goes[:, column], before)),
        )

    def _moves(self, model: TargetModel) -> tuple[Floats, Floats]:
        """Return the log-odds to move, and firms × cities the shares; worked out once."""
        name = f"chances {model.version}"
        made: tuple[Floats, Floats] | None = self.known.kept(name)
        if made is None:
            rows = np.arange(self.known.n_firms)
            _tell(model, self.known)
            goes = np.exp(city_log_chances(model, self.known, rows))
            made = self.known.keep(name, (expansion_scores(model, self.known, rows), goes))
        return made

    def _shares_before(self, model: TargetModel, column: int) -> Floats:
        """Return the share of a city's list before each firm; worked out once for a city."""
        name = f"shares before {model.version} {column}"
        made: Floats | None = self.known.kept(name)
        if made is None:
            made = self.known.keep(name, city_shares_before(model, self.known, column))
        return made

    def _column(self, city_code: str) -> int:
        if city_code not in self.known.city_number:
            raise ModelError(f"没有代码为 {city_code} 的城市。")
        return self.known.city_number[city_code]


_made: dict[tuple[int, int], RosterPairs] = {}


def roster_pairs(world: World, year: int | None = None) -> RosterPairs:
    """Return the roster's firms as of a year, worked out once per world and year.

    Args:
        world: The measured data.
        year: Firms founded later and sites opened later are not known; sites without a year
            neither. None is the roster's own year, with every site.
    """
    key = (id(world), year or 0)
    if key not in _made:
        _made[key] = _pairs(world, year)
        weakref.finalize(world, _made.pop, key, None)
    return _made[key]


def _pairs(world: World, year: int | None) -> RosterPairs:
    universe = universe_of_roster(world.companies, world.placements, world.library, world.cities)
    labels = site_labels(world.companies, load_kept_out(), SOURCE).labels
    if year is None:
        year = world.edition.year
        known = Known(universe, year, labels, undated=True)
    else:
        dated = labels.filter(pl.col("date").dt.year() <= year)
        known = Known(universe, year, LABELS.check(dated))
    _tell(load_target_model(), known)
    return RosterPairs(known, year)


def _tell(model: TargetModel, known: Known) -> None:
    """Tell a universe what the model learned by counting, so that features can read it."""
    known.keep("flows", _flows_here(model.flows, known.province_codes))
    known.keep("lessons", model.lessons)


def _flows_here(flows: Flows, provinces: tuple[str, ...]) -> Flows:
    """Return the learned flows between some provinces; none with one the model never saw."""
    number = {code: at for at, code in enumerate(flows.provinces)}
    at = np.array([number.get(code, len(flows.provinces)) for code in provinces], np.int64)
    padded = np.pad(flows.moves, ((0, 1), (0, 1)))
    return Flows(provinces, padded[np.ix_(at, at)])
