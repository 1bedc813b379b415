"""The verbs of a scope: which lead what follows, which trail what precedes (行文规则).

Counted over `Texts`, many scopes at once. Short brackets are set aside first, so that
芯片（专用）的生产 reads as 芯片的生产; what stands in them takes the verb of the words around.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from chainmap.concepts.kinds import Role
from chainmap.concepts.scope import ScopeGrammar
from chainmap.linkage.brackets import SHORT_BRACKET, Brackets
from chainmap.linkage.lexicon import AFTERCARE, NO_ROLE, ROLES, VOID
from chainmap.linkage.texts import (
    CLOSE,
    COLON,
    COMMA,
    CONTENT,
    LINK,
    LIST,
    OPEN,
    OPENINGS,
    STOP,
    Codes,
    Flags,
    Found,
    Ints,
    Marks,
    Texts,
    Words,
    count_between,
    outermost,
    spread,
)

_HEADINGS = tuple(map(ord, "目围无"))
_OF = ord("的")
_OPENING = tuple(map(ord, OPENINGS))
_FILLER, _NOUN = 7, 8
_APART = -1


@dataclass(frozen=True)
class Outline:
    """The texts without their remarks.

    `aside` are the characters of the texts that were set aside, as `kept` says of each; the rest
    keep their order.
    `gaps` are the places here before which a remark was. `stops`, `commas` and `lists` are
    places here where such a mark stands.
    """

    codes: Codes
    marks: Marks
    aside: Ints
    kept: Flags
    gaps: Ints
    stops: Ints
    commas: Ints
    lists: Ints

    def place(self, character: Ints) -> Ints:
        """Return the places here of characters of the texts; the gap of one set aside."""
        return np.asarray(character - np.searchsorted(self.aside, character))

    def is_aside(self, character: Ints) -> Flags:
        """Return which characters of the texts were set aside."""
        return ~self.kept[character]

    def sentence(self, place: Ints) -> Ints:
        """Return the number of the sentence at each place."""
        return np.searchsorted(self.stops, place)


def outline(texts: Texts, brackets: Brackets) -> Outline:
    """Return the outline: headings and long brackets end sentences, short brackets are gone."""
    marks = texts.marks.copy()
    long = brackets.end - brackets.start > SHORT_BRACKET
    marks[marks == CLOSE] = LIST
    marks[marks == OPEN] = STOP
    marks[brackets.end[long]] = STOP
    colon = np.flatnonzero(marks == COLON)
    heads = colon[(colon > 0) & np.isin(texts.codes[np.maximum(colon - 1, 0)], _HEADINGS)]
    marks[heads] = STOP
    kept = np.ones(marks.size, dtype=bool)
    kept[spread(brackets.start[~long], brackets.end[~long])] = False
    codes, marks, aside = texts.codes[kept], marks[kept], np.flatnonzero(~kept)
    ends = brackets.end[~long]
    return Outline(
        codes, marks, aside, kept,
        gaps=np.unique(ends - np.searchsorted(aside, ends)),
        stops=np.flatnonzero(marks == STOP),
        commas=np.flatnonzero(marks == COMMA),
        lists=np.flatnonzero(marks == LIST),
    )  # fmt: skip


@dataclass(frozen=True)
class Verbs:
    """Groups of verbs (研发、生产、销售) in order; places are the outline's.

    `role` is the strongest of the group; `leads` says it governs what follows, else what
    precedes; `colon` that a colon opens its list; `of` that 的 stands before it; `listed` that
    a list mark or 及 does; `bare` that neither writing nor an open bracket is beside it.
    """

    start: Ints
    end: Ints
    role: Ints
    leads: Flags
    colon: Flags
    of: Flags
    listed: Flags
    bare: Flags

    def only(self, which: Flags) -> Verbs:
        """Return the groups chosen."""
        return Verbs(
            self.start[which], self.end[which], self.role[which],
            self.leads[which], self.colon[which], self.of[which], self.listed[which],
            self.bare[which],
        )  # fmt: skip


def verb_words(grammar: ScopeGrammar) -> Words:
    """Return the words that `find_verbs` reads: verbs, fillers and nouns that hold a verb."""
    return _words_of(grammar)[0]


@cache
def _words_of(grammar: ScopeGrammar) -> tuple[Words, Ints, Ints, Flags]:
    """Return the grammar's words, their kind, their length and whether they are a trade.

    Nouns that hold no verb are left out. A trade (进出口业务、转口贸易) is a noun by itself and a
    verb after 的.
    """
    kinds = dict.fromkeys(grammar.nouns.words, _NOUN)
    kinds |= dict.fromkeys(grammar.fillers, _FILLER)
    kinds |= dict.fromkeys(grammar.void, VOID) | dict.fromkeys(grammar.aftercare, AFTERCARE)
    kinds |= {word: number for number, r in enumerate(ROLES) for word in grammar.verbs.of(r)}
    verbs = [word for word, kind in kinds.items() if kind != _NOUN]
    words = [w for w, kind in kinds.items() if kind != _NOUN or any(v in w for v in verbs)]
    kind = np.array([kinds[word] for word in words], dtype=np.int64)
    trade = tuple(grammar.verbs.of(Role.TRADE))
    ends = tuple(verb + tail for verb in trade for tail in ("", *grammar.fillers))
    deals = np.array([kinds[w] == _NOUN and w.endswith(ends) for w in words], dtype=bool)
    return tuple(words), kind, np.array([len(word) for word in words], dtype=np.int64), deals


def find_verbs(
    texts: Texts, sketch: Outline, found: Found, items: tuple[Ints, Ints], grammar: ScopeGrammar
) -> Verbs:
    """Return the verb groups of the texts.

    Args:
        texts: What to read.
        sketch: Its outline.
        found: Where the words of `verb_words` stand.
        items: Start and end of the words that name a chain, by start: a verb inside one, not at
            its end (服务机器人), is part of the name; a noun that begins inside one and ends
            with or after it (自动化工程 and 工程设计) is none.
        grammar: The verbs, fillers and nouns.
    """
    _, kinds, lengths, deals = _words_of(grammar)
    start, word = found
    if items[0].size:
        at = np.searchsorted(items[0], start, "left") - 1
        reach = np.where(at < 0, 0, items[1][np.maximum(at, 0)])
        cut = (kinds[word] == _NOUN) & (start < reach) & (start + lengths[word] >= reach)
        start, word = start[~cut], word[~cut]
    end, kind = start + lengths[word], kinds[word]
    dealt = deals[word] & (texts.codes[np.maximum(start - 1, 0)] == _OF)
    kind = np.where(dealt, ROLES.index(Role.TRADE), kind)
    keep = outermost(start, end)
    keep &= (kind != _NOUN) & ~sketch.is_aside(start)
    if items[0].size:
        at = np.searchsorted(items[0], start, "right") - 1
        keep &= (at < 0) | (items[1][np.maximum(at, 0)] <= end)
    begin = sketch.place(start[keep])
    return _grouped(sketch, begin, begin + (end - start)[keep], kind[keep])


def _grouped(sketch: Outline, start: Ints, end: Ints, kind: Ints) -> Verbs:
    none = np.zeros(0, dtype=np.int64)
    if not start.size:
        no = none > 0
        return Verbs(none, none, none, no, no, no, no, no)
    writing = sketch.marks == CONTENT
    joints = _joints(sketch, end[:-1], start[1:])
    apart = joints == _APART
    group = np.concatenate([[0], np.cumsum(apart)])
    first, last = _edges(group)
    amid = _left(writing, start[first]) & _right(writing, end[last])
    group = np.concatenate([[0], np.cumsum(apart | _parting(joints, group, amid))])
    first, last = _edges(group)
    role = np.full(first.size, NO_ROLE, dtype=np.int64)
    np.minimum.at(role, group, np.where(kind <= AFTERCARE, kind, NO_ROLE))
    role[role == AFTERCARE] = ROLES.index(Role.SERVE)
    begin, stop = start[first], end[last]
    left, right = _left(writing, begin), _right(writing, stop)
    colon = sketch.marks[np.minimum(stop, sketch.marks.size - 1)] == COLON
    of = sketch.codes[np.maximum(begin - 1, 0)] == _OF
    leads = colon | (~left & right)
    alone = np.flatnonzero(~leads & ~left)
    leads[alone] = ~_after_writing(sketch, writing, begin[alone])
    leads[alone] &= ~np.isin(begin[alone], sketch.gaps)
    governs = (role != NO_ROLE) & (leads | ~right | of)
    before = sketch.marks[np.maximum(begin - 1, 0)]
    listed = (before == LIST) | (before == LINK)
    opening = np.isin(sketch.codes[np.minimum(stop, sketch.codes.size - 1)], _OPENING)
    bare = ~left & ~right & ~opening
    return Verbs(begin, stop, role, leads, colon, of, listed, bare).only(governs)


def _joints(sketch: Outline, begin: Ints, end: Ints) -> Ints:
    """Return what joins two verbs over each gap: 3 a comma, 2 及, 1 a list mark, 0 nothing there.

    `_APART` where anything else stands between them.
    """
    idle = (sketch.marks == LIST) | (sketch.marks == COMMA) | (sketch.marks == LINK)
    joints = np.where(end > begin, _APART, 0)
    near = np.flatnonzero((end > begin) & idle[begin])
    begin, end = begin[near], end[near]
    whole = count_between(np.flatnonzero(idle), begin, end) == end - begin
    near, begin, end = near[whole], begin[whole], end[whole]
    joints[near] = 0
    links = np.flatnonzero(sketch.marks == LINK)
    for joint, places in enumerate((sketch.lists, links, sketch.commas), start=1):
        joints[near[count_between(places, begin, end) > 0]] = joint
    return joints


def _parting(joints: Ints, group: Ints, amid: Flags) -> Flags:
    """Return where groups with writing on both sides part (A的研发，销售B): the last best joint.

    Args:
        joints: Of `_joints`.
        group: Group of each verb.
        amid: Whether a group has writing on both sides.
    """
    inside = (group[1:] == group[:-1]) & amid[group[1:]]
    best = np.zeros(group[-1] + 1, dtype=np.int64)
    np.maximum.at(best, group[1:][inside], joints[inside])
    chosen = inside & (joints > 0) & (joints == best[group[1:]])
    last = np.zeros(best.size, dtype=np.int64)
    places = np.flatnonzero(chosen)
    last[group[1:][places]] = places
    return np.asarray(chosen & (last[group[1:]] == np.arange(joints.size)), dtype=bool)


def _edges(group: Ints) -> tuple[Ints, Ints]:
    first = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    return first, np.concatenate([first[1:] - 1, [group.size - 1]])


def _left(writing: Flags, start: Ints) -> Flags:
    return np.asarray((start > 0) & writing[np.maximum(start - 1, 0)], dtype=bool)


def _right(writing: Flags, end: Ints) -> Flags:
    inside = end < writing.size
    return np.asarray(inside & writing[np.minimum(end, writing.size - 1)], dtype=bool)


def _after_writing(sketch: Outline, writing: Flags, start: Ints) -> Flags:
    """Return whether writing stands before each place in its sentence."""
    at = np.searchsorted(sketch.stops, start)
    head = np.where(at > 0, sketch.stops[np.maximum(at - 1, 0)] + 1, 0)
    quiet = np.flatnonzero(~writing)
    return np.asarray(count_between(quiet, head, start) < start - head, dtype=bool)
