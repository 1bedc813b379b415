"""Rows of lists made again and again: their places, by row and by column."""

from __future__ import annotations

from typing import NamedTuple

from chainmap.ranking.known import Floats, Ints


class Place(NamedTuple):
    """One row of a list, best first.

    Attributes:
        row: Which of `Weighable.rows`.
        rank: From 1.
        rank_low: Lower end of the rank's 90% interval.
        rank_high: Upper end.
        score: As `score_candidates` has it.
        parts: One a family, in the order of `Family`.
    """

    row: int
    rank: int
    rank_low: int
    rank_high: int
    score: float
    parts: list[float]


class Rank(NamedTuple):
    """A row and its rank; attributes as those of `Place`."""

    row: int
    rank: int
    rank_low: int
    rank_high: int


Ranked = tuple[Ints, Ints, Ints, Ints]
"""Row, rank and its ends, as `Rank` has them."""


class Listed(NamedTuple):
    """A list, best first, by columns.

    Attributes:
        ranks: Four columns.
        score: As `Place` has it.
        parts: Rows × families.
    """

    ranks: Ranked
    score: Floats
    parts: Floats

    def places(self) -> list[Place]:
        """Return it row by row."""
        columns = (*self.ranks, self.score, self.parts)
        return [Place(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def as_ranks(columns: Ranked) -> list[Rank]:
    """Return ranks row by row."""
    return [Rank(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]
