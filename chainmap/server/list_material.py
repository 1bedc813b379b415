"""What the lists of one question are made of: candidates ready to be weighed, and their facts."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from chainmap.concepts.records import TargetList
from chainmap.pipeline import standing_of, world_on
from chainmap.ranking.list_question import ListQuestion
from chainmap.ranking.modes import Selection, selected_candidates, selected_gaps
from chainmap.ranking.narrowing import Narrowed
from chainmap.ranking.placed import Place
from chainmap.ranking.recommend import Lists, described_rows, recommended
from chainmap.ranking.retelling import Reteller
from chainmap.ranking.reweighed_narrowing import NarrowedWeighable
from chainmap.ranking.reweighing import Weighable
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_standing import Standing
from chainmap.reports import records
from chainmap.reports.snapshot_making import by_mode, narrowed_by
from chainmap.reports.why_modes import selection_of
from chainmap.server.questions import Asked, gap_table
from chainmap.tables import Candidates


class ListMaterial:
    """Candidates of a question and what is known of them, whatever the weights.

    Args:
        question: City, day, chain or segment, mode.
        options: All but length, limit per segment and weights are those of every list.

    Attributes:
        weighable: The candidates, ready to be ranked.
        told: Puts them into words.

    Raises:
        ModelError: The released ranker is not the one its manifest names.
        UnknownNameError: The mode's leader or an industry is not known.
    """

    def __init__(self, question: Asked, options: TargetOptions) -> None:
        self._question = question
        self._selection, standing = _selected(question, options)
        candidates, scorer = standing.candidates, standing.scorer
        self.weighable = Weighable(candidates, scorer, options)
        self.told = Reteller(standing.world, question.city, scorer, candidates)
        # What is needed of the candidates stands in the two by now.
        self._standing = replace(standing, candidates=Candidates(candidates.clear()))

    def narrowed(self, filters: ListQuestion) -> NarrowedWeighable:
        """Return what filters leave of the candidates."""
        found = self._standing
        rows = Candidates(self.weighable.rows)
        narrowed = narrowed_by(found.world, found.gaps, rows, filters)
        return NarrowedWeighable(self.weighable, narrowed or Narrowed())

    def grounds(self, segment_id: str) -> list[str]:
        """Return why the mode selected a segment; nothing where no mode is asked for."""
        return [] if self._selection is None else [self._selection.grounds[segment_id]]

    def described(self, places: list[Place]) -> pl.DataFrame:
        """Return rows as an `Explainer` reads them."""
        at = pl.Series([place.row for place in places], dtype=pl.Int64)
        numbers = {
            "rank": pl.Series([p.rank for p in places], dtype=pl.Int64),
            "rank_low": pl.Series([p.rank_low for p in places], dtype=pl.Int64),
            "rank_high": pl.Series([p.rank_high for p in places], dtype=pl.Int64),
            "score": pl.Series([p.score for p in places], dtype=pl.Float64),
            "parts": pl.Series([p.parts for p in places], dtype=pl.List(pl.Float64)),
        }
        ranked = self.weighable.rows[at].with_columns(**numbers)
        found = self._standing
        lists = Lists(Candidates(self.weighable.rows), ranked, found.ground)
        released = (load_target_model(), found.scorer)
        return described_rows(found.world, found.city, found.gaps, lists, released)

    def as_list(self, rows: pl.DataFrame, options: TargetOptions) -> TargetList:
        """Return `described` rows as a list; the mode's grounds are not among the reasons yet."""
        found, city = recommended(rows, self.told), self._question.city
        given = (self._question.options, options)
        world, chain = self._standing.world, self._question.chain
        listed = records.target_list(world, city, found, given, chain)
        return listed if self._selection is None else by_mode(listed, self._selection)


def _selected(question: Asked, options: TargetOptions) -> tuple[Selection | None, Standing]:
    """Return what the question's mode selects, and the candidates and gaps it is about."""
    world, gaps = world_on(question.options.as_of), gap_table(question)
    if question.mode is None:
        return None, standing_of(world, question.city, gaps, options, question.segment)
    selection = selection_of(world, question.city, gaps, question.mode, question.chain)
    standing = standing_of(world, question.city, selected_gaps(gaps, selection), options)
    candidates = selected_candidates(standing.candidates, selection)
    return selection, replace(standing, candidates=candidates)
