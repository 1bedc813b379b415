"""The one segment, or the one chain, a reader means by a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.hanzi import folded_name, readings
from chainmap.errors import AmbiguousNameError

_SHORTEST = 2
"""Characters of a part of a name that is looked for: one stands in too many."""


class _Name(NamedTuple):
    """A name or alias of a segment, folded, and the segment's id."""

    text: str
    segment: str


class SegmentNames:
    """What segments are called, folded.

    Args:
        segments: The living ones, by id.
        replaced: Those that have successors, by id, and retired id → living id.
        fields: Names of whole fields: groups, chains and domains.
    """

    def __init__(
        self,
        segments: Mapping[str, Segment],
        replaced: tuple[Mapping[str, Segment], Mapping[str, str]],
        fields: Iterable[str],
    ) -> None:
        self._segments = segments
        living, (retired, successors) = segments.values(), replaced
        self._own = _by_name((s.id, (s.id, s.name, s.name_en, *s.aliases)) for s in living)
        self._terms = _by_name((s.id, s.terms) for s in living)
        self._retired = _by_name((successors[s.id], (s.id, *s.names)) for s in retired.values())
        self._fields = frozenset(map(folded_name, fields))
        self._said = [_Name(folded_name(n), s.id) for s in living for n in (s.name, *s.aliases)]

    def find(self, given: str, pool: Collection[str]) -> Segment | None:
        """Return the segment that a name means; None where none answers.

        An id, a name, an English name or an alias means its segment, and so does what a retired
        one was called. A term, under which firms are placed, does where no other segment's name or
        alias holds it; so does a part of a name. What names a whole field is no part of a name:
        体外诊断 does not mean 体外诊断原料.

        Args:
            given: As typed.
            pool: Ids of the segments that may be meant.

        Raises:
            AmbiguousNameError: Several answer.
        """
        for whole in (True, False):
            for wanted in readings(given):
                found = self._answering(wanted, pool, whole=whole)
                if len(found) > 1:
                    several = [(self._segments[one].name, one) for one in found]
                    raise AmbiguousNameError("环节", given, several)
                if found:
                    return self._segments[found[0]]
        return None

    def _answering(self, wanted: str, pool: Collection[str], *, whole: bool) -> list[str]:
        if not whole:
            return [] if wanted in self._fields else self._partly(wanted, pool)
        for names in (self._own, self._terms, self._retired):
            found = [one for one in names.get(wanted, ()) if one in pool]
            if found and names is self._terms:
                found += self._holding(wanted, pool)
            if found:
                return list(dict.fromkeys(found))
        return []

    def _partly(self, part: str, pool: Collection[str]) -> list[str]:
        """Return the segments that hold a part; none where only an alias of one does.

        An answer about a segment in whose name the word does not stand would surprise.
        """
        found = self._holding(part, pool)
        only = len(found) == 1 and part not in folded_name(self._segments[found[0]].name)
        return [] if only else found

    def _holding(self, part: str, pool: Collection[str]) -> list[str]:
        """Return the segments one of whose names holds a part; Latin words are not torn."""
        if len(part) < _SHORTEST:
            return []
        holds = re.compile(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])"
                           if part.isascii() else re.escape(part))  # fmt: skip
        found = (n.segment for n in self._said if n.segment in pool and holds.search(n.text))
        return list(dict.fromkeys(found))


def chain_named(chains: Sequence[Chain], given: str) -> Chain | None:
    """Return the chain called so: by id, Chinese or English name, or alias; None where none is.

    What a chain is called in full wins over another's alias.

    Raises:
        AmbiguousNameError: Several answer.
    """
    for wanted in readings(given):
        for names in (_full_names, _other_names):
            found = [c for c in chains if wanted in map(folded_name, names(c))]
            if len(found) > 1:
                raise AmbiguousNameError("产业链", given, [(c.name, c.id) for c in found])
            if found:
                return found[0]
    return None


def _full_names(chain: Chain) -> tuple[str, ...]:
    return (chain.id, chain.name, chain.name_en)


def _other_names(chain: Chain) -> tuple[str, ...]:
    return (*chain.aliases, *chain.known_as)


def _by_name(called: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Return folded name → ids of what is called so, each once."""
    found: dict[str, list[str]] = {}
    for id_, names in called:
        for name in dict.fromkeys(map(folded_name, names)):
            found.setdefault(name, []).append(id_)
    return found
