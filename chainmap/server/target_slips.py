"""Targets as JSON, in pieces: lists of other lengths, limits and weights are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from pydantic_core import to_json

from chainmap.concepts.records import TargetList, TargetRecord
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.placed import Listed, Place, Rank

_NAMES = list(TargetRecord.model_fields)
_WHO = frozenset(_NAMES[1 : _NAMES.index("score")])
_CHANCES = frozenset(_NAMES[_NAMES.index("rank_high") + 1 : _NAMES.index("reasons")])
_REST = frozenset(_NAMES[_NAMES.index("counter_evidence") + 1 :])
_PARTS = ",".join(f'"{family}":%b' for family in FAMILIES)
_NUMBERS = f'"score":%b,"parts":{{{_PARTS}}}'.encode()
_RANK = b'{"rank":%d,'
_RANKED = b',%b,"rank_low":%%d,"rank_high":%%d,' % _NUMBERS


class Written(NamedTuple):
    """The first of a list as JSON.

    Attributes:
        body: The whole record around them.
        last: The company that stands last, where others follow.
    """

    body: bytes
    last: str | None


class Slip(NamedTuple):
    """A target under some weights: its JSON before and behind the ends of its interval."""

    before: bytes
    behind: bytes

    def ranked(self, at: Rank | Place) -> bytes:
        """Return it as JSON, with its rank."""
        return b'{"rank":%d%b%d,"rank_high":%d%b' % (
            at.rank, self.before, at.rank_low, at.rank_high, self.behind
        )  # fmt: skip


class RowSlip(NamedTuple):
    """What of a target's JSON hangs neither on weights nor on ranks, as it stands in braces."""

    who: bytes
    chances: bytes
    rest: bytes

    @classmethod
    def of(cls, record: TargetRecord) -> RowSlip:
        """Return that of a record, whatever its rank and the weights."""
        return cls(*(_fields(record, names) for names in (_WHO, _CHANCES, _REST)))

    def under(self, numbers: bytes, words: bytes) -> Slip:
        """Return the target under some weights.

        Args:
            numbers: Score and parts, from `numbers_of`.
            words: Reasons with their families, and counter-evidence, from `words_of`.
        """
        return Slip(
            b',%b,%b,"rank_low":' % (self.who, numbers),
            b",%b,%b,%b}" % (self.chances, words, self.rest),
        )

    def pieces(self, rank: bytes, numbers: bytes, words: bytes) -> tuple[bytes, ...]:
        """Return it as `under` and `Slip.ranked` do, not put together yet, and a comma.

        Args:
            rank: As `ranked_numbers` gives it.
            numbers: The same.
            words: From `words_of`.
        """
        return rank, self.who, numbers, self.chances, b",", words, b",", self.rest, b"},"


def words_of(said: Mapping[str, Any]) -> bytes:
    """Return what is said of a target, as it stands in braces."""
    return to_json(said)[1:-1]


def numbers_of(places: Sequence[Place]) -> list[bytes]:
    """Return score and parts of each, as they stand in braces."""
    return [_NUMBERS % row for row in _figures([[p.score, *p.parts] for p in places])]


def ranked_numbers(listed: Listed) -> list[tuple[bytes, bytes]]:
    """Return for each of a list what `RowSlip.pieces` takes: its rank; score, parts and ends."""
    figures = _figures(np.column_stack((listed.score, listed.parts)).tolist())
    _, *ranks = (column.tolist() for column in listed.ranks)
    return [
        (_RANK % rank, _RANKED % (*row, low, high))
        for row, rank, low, high in zip(figures, *ranks, strict=True)
    ]


def _figures(rows: list[list[float]]) -> list[tuple[bytes, ...]]:
    """Return numbers as JSON has them, row by row."""
    written = to_json(rows)[2:-2].split(b"],[") if rows else []
    return [tuple(row.split(b",")) for row in written]


def around(record: TargetList) -> tuple[bytes, bytes]:
    """Return the JSON before and behind the targets of a list, given without them."""
    written = record.model_dump_json().encode()
    before, _, behind = written.rpartition(b'"targets":[]')
    return before + b'"targets":[', b"]" + behind


def _fields(record: TargetRecord, names: frozenset[str]) -> bytes:
    return record.model_dump_json(include=set(names))[1:-1].encode()
