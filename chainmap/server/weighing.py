"""Target lists of one question under any weights and of any length.

What does not hang on the weights — candidates, their terms, their facts and sentences — is worked
out once and kept; a list is then a weighing, its intervals, and the records of those on it. The
answers are those of `pipeline.rank_targets` and `records.target_list`; a test holds them together.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import NamedTuple

import polars as pl

from chainmap.concepts.records import TargetList, TargetRecord
from chainmap.pipeline import standing_of, world_on
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.gap_words import Row
from chainmap.ranking.recommend import Lists, described_rows, recommended
from chainmap.ranking.retelling import Reteller
from chainmap.ranking.reweighing import Place, Weighable
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports import records
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.questions import Asked, gap_table
from chainmap.server.recent import Recent
from chainmap.tables import Candidates

RECENT_QUESTIONS = 4
"""Questions whose candidates are kept ready, some 20 MB each for all chains of a city."""

MOST_KNOWN = 2000
"""Rows of a question whose records are kept, some 6 KB each; beyond that they are made anew."""

_RANKS = ("rank", "rank_low", "rank_high")


class _Known(NamedTuple):
    """A row as an `Explainer` reads it, and its record under the weights it was first met with."""

    told_of: Row
    record: TargetRecord


class WeighedLists:
    """The lists of one question.

    Args:
        question: City, day, chain or segment.
        options: All but length, limit per segment and weights are those of every list.

    Raises:
        ModelError: The released ranker is not the one its manifest names.
    """

    def __init__(self, question: Asked, options: TargetOptions) -> None:
        self._question = question
        world = world_on(question.options.as_of)
        gaps = gap_table(question)
        standing = standing_of(world, question.city, gaps, options, question.segment)
        self._world, self._gaps, self._ground = world, standing.gaps, standing.ground
        self._scorer = standing.scorer
        self._weighable = Weighable(standing.candidates, standing.scorer, options)
        self._told = Reteller(world, question.city, standing.scorer, standing.candidates)
        self._known: dict[int, _Known] = {}
        self._around = self._as_records(self._described([], options), options)
        self._last: tuple[tuple[float, ...], dict[int, TargetRecord]] | None = None
        self._lock = Lock()

    def under(self, options: TargetOptions) -> TargetList:
        """Return the list under these options, rank 1 first."""
        ranked = options
        if self._question.segment is not None:
            ranked = replace(options, per_segment=0)
        places = self._weighable.ranked(ranked)
        known = self._rows(places, options)
        said = {
            "weights": dict(options.weights),
            "custom": options.custom,
            "per_segment": options.per_segment,
            "targets": self._targets(places, known, options),
        }
        return self._around.model_copy(update=said)

    def _targets(
        self, places: list[Place], known: dict[int, _Known], options: TargetOptions
    ) -> list[TargetRecord]:
        """Return the records of a list; what hangs on the weights alone is said once for them."""
        weights = tuple(options.weights[name] for name in FAMILIES)
        last = self._last
        if last is None or last[0] != weights or len(last[1]) > MOST_KNOWN:
            last = self._last = weights, {}
        said = last[1]
        made = []
        for place in places:
            record = said.get(place.row)
            if record is None:
                record = said[place.row] = self._target(known[place.row], place)
            ranks = (place.rank, place.rank_low, place.rank_high)
            if (record.rank, record.rank_low, record.rank_high) != ranks:
                record = record.model_copy(update=dict(zip(_RANKS, ranks, strict=True)))
            made.append(record)
        return made

    def _target(self, known: _Known, place: Place) -> TargetRecord:
        row = {**known.told_of, "parts": place.parts}
        reasons = self._told.reasons_by_family(row)
        said = {
            "rank": place.rank,
            "rank_low": place.rank_low,
            "rank_high": place.rank_high,
            "score": place.score,
            "parts": dict(zip(FAMILIES, place.parts, strict=True)),
            "reasons": [text for _, text in reasons],
            "reason_families": [family.value for family, _ in reasons],
            "counter_evidence": self._told.counter_evidence(row),
        }
        return known.record.model_copy(update=said)

    def _rows(self, places: list[Place], options: TargetOptions) -> dict[int, _Known]:
        """Return the rows of a list with their records; those not met before are made."""
        with self._lock:
            new = [place for place in places if place.row not in self._known]
            if new:
                if len(self._known) + len(new) > MOST_KNOWN:
                    self._known.clear()
                    self._told.forget()
                    new = places
                rows = self._described(new, options)
                made = self._as_records(rows, options).targets
                for place, told_of, record in zip(
                    new, rows.iter_rows(named=True), made, strict=True
                ):
                    self._known[place.row] = _Known(told_of, record)
            return {place.row: self._known[place.row] for place in places}

    def _described(self, places: list[Place], options: TargetOptions) -> pl.DataFrame:
        at = pl.Series([place.row for place in places], dtype=pl.Int64)
        numbers = {
            "rank": pl.Series([p.rank for p in places], dtype=pl.Int64),
            "rank_low": pl.Series([p.rank_low for p in places], dtype=pl.Int64),
            "rank_high": pl.Series([p.rank_high for p in places], dtype=pl.Int64),
            "score": pl.Series([p.score for p in places], dtype=pl.Float64),
            "parts": pl.Series([p.parts for p in places], dtype=pl.List(pl.Float64)),
        }
        ranked = self._weighable.rows[at].with_columns(**numbers)
        lists = Lists(Candidates(self._weighable.rows), ranked, self._ground)
        released = (load_target_model(), self._scorer)
        return described_rows(self._world, self._question.city, self._gaps, lists, released)

    def _as_records(self, rows: pl.DataFrame, options: TargetOptions) -> TargetList:
        found, city = recommended(rows, self._told), self._question.city
        given = (self._question.options, options)
        return records.target_list(self._world, city, found, given, self._question.chain)


_recent: Recent[WeighedLists] = Recent(RECENT_QUESTIONS)


def targets_of(question: Asked, options: TargetOptions) -> TargetList:
    """Return the ranked targets of a city."""
    world = world_on(question.options.as_of)
    options = replace(options, year=year_known(question.options.as_of, world.edition))
    usual = TargetOptions(
        year=options.year,
        gamma=options.gamma,
        wanted_lift=options.wanted_lift,
        draws=options.draws,
    )
    name = (
        question.city.code,
        question.options,
        question.chain and question.chain.id,
        question.segment and question.segment.id,
        usual,
        catalogue_state(question.city)(),
    )
    return _recent.get(repr(name), lambda: WeighedLists(question, usual)).under(options)
