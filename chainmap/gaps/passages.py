"""Passages (点名) behind a segment, seen from one city: cited terms and positions of places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.provenance import PolicySource
from chainmap.concepts.register import PositionFact
from chainmap.sources.places import City

_SHORTEST = {CiteScope.SEGMENT: 3, CiteScope.GROUP: 3, CiteScope.CHAIN: 2}
"""Shortest name that counts inside a longer one: 电机 stands in too many terms to mean one segment,
while the names of whole industries (芯片, 半导体) are safe."""


@dataclass(frozen=True)
class Passage:
    """One stretch of a plan that names a segment, its group or its chain.

    `id` is a citation's id, or `document@start` for a position, whose `place` is then set.
    """

    id: str
    document: PolicySource
    scope: CiteScope
    level: Literal["nation", "province", "city"]
    verb: str | None
    start: int
    end: int
    place: str | None = None


def in_city(code: str | None, city: City) -> bool:
    """Return whether a division code is the city's own or of a county in it."""
    if code is None or (code.endswith("0000") and code != city.code):
        return False
    digits = 2 if city.code.endswith("0000") else 4
    return code[:digits] == city.code[:digits]


@lru_cache(maxsize=4096)
def cited_passages(library: ChainLibrary, segment_id: str) -> tuple[Passage, ...]:
    """Return the citations behind a segment as passages: own, then group's, then chain's.

    Looked up once: they are the same for every city and day.
    """
    found = []
    for scope, citation in library.cited(segment_id):
        document = library.documents[citation.document]
        span = (citation.start, citation.end)
        found.append(Passage(citation.id, document, scope, document.level, citation.verb, *span))
    return tuple(found)


def lifted(cited: Sequence[Passage], placed: Sequence[Passage]) -> list[Passage]:
    """Return the passages behind a segment with positions merged in.

    A citation that a position of the city overlaps is the same statement, read as said of the city:
    its level becomes city, its scope the nearer of the two. Positions no citation covers follow.
    """
    if not placed:
        return list(cited)
    merged, used = [], set()
    for passage in cited:
        over = next((p for p in placed if overlap(p, passage)), None)
        if over is not None:
            used.add(over.id)
            scope = min(over.scope, passage.scope, key=list(CiteScope).index)
            passage = replace(passage, level=over.level, place=over.place, scope=scope)
        merged.append(passage)
    return [*merged, *(p for p in placed if p.id not in used)]


def overlap(one: Passage, other: Passage) -> bool:
    """Return whether two passages share text of one document."""
    same = one.document.id == other.document.id
    return same and one.start < other.end and other.start < one.end


def city_positions(
    library: ChainLibrary, positions: Iterable[PositionFact], city: City
) -> dict[str, list[Passage]]:
    """Return segment id → passages in which a plan assigns its field to a place of the city.

    A position counts at city level, whoever issued the plan: it names the city or a county,
    zone or platform in it. Positions of documents the library does not hold are left out.
    """
    names = field_names(library)
    found: dict[str, list[Passage]] = {}
    for position in positions:
        document = library.documents.get(position.document)
        if document is None or not in_city(position.code, city):
            continue
        for segment_id, scope in names.of_terms(position.terms).items():
            span = (position.start, position.end)
            key = f"{document.id}@{position.start}"
            passage = Passage(key, document, scope, "city", None, *span, position.place)
            found.setdefault(segment_id, []).append(passage)
    return found


def elsewhere(positions: Iterable[PositionFact], city: City) -> list[PositionFact]:
    """Return the positions that assign fields to places of other cities only.

    What a province's plan says of another city's zone says nothing of this city.
    """
    return [
        position
        for position in positions
        if position.terms
        and position.code is not None
        and not position.code.endswith("0000")
        and not in_city(position.code, city)
    ]


def speaks_of(passage: Passage, positions: Iterable[PositionFact]) -> bool:
    """Return whether a passage lies in what a plan says of one of these places."""
    return any(
        position.document == passage.document.id
        and passage.start < position.end
        and position.start < passage.end
        for position in positions
    )


@lru_cache(maxsize=4)
def field_names(library: ChainLibrary) -> FieldNames:
    """Return what plans may call the segments of a library; what terms mean is remembered."""
    return FieldNames(library)


class FieldNames:
    """What a plan may call a segment, its group or its chain."""

    def __init__(self, library: ChainLibrary) -> None:
        self._names: dict[str, tuple[CiteScope, tuple[str, ...]]] = {}
        for scope, name, segments in self._all(library):
            self._names.setdefault(name.casefold(), (scope, segments))
        self._meant: dict[str, tuple[CiteScope, tuple[str, ...]]] = {}

    def of_terms(self, terms: Iterable[str]) -> dict[str, CiteScope]:
        """Return segment id → nearest scope for what the terms name.

        A term that is a name means it; else the longest name inside the term, the narrower scope
        first (高性能金属材料 → 金属材料).
        """
        found: dict[str, CiteScope] = {}
        order = list(CiteScope)
        for term in terms:
            folded = term.casefold()
            if folded not in self._meant:
                self._meant[folded] = self._meaning(folded)
            scope, segments = self._meant[folded]
            for segment_id in segments:
                known = found.get(segment_id, scope)
                found[segment_id] = min(known, scope, key=order.index)
        return found

    def _meaning(self, term: str) -> tuple[CiteScope, tuple[str, ...]]:
        if term in self._names:
            return self._names[term]
        inside = [
            name
            for name, (scope, _) in self._names.items()
            if name in term and len(name) >= _SHORTEST[scope]
        ]
        if not inside:
            return CiteScope.CHAIN, ()
        order = list(CiteScope)
        best = max(inside, key=lambda n: (len(n), -order.index(self._names[n][0]), n))
        return self._names[best]

    @staticmethod
    def _all(library: ChainLibrary) -> Iterator[tuple[CiteScope, str, tuple[str, ...]]]:
        for segment in library.segments.values():
            for name in segment.names:
                yield CiteScope.SEGMENT, name, (segment.id,)
        for chain in library.chains.values():
            for group in chain.groups:
                members = tuple(s.id for s in chain.segments if s.group == group.id)
                yield CiteScope.GROUP, group.name, members
            everything = tuple(s.id for s in chain.segments)
            for name in (chain.name, *chain.aliases):
                yield CiteScope.CHAIN, name, everything
        for domain in library.domains:
            if domain.chain is None:
                continue
            chain, names = library.chains[domain.chain], (domain.name, *domain.aliases)
            # A field inside a drawn chain (MEMS in 集成电路) says nothing of the whole chain.
            if {chain.name, *chain.aliases} & set(names):
                everything = tuple(s.id for s in chain.segments)
                for name in names:
                    yield CiteScope.CHAIN, name, everything
