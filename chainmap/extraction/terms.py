"""Terms: what the boxes and items of a document name, each tied to verb, chain and segment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chainmap.concepts.policy import Stage, Term
from chainmap.extraction.items import Piece
from chainmap.extraction.listing import Phrase, title_terms
from chainmap.extraction.parts import Part
from chainmap.extraction.phrases import Span
from chainmap.extraction.reading import phrases_in
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
        found.extend(Found(box, None, p) for p in part.fields)
        for index, piece in own:
            if piece.is_member:
                found.extend(Found(box, index, p) for p in _member(clean.text, part, piece))
                continue
            inner = [p for _, p in own if p is not piece and piece.start < p.start < piece.end]
            phrases: list[Phrase] = []
            if piece.is_title:
                phrases = title_terms(clean.text, Span(piece.start, piece.end))
            elif not (part.areas and part.kind == "enumeration"):
                stop = inner[0].start if inner else piece.end
                phrases = phrases_in(clean.text, piece.body_start, stop)
                phrases = _headed(clean.text, piece, phrases) if not inner else phrases
            found.extend(Found(box, index, p) for p in phrases)
            named = Phrase(piece.name_start, piece.name_end, "group")
            if piece.name and not any(p.start == named.start for p in phrases):
                found.append(Found(box, index, named))
    return sorted(found, key=lambda f: (f.phrase.start, f.phrase.end))


_KIND = re.compile(r"(?:制造)?(?:产业|产品|行业|领域)$")


def _headed(text: str, piece: Piece, phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases with the heading said again as a group, and as leaf if all there is."""
    name = _KIND.sub("", piece.name)
    if len(name) < _SHORTEST_NAME:
        return phrases
    found = []
    for phrase in phrases:
        word = text[phrase.start : phrase.end]
        core = _KIND.sub("", word)
        kind = core != word or re.match(r"产业|产品|行业|领域|向", text[phrase.end :][:2])
        listed = text[phrase.end : phrase.end + 1] in "、和与及等" or text[phrase.start - 1] == "、"
        again = len(core) >= _SHORTEST_NAME and (name.startswith(core) or name.endswith(core))
        if phrase.role == "leaf" and kind and again and not listed:
            phrase = replace(phrase, role="group")
        found.append(phrase)
    if any(p.role == "leaf" for p in found):
        return found
    said = [p for p in found if p.role == "group"]
    heading = Phrase(piece.name_start, piece.name_end, "leaf")
    return phrases if said else [*found, heading]


_SHORTEST_NAME = 2


def _member(text: str, part: Part, piece: Piece) -> list[Phrase]:
    """Return the field a list names, or the two a member joins (甲软件与乙计算)."""
    verb = re.search(r"聚焦|主攻|瞄准|构建", text[part.start : piece.start])
    span = Span(part.start + verb.start(), part.start + verb.end()) if verb else None
    named = title_terms(text, Span(piece.start, piece.end))
    return [replace(p, verb=verb[0] if verb else None, verb_span=span) for p in named]


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

    def is_field(self, term: str) -> bool:
        """Tell whether the vocabulary knows the term, or a field that makes up half of it."""
        return self.look_up(term)[0] is not None

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
