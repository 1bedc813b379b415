"""Reasons of the same candidates told again and again: each sentence is made once."""

from __future__ import annotations

import polars as pl

from chainmap.gaps.world import World
from chainmap.ranking.explain import LEAST_EDGE, MOST_COUNTS, MOST_REASONS, Explainer
from chainmap.ranking.families import Family
from chainmap.ranking.gap_words import Row
from chainmap.ranking.scorer import Scorer
from chainmap.sources.places import City

_FAMILIES = tuple(Family)
_EACH = range(len(_FAMILIES))
_FIT = _FAMILIES.index(Family.SEGMENT_FIT)
_FILLING = tuple(map(_FAMILIES.index, (Family.SEGMENT_FIT, Family.NEED, Family.AFFINITY)))
_EVEN = [0.0] * len(_FAMILIES)
"""Parts of a candidate that nothing speaks for or against."""


class _Sentences:
    """What was said of a row: for and against it by family, and what hangs on no family."""

    __slots__ = ("always", "counts", "reasons")

    def __init__(self) -> None:
        self.reasons: list[str | None] = [None for _ in _EACH]
        self.counts: list[str | None] = [None for _ in _EACH]
        self.always: list[str] | None = None


class Reteller(Explainer):
    """An `Explainer` that remembers its sentences.

    Which of them are told hangs on the weights; none of their words does. It chooses as the
    `Explainer` does, by numbers in place of names, since it chooses for every row of every list.

    Args:
        world: The measured data.
        city: The receiving city.
        scorer: What the candidates were scored with.
        candidates: All scored candidates, to know the median one.
    """

    def __init__(self, world: World, city: City, scorer: Scorer, candidates: pl.DataFrame) -> None:
        super().__init__(world, city, scorer, candidates)
        self._said: dict[tuple[str, str], _Sentences] = {}

    def forget(self) -> None:
        """Forget all sentences."""
        self._said.clear()

    def reasons_by_family(self, row: Row) -> list[tuple[Family, str]]:
        """Return what an `Explainer` does."""
        return self.reasons_under(row, row["parts"])

    def counter_evidence(self, row: Row) -> list[str]:
        """Return what an `Explainer` does."""
        return self.counts_under(row, row["parts"])

    def reasons_under(self, row: Row, parts: list[float]) -> list[tuple[Family, str]]:
        """Return `reasons_by_family` of a row that has these parts in place of its own."""
        remembered = self._remembered(row)
        gaining = [at for at in _EACH if parts[at] > LEAST_EDGE]
        gaining.sort(key=parts.__getitem__, reverse=True)
        if row["basis"] == "neighbour":
            gaining = [_FIT, *(at for at in gaining if at != _FIT)]
        wanted = max(2, min(MOST_REASONS, len(gaining)))
        found: list[tuple[Family, str]] = []
        for at in (*gaining, *(at for at in _FILLING if at not in gaining)):
            text = remembered.reasons[at]
            if text is None:
                text = remembered.reasons[at] = self._for[_FAMILIES[at]](row)
            if text:
                found.append((_FAMILIES[at], text))
                if len(found) == wanted:
                    break
        return found

    def counts_under(self, row: Row, parts: list[float]) -> list[str]:
        """Return `counter_evidence` of a row that has these parts in place of its own."""
        remembered = self._remembered(row)
        if remembered.always is None:
            remembered.always = super().counter_evidence({**row, "parts": _EVEN})
        losing = [at for at in _EACH if parts[at] < -LEAST_EDGE]
        losing.sort(key=parts.__getitem__)
        told = []
        for at in losing[:MOST_COUNTS]:
            text = remembered.counts[at]
            if text is None:
                text = remembered.counts[at] = self._against(row, _FAMILIES[at])
            if text:
                told.append(text)
        # What a neighbour's place rests on is said first, what is not known last.
        first = int(row["basis"] == "neighbour")
        return [*remembered.always[:first], *told, *remembered.always[first:]]

    def _remembered(self, row: Row) -> _Sentences:
        name = (row["company_id"], row["segment_id"])
        found = self._said.get(name)
        if found is None:
            found = self._said[name] = _Sentences()
        return found
