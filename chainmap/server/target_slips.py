"""Targets as JSON, in pieces: lists of other lengths, limits and weights are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

from pydantic_core import to_json

from chainmap.concepts.records import Record, TargetList, TargetRecord
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.placed import Listed, Place, Rank
from chainmap.ranking.target_options import TargetOptions

_NAMES = list(TargetRecord.model_fields)
_WHO = frozenset(_NAMES[1 : _NAMES.index("score")])
_CHANCES = frozenset(_NAMES[_NAMES.index("rank_high") + 1 : _NAMES.index("reasons")])
_REST = frozenset(_NAMES[_NAMES.index("counter_evidence") + 1 :])
_VARYING = {"weights": b"%b", "custom": b"%b", "per_segment": b"%d"}
"""What of a list hangs on how it is asked for."""


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
    """What of a target's JSON hangs neither on weights nor on ranks, with commas towards the rest.

    Attributes:
        who: Behind the rank, before `numbers_of`.
        chances: Behind the ends of the interval, before `words_of`.
        rest: Behind that, with the brace.
    """

    who: bytes
    chances: bytes
    rest: bytes

    @classmethod
    def of(cls, record: TargetRecord) -> RowSlip:
        """Return that of a record, whatever its rank and the weights."""
        who, chances, rest = (_fields(record, names) for names in (_WHO, _CHANCES, _REST))
        return cls(b",%b," % who, b",%b," % chances, b",%b}" % rest)

    def under(self, numbers: bytes, words: bytes) -> Slip:
        """Return the target under some weights.

        Args:
            numbers: Score and parts, from `numbers_of`.
            words: Reasons with their families, and counter-evidence, from `words_of`.
        """
        before = b'%b%b,"rank_low":' % (self.who, numbers)
        return Slip(before, self.chances + words + self.rest)

    def pieces(self, rank: int, numbers: bytes, words: bytes) -> tuple[bytes, ...]:
        """Return it as `under` and `Slip.ranked` do, not put together yet, and a comma.

        Args:
            rank: From 1.
            numbers: From `ranked_numbers`.
            words: From `words_of`.
        """
        return b'{"rank":%d' % rank, self.who, numbers, self.chances, words, self.rest, b","


class Around:
    """The JSON around the targets of a question's lists.

    Args:
        record: Any of the lists.
    """

    def __init__(self, record: TargetList) -> None:
        names = list(TargetList.model_fields)
        at = names.index("targets")
        before = [
            b'"%b":%b' % (name.encode(), _VARYING[name])
            if name in _VARYING
            else _fields(record, {name}).replace(b"%", b"%%")
            for name in names[:at]
        ]
        self._before = b'{%b,"targets":[' % b",".join(before)
        self._behind = b",".join([b"]", *(_fields(record, {name}) for name in names[at + 1 :])])

    def of(self, options: TargetOptions) -> tuple[bytes, bytes]:
        """Return what stands before and behind the targets of the list asked for like this."""
        custom = b"true" if options.custom else b"false"
        said = (to_json(options.weights), custom, options.per_segment)
        return self._before % said, self._behind + b"}"


def words_of(said: Mapping[str, Any]) -> bytes:
    """Return what is said of a target, as it stands in braces."""
    return to_json(said)[1:-1]


def numbers_of(places: Sequence[Place]) -> list[bytes]:
    """Return score and parts of each, as they stand in braces."""
    return _in_braces([
        {"score": place.score, "parts": dict(zip(FAMILIES, place.parts, strict=True))}
        for place in places
    ])  # fmt: skip


def ranked_numbers(listed: Listed) -> list[bytes]:
    """Return score, parts and ends of each of a list, as they stand in braces."""
    _, _, *ends = (column.tolist() for column in listed.ranks)
    columns = (listed.score.tolist(), listed.parts.tolist(), *ends)
    return _in_braces([
        {
            "score": score,
            "parts": dict(zip(FAMILIES, parts, strict=True)),
            "rank_low": low,
            "rank_high": high,
        }
        for score, parts, low, high in zip(*columns, strict=True)
    ])  # fmt: skip


def _in_braces(figures: list[dict[str, Any]]) -> list[bytes]:
    """Return numbers by name as JSON has them, one piece for each."""
    return to_json(figures)[2:-2].split(b"},{") if figures else []


def _fields(record: Record, names: Set[str]) -> bytes:
    return record.model_dump_json(include=set(names))[1:-1].encode()
