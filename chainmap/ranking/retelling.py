"""Reasons of the same candidates told again and again: each sentence is made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from chainmap.gaps.world import World
from chainmap.ranking.explain import (
    FILLING,
    LEAST_EDGE,
    MOST_COUNTS,
    MOST_REASONS,
    Explainer,
    as_fact,
)
from chainmap.ranking.families import Family
from chainmap.ranking.gap_words import Row
from chainmap.ranking.known import Floats
from chainmap.ranking.scorer import Scorer
from chainmap.sources.places import City

_FAMILIES = tuple(Family)
_EACH = range(len(_FAMILIES))
_FIT = _FAMILIES.index(Family.SEGMENT_FIT)
_FILLING = tuple(map(_FAMILIES.index, FILLING))
_EVEN = [0.0] * len(_FAMILIES)
"""Parts of a candidate that nothing speaks for or against."""


class Choice(NamedTuple):
    """Families that are told of, as numbers in the order of `Family`.

    Attributes:
        gaining: Those that speak for a candidate, strongest first.
        losing: Those that speak against it, gravest first.
        slight: Those that gain too little to speak, strongest first.
        filling: Those of `FILLING` that gain nothing.
    """

    gaining: bytes
    losing: bytes
    slight: bytes
    filling: bytes


def chosen(parts: Floats | Sequence[Sequence[float]]) -> list[Choice]:
    """Return what is told of rows that have these parts, one a family."""
    table = np.asarray(parts, np.float64).reshape(-1, len(_FAMILIES))
    strongest = np.argsort(-table, axis=1, kind="stable").astype(np.uint8).tobytes()
    gravest = np.argsort(table, axis=1, kind="stable").astype(np.uint8).tobytes()
    n_gaining = np.add.reduce(table > LEAST_EDGE, axis=1)
    n_losing = np.minimum(np.add.reduce(table < -LEAST_EDGE, axis=1), MOST_COUNTS)
    begins = range(0, table.size, len(_FAMILIES))
    n_above = np.add.reduce(table > 0, axis=1)
    counts = zip(n_gaining.tolist(), n_losing.tolist(), n_above.tolist(), strict=True)
    return [
        Choice(
            strongest[at : at + n],
            gravest[at : at + m],
            strongest[at + n : at + above],
            bytes(one for one in _FILLING if one in strongest[at + above : at + len(_FAMILIES)]),
        )
        for at, (n, m, above) in zip(begins, counts, strict=True)
    ]


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
        return self.reasons_of(row, chosen([row["parts"]])[0])

    def counter_evidence(self, row: Row) -> list[str]:
        """Return what an `Explainer` does."""
        return self.counts_of(row, chosen([row["parts"]])[0])

    def reasons_of(self, row: Row, choice: Choice) -> list[tuple[Family, str]]:
        """Return `reasons_by_family` of a row whose parts make this choice."""
        remembered = self._remembered(row)
        gaining, slight = list(choice.gaining), list(choice.slight)
        if row["basis"] == "neighbour" and _FIT not in choice.filling:
            gaining = [_FIT, *(at for at in gaining if at != _FIT)]
        wanted = max(2, min(MOST_REASONS, len(gaining)))
        found: list[tuple[Family, str]] = []
        for at in (*gaining, *(at for at in slight if at not in gaining), *choice.filling):
            text = remembered.reasons[at]
            if text is None:
                text = remembered.reasons[at] = self._for[_FAMILIES[at]](row)
            if text:
                told = as_fact(text) if at in choice.filling else text
                found.append((_FAMILIES[at], told))
                if len(found) == wanted:
                    break
        return found

    def counts_of(self, row: Row, choice: Choice) -> list[str]:
        """Return `counter_evidence` of a row whose parts make this choice."""
        remembered = self._remembered(row)
        if remembered.always is None:
            remembered.always = super().counter_evidence({**row, "parts": _EVEN})
        told = []
        for at in choice.losing:
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
