"""Many texts as one array of characters, so that a rule is one pass over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from chainmap.linkage.trie import Trie, build_trie

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]
Marks = npt.NDArray[np.uint8]

CONTENT, LIST, COMMA, STOP, OPEN, CLOSE, COLON, LINK = range(8)
"""What a character does: writing, 、-like, comma, end of a sentence, brackets, colon, 及-like."""
OPENINGS = "（([{【〔［｛〈<"
_MARKS = {
    LIST: "、 \t　·/／.．|",
    COMMA: "，,﹐",
    STOP: "；;。\n\r!！*＊※#﹔",
    OPEN: OPENINGS,
    CLOSE: "）)]}】〕］｝〉>",
    COLON: "：:",
    LINK: "及和与或兼暨",
}


def _mark_table() -> Marks:
    table = np.zeros(0x10000, dtype=np.uint8)
    for mark, characters in _MARKS.items():
        for character in characters:
            table[ord(character)] = mark
    return table


_TABLE = _mark_table()


def boundaries() -> str:
    """Return the characters that end an item, escaped for a class of a regular expression."""
    characters = "".join(characters for mark, characters in _MARKS.items() if mark != LINK)
    return "".join("\\" + c if c in "[]" else c for c in characters)


@dataclass(frozen=True)
class Texts:
    """Texts written one after another.

    `codes` holds every character; text i runs from `offsets[i]` to `offsets[i + 1]`, its last
    character being the line break that parts it from the next.

    `marks` says what each character does; the parting line breaks end a sentence.
    """

    series: pl.Series
    codes: Codes
    offsets: Ints
    marks: Marks

    def text_of(self, character: Ints) -> Ints:
        """Return the text that each character belongs to."""
        return np.searchsorted(self.offsets, character, "right") - 1


def join_texts(texts: pl.Series) -> Texts:
    """Return the texts as one array; null counts as empty."""
    filled = texts.fill_null("")
    whole = "".join((filled + "\n").to_list())
    codes = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)
    lengths = filled.str.len_chars().to_numpy().astype(np.int64) + 1
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return Texts(filled, codes, offsets, _TABLE.take(codes, mode="clip"))


Words = tuple[str, ...]
"""Words to look for, each once; none holds a line break."""


class Found(NamedTuple):
    """Every place a word of one list stands: parallel arrays by start.

    `start` counts characters from the beginning of the first text; `word` is a place in the list.
    Of words that begin together the shorter comes first.
    """

    start: Ints
    word: Ints


def find_words(texts: Texts, *lists: Words) -> list[Found]:
    """Return where the words of each list stand; one reading of the texts finds them all."""
    trie, members = _joined(lists)
    start, number = trie.find(texts.codes)
    found = []
    for member in members:
        word = member[number]
        own = np.flatnonzero(word >= 0)
        found.append(Found(start[own], word[own]))
    return found


@lru_cache(maxsize=8)
def _joined(lists: tuple[Words, ...]) -> tuple[Trie, list[Ints]]:
    """Return the tree of all words, and for each list the place there of each of them, else -1."""
    words = dict.fromkeys(chain.from_iterable(lists))
    members = []
    for own in lists:
        places = {word: place for place, word in enumerate(own)}
        members.append(np.array([places.get(word, -1) for word in words], dtype=np.int64))
    return build_trie(list(words)), members


def count_between(places: Ints, start: Ints, end: Ints) -> Ints:
    """Return how many of the ascending places lie in [start, end); 0 where that is empty."""
    counted = np.searchsorted(places, end) - np.searchsorted(places, start)
    return np.asarray(np.maximum(counted, 0))


def within(place: Ints, start: Ints, end: Ints) -> Flags:
    """Return which places lie in any span, both ends in.

    Args:
        place: Any order.
        start: Ascending.
        end: Inclusive, one per start.
    """
    if not start.size:
        return np.zeros(place.size, dtype=bool)
    reach = np.maximum.accumulate(end)
    before = np.searchsorted(start, place, "right") - 1
    return np.asarray((before >= 0) & (reach[before] >= place), dtype=bool)


def spread(start: Ints, end: Ints) -> Ints:
    """Return every place of the spans, both ends in; spans may repeat each other."""
    lengths = end - start + 1
    total = int(lengths.sum())
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.asarray(np.repeat(start, lengths) + np.arange(total) - first)


def outermost(start: Ints, end: Ints) -> Flags:
    """Return which spans lie inside no longer one (嵌套词只算最长的).

    Args:
        start: Ascending.
        end: One per start, exclusive; ascending where the start is the same, none twice.
    """
    inside = np.zeros(start.size, dtype=bool)
    inside[1:] = np.maximum.accumulate(end)[:-1] >= end[1:]
    inside[:-1] |= start[:-1] == start[1:]
    return ~inside


def overlapped(start: Ints, end: Ints, cover_start: Ints, cover_end: Ints) -> Flags:
    """Return which spans a cover crosses or holds; a span that holds its covers is free.

    Args:
        start: Any order.
        end: Exclusive.
        cover_start: Ascending.
        cover_end: Exclusive.
    """
    if not cover_start.size:
        return np.zeros(start.size, dtype=bool)
    reach = np.maximum.accumulate(cover_end)
    before = np.searchsorted(cover_start, start, "left") - 1
    left = (before >= 0) & (reach[before] > start)
    until = np.searchsorted(cover_start, end, "left") - 1
    right = (until >= 0) & (reach[until] > end)
    return np.asarray(left | right, dtype=bool)
