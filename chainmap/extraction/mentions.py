"""Mentions: every term of a document with the box it stands in and what it names already."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from chainmap.chains.names import Match, NameIndex
from chainmap.concepts.policy import Box, Item, PolicyExtraction, Term
from chainmap.concepts.proposal import Evidence

_READINGS = ("same", "quality", "kind_of", "broader", "inside")
_BOXES = ("zhuanlan", "key_area", "enumeration", "lead")
_LONGEST_LABEL = 30


class Mention(NamedTuple):
    """One term where it stands: its box, its item, the chain spoken of, and what it names."""

    term: Term
    box: Box
    item: Item | None
    chain: str | None
    match: Match | None

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """Rank among mentions of one thing: the surest reading, the weightiest place first."""
        how = _READINGS.index(self.match.how) if self.match else len(_READINGS)
        role = 0 if self.term.role == "leaf" else 1
        unsaid = 0 if self.term.verb else 1
        return how, _BOXES.index(self.box.kind), role, unsaid, self.term.start

    @property
    def label(self) -> str:
        """Where it stands, as a reader would say it: 专栏3, or a section and its item."""
        if self.box.kind == "zhuanlan":
            return self.box.label
        section = (self.box.parent_section or "").split(" > ")[-1]
        named = self.box.title or section or self.box.label
        if self.item is not None and self.item.name and not self.item.inferred:
            named = f"{named}：{self.item.name}" if self.item.name != named else named
        return named[:_LONGEST_LABEL]

    def evidence(self, extraction: PolicyExtraction) -> Evidence:
        """Return where the document says it."""
        return Evidence(
            document=extraction.document.sha256,
            file=extraction.document.file,
            box=self.label,
            start=self.term.start,
            end=self.term.end,
            surface=self.term.surface,
        )


def mentions_of(extraction: PolicyExtraction, index: NameIndex) -> list[Mention]:
    """Return the leaf and group terms of a document in text order; context terms left out.

    A term's chain is the reader's where it knows one, else its item's, else the one that at
    least half of the matched terms of its item or box (two or more) belong to.
    """
    boxes = {box.id: box for box in extraction.boxes}
    items = {item.id: item for item in extraction.items}
    terms = [t for t in extraction.terms if t.role != "context" and t.box in boxes]
    leaning = _leaning(terms)
    found = []
    for term in terms:
        item = items.get(term.item) if term.item else None
        chain = term.chain or (item.chain if item else None)
        chain = chain or leaning.get(("item", term.item)) or leaning.get(("box", term.box))
        match = index.match(term.term, chain) or index.match(term.surface, chain)
        if match is None and term.segment is not None:
            match = index.inside(term.term, term.segment)
        found.append(Mention(term, boxes[term.box], item, chain, match))
    return found


def _leaning(terms: list[Term]) -> dict[tuple[str, str | None], str]:
    """Return the chain that most terms of an item or a box belong to, where one does."""
    counts: dict[tuple[str, str | None], Counter[str | None]] = {}
    for term in terms:
        if term.role != "leaf":
            continue
        for key in (("item", term.item), ("box", term.box)):
            counts.setdefault(key, Counter())[term.chain] += 1
    found = {}
    for key, chains in counts.items():
        known = {chain: n for chain, n in chains.items() if chain is not None}
        best = max(known, key=lambda c: known[c], default=None)
        if best is not None and known[best] >= 2 and known[best] * 2 >= chains.total():
            found[key] = best
    return found
