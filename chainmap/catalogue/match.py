"""Items of somebody's catalogue matched to segments: with confidence, never placed silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from chainmap.chains.library import ChainLibrary
from chainmap.chains.names import How, NameIndex, plain
from chainmap.concepts.records import Record
from chainmap.errors import UnknownNameError
from chainmap.sources.foreign_catalogue import ForeignRow

State = Literal["matched", "to_confirm", "unmatched", "rejected"]
STATE_ZH = {
    "matched": "已匹配",
    "to_confirm": "待确认",
    "unmatched": "未匹配",
    "rejected": "拒收",
}

SURE = 0.9
"""Confidence from which a row counts as matched: its name is the segment's own name."""

CONFIDENCE: dict[How, float] = {
    "same": 1.0, "quality": 0.85, "kind_of": 0.7, "inside": 0.6, "broader": 0.4,
}  # fmt: skip
"""By how the name comes to the segment; only the very name is sure, the rest is confirmed by hand.
A quality word (高端光刻胶) narrows what is wanted; a name's tail or part may mean another thing."""

ELSEWHERE = 0.5
"""A name found in the description only."""

WHOLE = 0.3
"""The name means a group or a whole chain; which segment of it is open."""

BESIDE = 0.8
"""The very name, but a neighbouring segment is named in the same row."""

SHOWN_CANDIDATES = 5
_SHORTEST = 3
"""Shortest segment name looked for inside a description; two characters stand in too many words."""


class RowMatch(Record):
    """What became of one row: state, best segment with confidence and reason, other candidates."""

    sheet: str
    row: int
    name: str
    chain: str
    direction: str
    priority: str
    targets: str
    note: str
    state: State
    segment: str | None
    confidence: float
    why: str
    candidates: list[str]


class _Candidate(NamedTuple):
    segment: str
    confidence: float
    why: str


def match_rows(rows: Sequence[ForeignRow], library: ChainLibrary) -> list[RowMatch]:
    """Return what becomes of every row, in file order; none is left out.

    A row counts as matched where its name is a segment's own name, alias or term (`SURE`); a
    weaker reading waits for an official. Rows without a name, rows of totals and a second row of
    the very same text are rejected with the reason.
    """
    matcher = _Matcher(library)
    seen: dict[tuple[str, str, str], ForeignRow] = {}
    found = []
    for row in rows:
        reason = _rejection(row, seen)
        if reason:
            found.append(_match(row, "rejected", [], reason))
            continue
        candidates = matcher.candidates(row)
        best = max((c.confidence for c in candidates), default=0.0)
        state: State = "matched" if best >= SURE else "to_confirm" if candidates else "unmatched"
        why = candidates[0].why if candidates else "名称和描述中没有认得的环节"
        found.append(_match(row, state, candidates, why))
    return found


def _rejection(row: ForeignRow, seen: dict[tuple[str, str, str], ForeignRow]) -> str:
    cells = row.cells
    name = cells["name"]
    if row.total:
        return "合计行，不是条目"
    if not name:
        return "没有写名称"
    key = (plain(cells.get("chain", "")), plain(name), plain(cells.get("direction", "")))
    if key in seen:
        first = seen[key]
        sheet = "" if first.sheet == row.sheet else f"“{first.sheet}”表"
        return f"与{sheet}第 {first.number} 行相同"
    seen[key] = row
    return ""


