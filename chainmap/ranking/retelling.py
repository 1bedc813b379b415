"""Reasons of the same candidates told again and again: each sentence is made once."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from chainmap.gaps.world import World
from chainmap.ranking.explain import Explainer
from chainmap.ranking.families import Family
from chainmap.ranking.gap_words import Row
from chainmap.ranking.scorer import Scorer
from chainmap.sources.places import City

_Sentences = dict[tuple[str, str, str], str]


class Reteller(Explainer):
    """An `Explainer` that remembers its sentences.

    Which of them are told hangs on the weights; none of their words does.

    Args:
        world: The measured data.
        city: The receiving city.
        scorer: What the candidates were scored with.
        candidates: All scored candidates, to know the median one.
    """

    def __init__(self, world: World, city: City, scorer: Scorer, candidates: pl.DataFrame) -> None:
        super().__init__(world, city, scorer, candidates)
        self._said: _Sentences = {}
        self._for = {family: self._once(family, say) for family, say in self._for.items()}

    def forget(self) -> None:
        """Forget all sentences."""
        self._said.clear()

    def _once(self, family: Family, say: Callable[[Row], str]) -> Callable[[Row], str]:
        def said(row: Row) -> str:
            return self._remembered(row, f"for {family}", lambda: say(row))

        return said

    def _against(self, row: Row, family: Family) -> str:
        return self._remembered(
            row, f"against {family}", lambda: super(Reteller, self)._against(row, family)
        )

    def _remembered(self, row: Row, what: str, say: Callable[[], str]) -> str:
        name = (row["company_id"], row["segment_id"], what)
        found = self._said.get(name)
        if found is None:
            found = self._said[name] = say()
        return found
