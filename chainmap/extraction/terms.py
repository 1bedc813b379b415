"""Terms: what the boxes and items of a document name, each tied to verb, chain and segment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chainmap.concepts.policy import Stage, Term
from chainmap.extraction.boxes import Part
from chainmap.extraction.items import Piece
from chainmap.extraction.listing import Phrase, cut
from chainmap.extraction.phrases import Governor, Span, clauses, read_clause, sentences
from chainmap.extraction.repair import Clean

Vocabulary = Mapping[str, tuple[str, str | None]]
"""Clean term to (chain id, segment id or null); keys are names, aliases and terms of segments."""

_GLOSS = re.compile(r"\((?:[A-Za-z][A-Za-z0-9/+.\- ]*|[^()]{4,})\)")
_QUALITIES = re.compile(
    r"^(?:高端|新型|先进|智能|高性能|新一代|现代|大型|高档|中高端|高效|重要|优势|特色|大力|关键|核心|创新)+"
)
_KIND_TAIL = re.compile(r"(?:技术|产业|产品|设备|装备|制造业|行业|关键技术|领域|等)$")
_FEWEST_INSIDE = 3  # two characters inside a longer word are a coincidence too often
_INSIDE_SHARE = 0.5


@dataclass(frozen=True)
class Found:
    """A phrase with the box and item it was found in, counted from zero."""

    box: int
    piece: int | None
    phrase: Phrase


def phrases_of(clean: Clean, parts: list[Part], pieces: list[Piece]) -> list[Found]:
    """Return the phrases of all boxes in text order, item names among them as groups."""
    found: list[Found] = []
    for box, part in enumerate(parts):
        own = [(i, p) for i, p in enumerate(pieces) if p.box == box]
        if part.lead is not None and part.lead.list_start == part.lead.list_end:
            found.extend(
                Found(box, None, p) for p in _read(clean.text, part.lead.start, part.lead.end, 0)
            )
        for index, piece in own:
            if piece.is_member:
                found.append(Found(box, index, _member(clean.text, part, piece)))
                continue
            if piece.name:
                found.append(Found(box, index, Phrase(piece.name_start, piece.name_end, "group")))
            inner = [p for _, p in own if p is not piece and piece.start < p.start < piece.end]
            if not inner:
                announced = re.match(r"(\d{1,2})个", piece.name)
                count = int(announced[1]) if announced else 0
                phrases = _read(clean.text, piece.body_start, piece.end, count)
                found.extend(Found(box, index, p) for p in phrases)
    return sorted(found, key=lambda f: (f.phrase.start, f.phrase.end))


def _read(text: str, start: int, end: int, announced: int) -> list[Phrase]:
    found: list[Phrase] = []
    for sentence in sentences(text, start, end):
        last: Governor | None = None
        for clause in clauses(text, sentence):
            lists, last = read_clause(text, clause, last)
            for objects in lists:
                found.extend(cut(text, objects, announced))
    return found


def _member(text: str, part: Part, piece: Piece) -> Phrase:
    verb = re.search(r"聚焦|主攻|瞄准|构建", text[part.start : piece.start])
    span = Span(part.start + verb.start(), part.start + verb.end()) if verb else None
    return Phrase(piece.start, piece.end, "leaf", verb[0] if verb else None, span)


def term_of(clean: Clean, ids: tuple[str, str, str | None], phrase: Phrase, words: Lexicon) -> Term:
    """Return the term of one phrase; `ids` are its own id, its box and its item."""
    text = clean.text[phrase.start : phrase.end]
    start, end = clean.span(phrase.start, phrase.end)
    chain, segment = words.look_up(text)
    verb = clean.span(phrase.verb_span.start, phrase.verb_span.end) if phrase.verb_span else None
    stage: Stage | None = None
    if phrase.stage in ("upstream", "midstream", "downstream", "support"):
        stage = phrase.stage  # type: ignore[assignment]
    return Term(
        id=ids[0],
        box=ids[1],
        item=ids[2],
        term=_GLOSS.sub("", text) or text,
        surface=words.raw[start:end],
        start=start,
        end=end,
        verb=phrase.verb,
        verb_start=verb[0] if verb else None,
        verb_end=verb[1] if verb else None,
        role=phrase.role,
        chain=chain,
        segment=segment,
        stage=stage,
    )


class Lexicon:
    """The caller's vocabulary, looked up the way policy text varies its words."""

    def __init__(self, vocabulary: Vocabulary, raw: str) -> None:
        self.raw = raw
        self._exact = {_plain(k): v for k, v in vocabulary.items()}
        inside = sorted(
            (k for k in self._exact if len(k) >= _FEWEST_INSIDE), key=lambda k: (-len(k), k)
        )
        self._inside = re.compile("|".join(map(re.escape, inside))) if inside else None

    def look_up(self, term: str) -> tuple[str | None, str | None]:
        """Return chain and segment of a term: exact, then without its qualities, then inside it."""
        for form in _forms(term):
            hit = self._exact.get(form)
            if hit is not None:
                return hit
        plain = _plain(term)
        if self._inside is None:
            return None, None
        hits = [m[0] for m in self._inside.finditer(plain)]
        best = max(hits, key=len, default="")
        if best and len(best) >= len(plain) * _INSIDE_SHARE:
            return self._exact[best]
        return None, None


def _plain(term: str) -> str:
    return re.sub(r"\s+", "", term).casefold()


def _forms(term: str) -> list[str]:
    plain = _plain(_GLOSS.sub("", term))
    gloss = re.search(r"\(([^()]+)\)", term)
    short = _QUALITIES.sub("", plain)
    forms = [_plain(term), plain, _KIND_TAIL.sub("", plain), short, _KIND_TAIL.sub("", short)]
    forms += [_plain(gloss[1])] if gloss else []
    return [f for f in dict.fromkeys(forms) if len(f) >= 2]
