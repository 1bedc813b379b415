"""Reading: a stretch of text sentence by sentence, clause by clause, list by list."""

from __future__ import annotations

from collections.abc import Iterator

from chainmap.extraction.listing import Phrase, cut
from chainmap.extraction.phrases import Governor, Objects, clauses, read_clause, sentences


def lists_of(
    text: str, start: int, end: int, announced: int = 0
) -> Iterator[tuple[Objects, list[Phrase]]]:
    """Yield each list of a stretch, as it stands and as the terms it is cut into, in text order.

    Args:
        text: The clean text.
        start: Where the stretch begins.
        end: One past its end.
        announced: How many titles the stretch is said to list; 0 if not said.
    """
    for sentence in sentences(text, start, end):
        last: Governor | None = None
        for clause in clauses(text, sentence):
            found, last = read_clause(text, clause, last)
            for objects in found:
                yield objects, cut(text, objects, announced)


def phrases_in(text: str, start: int, end: int, announced: int = 0) -> list[Phrase]:
    """Return the terms of all lists of a stretch, in the order they are read."""
    return [p for _, phrases in lists_of(text, start, end, announced) for p in phrases]
