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
_N = len(_FAMILIES)
_EACH = range(_N)
_AT = np.arange(_N)
_NOBODY = bytes([_N])
_FIT = _FAMILIES.index(Family.SEGMENT_FIT)
_FILLING = tuple(map(_FAMILIES.index, FILLING))
_EVEN = [0.0] * _N
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

    @classmethod
    def of(cls, told: bytes) -> Choice:
        """Return what `chosen` gives as bytes."""
        above, losing = told[:_N].rstrip(_NOBODY), told[_N + 1 :].rstrip(_NOBODY)
        gaining, slight = above[: told[_N]], above[told[_N] :]
        return cls(gaining, losing, slight, bytes(one for one in _FILLING if one not in above))


def chosen(parts: Floats | Sequence[Sequence[float]]) -> list[bytes]:
    """Return what is told of rows that have these parts, one a family: a name for each `Choice`.

    Rows of which the same is told have the same name.
    """
    table = np.asarray(parts, np.float64).reshape(-1, _N)
    told = np.full((len(table), 2 * _N + 1), _N, np.uint8)
    n_above = np.add.reduce(table > 0.0, axis=1)[:, None]
    strongest = (-table).argsort(axis=1, kind="stable")
    np.copyto(told[:, :_N], strongest, "unsafe", where=n_above > _AT)
    told[:, _N] = np.add.reduce(table > LEAST_EDGE, axis=1)
    n_losing = np.minimum(np.add.reduce(table < -LEAST_EDGE, axis=1), MOST_COUNTS)[:, None]
    gravest = table.argsort(axis=1, kind="stable")
    np.copyto(told[:, _N + 1 :], gravest, "unsafe", where=n_losing > _AT)
    whole, width = told.tobytes(), told.shape[1]
    return [whole[at : at + width] for at in range(0, len(whole), width)]


class _Sentences:
    """What was said of a row: for and against it by family, and what hangs on no family."""

    __slots__ = ("always", "counts", "first", "reasons")

    def __init__(self) -> None:
        self.reasons: list[str | None] = [None for _ in _EACH]
        self.counts: list[str | None] = [None for _ in _EACH]
        self.always: list[str] | None = None
        self.first = 0


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
        return self.reasons_of(row, Choice.of(chosen([row["parts"]])[0]))

    def counter_evidence(self, row: Row) -> list[str]:
        """Return what an `Explainer` does."""
        return self.counts_of(row, Choice.of(chosen([row["parts"]])[0]))

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
            remembered.first = len(self._counts_first(row))
        told = []
        for at in choice.losing:
            text = remembered.counts[at]
            if text is None:
                text = remembered.counts[at] = self._against(row, _FAMILIES[at])
            if text:
                told.append(text)
        # What goes before all families is said first, what is not known last.
        first, always = remembered.first, remembered.always
        return [*always[:first], *told, *always[first:]]

    def _remembered(self, row: Row) -> _Sentences:
        name = (row["company_id"], row["segment_id"])
        found = self._said.get(name)
        if found is None:
            found = self._said[name] = _Sentences()
        return found