class _Matcher:
    """Reads rows against a library, its names put in order once."""

    def __init__(self, library: ChainLibrary) -> None:
        self._library, self._index = library, NameIndex(library)
        self._names = sorted(
            (
                (plain(name), chain, segment_id)
                for name, (chain, segment_id) in library.vocabulary().items()
                if len(plain(name)) >= _SHORTEST
            ),
            key=lambda named: (-len(named[0]), named),
        )
        self._beginning: dict[str, list[int]] = {}
        for at, (name, _, _) in enumerate(self._names):
            self._beginning.setdefault(name[:_SHORTEST], []).append(at)

    def candidates(self, row: ForeignRow) -> list[_Candidate]:
        """Return the segments a row may mean, surest first, each once."""
        chain_id = self._chain(row.cells.get("chain", ""))
        found: dict[str, _Candidate] = {}
        for candidate in (
            *self._named(row.cells["name"], chain_id),
            *self._described(row.cells.get("direction", ""), chain_id),
        ):
            known = found.get(candidate.segment)
            if known is None or known.confidence < candidate.confidence:
                found[candidate.segment] = candidate
        return self._doubted(sorted(found.values(), key=lambda c: (-c.confidence, c.segment)))

    def _doubted(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Return the candidates, the best less sure where its neighbour is spoken of too.

        A row called 光刻胶 that speaks of ArF means one of several segments of the same group.
        """
        if not candidates or candidates[0].confidence < SURE:
            return candidates
        best, *others = candidates
        group = self._library.segments[best.segment].group
        for other in others:
            segment = self._library.segments[other.segment]
            if segment.group == group:
                why = f"{best.why}；但同一行也提到“{segment.name}”"
                return [best._replace(confidence=BESIDE, why=why), *others]
        return candidates

    def _named(self, name: str, chain_id: str | None) -> Iterator[_Candidate]:
        library, match = self._library, self._index.match(name, chain_id)
        if match is not None and match.kind == "segment":
            confidence = CONFIDENCE[match.how]
            if chain_id not in (None, library.chain_of(match.id).id):
                why = f"名称对上“{match.name}”，但属另一条产业链"
                yield _Candidate(match.id, min(confidence, CONFIDENCE["inside"]), why)
            else:
                yield _Candidate(match.id, confidence, f"{_HOW_ZH[match.how]}“{match.name}”")
        elif match is not None:
            for segment_id in self._members(match.id):
                why = f"名称指整个“{match.name}”，须选定其中环节"
                yield _Candidate(segment_id, WHOLE, why)
        alike = self._index.alike(name, chain_id)
        if alike is not None:
            yield _Candidate(alike.id, CONFIDENCE["inside"], f"名称与“{alike.name}”相近")
        for segment_id in self._inside(name, chain_id):
            why = f"名称中含有“{library.segments[segment_id].name}”的叫法"
            yield _Candidate(segment_id, CONFIDENCE["inside"], why)

    def _described(self, text: str, chain_id: str | None) -> Iterator[_Candidate]:
        for segment_id in self._inside(text, chain_id):
            name = self._library.segments[segment_id].name
            yield _Candidate(segment_id, ELSEWHERE, f"描述中提到“{name}”的叫法")

    def _members(self, id_: str) -> list[str]:
        """Return the first segments of a group or chain."""
        return [
            segment.id
            for chain in self._library.chains.values()
            for segment in chain.segments
            if id_ in (chain.id, segment.group)
        ][:SHOWN_CANDIDATES]

    def _inside(self, text: str, chain_id: str | None) -> list[str]:
        """Return the segments named in a text: longest names first, none inside a longer one."""
        whole = plain(text)
        found: dict[str, None] = {}
        for at in self._maybe(whole):
            name, chain, segment_id = self._names[at]
            if chain_id in (None, chain) and name in whole:
                found.setdefault(segment_id)
                whole = whole.replace(name, "\n")
        return list(found)[:SHOWN_CANDIDATES]

    def _maybe(self, whole: str) -> list[int]:
        """Return the names of which the first characters stand in a text, in their order."""
        starts = {whole[at : at + _SHORTEST] for at in range(len(whole) - _SHORTEST + 1)}
        return sorted(at for start in starts for at in self._beginning.get(start, ()))

    def _chain(self, given: str) -> str | None:
        for name in (given, given.removesuffix("产业链"), given.removesuffix("产业")):
            try:
                return self._library.find_chain(name).id if name else None
            except UnknownNameError:
                continue
        return None


_HOW_ZH: dict[How, str] = {
    "same": "名称即",
    "quality": "去掉修饰词后即",
    "kind_of": "名称以其收尾：",
    "broader": "名称是几个环节的统称：",
    "inside": "名称中含有",
}


def _match(row: ForeignRow, state: State, candidates: list[_Candidate], why: str) -> RowMatch:
    cells = row.cells
    best = candidates[0] if candidates else None
    return RowMatch(
        sheet=row.sheet,
        row=row.number,
        name=cells["name"],
        chain=cells.get("chain", ""),
        direction=cells.get("direction", ""),
        priority=cells.get("priority", ""),
        targets=cells.get("targets", ""),
        note=cells.get("note", ""),
        state=state,
        segment=best.segment if best else None,
        confidence=best.confidence if best else 0.0,
        why=why,
        candidates=[candidate.segment for candidate in candidates[:SHOWN_CANDIDATES]],
    )
