"""Many texts as one array of characters, so that a rule is one pass over all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

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

    `marks` says what each character does; the parting line breaks end a sentence. `leads` are
    the bytes each character begins with in UTF-8, `byte_offsets` where each text does.
    """

    series: pl.Series
    codes: Codes
    offsets: Ints
    marks: Marks
    leads: Ints
    byte_offsets: Ints


def join_texts(texts: pl.Series) -> Texts:
    """Return the texts as one array; null counts as empty."""
    filled = texts.fill_null("")
    whole = "\n".join([*filled.to_list(), ""])
    codes = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)
    raw = np.frombuffer(whole.encode(), dtype=np.uint8)
    return Texts(
        filled,
        codes,
        _offsets(filled.str.len_chars()),
        _TABLE[np.minimum(codes, 0xFFFF)],
        np.flatnonzero((raw & 0xC0) != 0x80),
        _offsets(filled.str.len_bytes()),
    )


def _offsets(lengths: pl.Series) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths.to_numpy().astype(np.int64) + 1)])


def find_words(texts: Texts, words: list[str]) -> tuple[Ints, Ints, Ints]:
    """Return `(text, start, word)` of every place a word stands, by start.

    `start` counts characters from the beginning of the first text.
    """
    both = pl.DataFrame({"text": texts.series}).select(
        word=pl.col("text").str.extract_many(words, overlapping=True),
        start=pl.col("text").str.find_many(words, overlapping=True),
    )
    counts = both["word"].list.len().to_numpy().astype(np.int64)
    flat = both["word"].explode(empty_as_null=False, keep_nulls=False)
    numbers = flat.cast(pl.Enum(words)).to_physical().to_numpy().astype(np.int64)
    local = both["start"].explode(empty_as_null=False, keep_nulls=False)
    text = np.repeat(np.arange(counts.size), counts)
    places = texts.byte_offsets[text] + local.to_numpy().astype(np.int64)
    order = np.argsort(places, kind="stable")
    start = np.searchsorted(texts.leads, places[order])
    return text[order], start, numbers[order]


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
        end: One per start, exclusive.
    """
    if not start.size:
        return np.zeros(0, dtype=bool)
    order = np.lexsort((-end, start))
    reach = np.maximum.accumulate(end[order])
    inside = np.zeros(start.size, dtype=bool)
    inside[order[1:]] = reach[:-1] >= end[order[1:]]
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
