"""Brackets and exclusions of a scope: what a remark sets aside, what it takes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from chainmap.concepts.scope import ScopeGrammar
from chainmap.linkage.texts import (
    CLOSE,
    COMMA,
    OPEN,
    STOP,
    Flags,
    Found,
    Ints,
    Texts,
    Words,
    within,
)

SHORT_BRACKET = 60
"""Characters; a longer bracket holds a scope of its own (经营范围全文), not a remark."""
REMARK = 250
"""Characters; the longest bracket that an exclusion at its head takes out as a whole."""


@dataclass(frozen=True)
class Brackets:
    """Pairs of brackets by opening place; `start` and `end` are the two characters."""

    start: Ints
    end: Ints

    def around(self, place: Ints) -> Ints:
        """Return the innermost pair around each place, -1 where there is none."""
        if not self.start.size:
            return np.full(place.size, -1, dtype=np.int64)
        found = np.searchsorted(self.start, place, "left") - 1
        for _ in range(3):  # a closed neighbour on the way out; scopes nest three deep at most
            closed = (found >= 0) & (self.end[found] < place)
            found = np.where(closed, found - 1, found)
        return np.where((found >= 0) & (self.end[found] >= place), found, -1)


def find_brackets(texts: Texts) -> Brackets:
    """Return the pairs of all texts; an opening without its closing is none."""
    marks = texts.marks
    places = np.flatnonzero((marks == OPEN) | (marks == CLOSE))
    if places.size < 2:
        none = np.zeros(0, dtype=np.int64)
        return Brackets(none, none)
    opens = marks[places] == OPEN
    text = np.searchsorted(texts.offsets, places, "right")
    depth = np.cumsum(np.where(opens, 1, -1))
    level = np.where(opens, depth, depth + 1)
    order = np.lexsort((places, level, text))
    here, after = order[:-1], order[1:]
    pair = opens[here] & ~opens[after] & (level[here] == level[after]) & (text[here] == text[after])
    start, end = places[here[pair]], places[after[pair]]
    by_start = np.argsort(start, kind="stable")
    return Brackets(start[by_start], end[by_start])


@cache
def cue_words(grammar: ScopeGrammar) -> Words:
    """Return the words that take out what follows or precedes them, each once."""
    rules = grammar.exclusions
    return tuple(dict.fromkeys([*rules.leading, *rules.trailing]))


def excluded(
    texts: Texts, brackets: Brackets, cues: Found, grammar: ScopeGrammar, place: Ints
) -> Flags:
    """Return which places an exclusion takes out (不含…、…除外、国家禁止…).

    A cue in a short bracket takes the bracket; in a long one what follows (不含) up to its end;
    in the open what follows up to the next comma, or what precedes back to the last (除外).
    """
    rules, words = grammar.exclusions, cue_words(grammar)
    cue, word = cues
    leads = np.array([w in rules.leading for w in words], dtype=bool)[word]
    after_cue = cue + np.array([len(w) for w in words], dtype=np.int64)[word]
    marks = texts.marks
    ends = np.flatnonzero((marks == STOP) | (marks == COMMA) | (marks == OPEN) | (marks == CLOSE))
    at = np.searchsorted(ends, cue, "left")
    before = np.where(at > 0, ends[np.maximum(at - 1, 0)], 0)
    after = ends[np.minimum(np.searchsorted(ends, after_cue, "left"), ends.size - 1)]
    start, end = np.where(leads, cue, before), np.where(leads, after, cue)
    if brackets.start.size:
        inner = brackets.around(cue)
        b_start, b_end = brackets.start[inner], brackets.end[inner]
        remark = (inner >= 0) & (b_end - b_start <= REMARK)
        tight = (inner >= 0) & (b_end - b_start <= SHORT_BRACKET)
        start = np.where(tight, b_start, start)
        end = np.where(tight | (remark & leads), b_end, end)
    opened = _at(texts, brackets, rules.opening, head=True)
    opened |= _at(texts, brackets, rules.goods, head=False)
    start = np.concatenate([start, brackets.start[opened]])
    end = np.concatenate([end, brackets.end[opened]])
    order = np.argsort(start, kind="stable")
    return within(place, start[order], end[order])


def _at(texts: Texts, brackets: Brackets, words: tuple[str, ...], *, head: bool) -> Flags:
    """Return which brackets are a remark with one of the words at its head, or just before it."""
    hit = np.zeros(brackets.start.size, dtype=bool)
    for word in words:
        same = brackets.end - brackets.start <= REMARK
        first = brackets.start + 1 if head else brackets.start - len(word)
        for at, character in enumerate(word):
            place = np.clip(first + at, 0, texts.codes.size - 1)
            same &= texts.codes[place] == ord(character)
        hit |= same
    return hit
