"""Character fragments (字符片段) of short texts as numbers: TF-IDF rows over a fixed vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import log
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LONGEST = 3
"""Characters of the longest fragment; 1–3 scored best in methods 5."""


def fragments(text: str) -> list[str]:
    """Return every run of one to three characters of a text, in lower case, as it stands there."""
    lower = text.lower()
    return [
        lower[at : at + length]
        for length in range(1, LONGEST + 1)
        for at in range(len(lower) - length + 1)
    ]


def vocabulary(texts: Sequence[str], least: int) -> dict[str, float]:
    """Return each fragment that stands in `least` texts and more, with its rarity, by fragment.

    Rarity is ln((1 + texts) / (1 + texts with it)) + 1. Fragments with blanks or | are left out.
    """
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(fragments(text)))
    kept = sorted(f for f, n in seen.items() if n >= least and "|" not in f and f.split() == [f])
    return {f: round(log((1 + len(texts)) / (1 + seen[f])) + 1, 4) for f in kept}


class Known(NamedTuple):
    """Known fragments as numbers (`_codes`), ascending, and the column of each."""

    codes: Ints
    columns: Ints


def known_fragments(names: Sequence[str]) -> Known:
    """Return the fragments, each of one to three characters, with their places in `names`."""
    characters, begins = _characters(names)
    whole = np.diff(begins)
    codes = np.zeros(len(names), dtype=np.int64)
    for length in range(1, LONGEST + 1):
        own = np.flatnonzero(whole == length)
        codes[own] = _codes(characters, begins[own], length)
    order = np.argsort(codes)
    return Known(codes[order], order)


def rows(texts: Sequence[str], known: Known, rarity: Floats) -> Any:
    """Return texts × fragments (scipy CSR): (1 + ln count) × rarity, every row of length 1.

    A text without a known fragment is a row of zeros.
    """
    from scipy import sparse

    row, column = _found([text.lower() for text in texts], known)
    cells, counts = np.unique(row * max(len(rarity), 1) + column, return_counts=True)
    row, column = np.divmod(cells, max(len(rarity), 1))
    values = (1 + np.log(counts)) * rarity[column]
    length = np.sqrt(np.bincount(row, weights=values * values, minlength=len(texts)))
    begins = np.searchsorted(row, np.arange(len(texts) + 1))
    shape = (len(texts), len(rarity))
    return sparse.csr_matrix((values / length[row], column, begins), shape=shape)


def _found(texts: Sequence[str], known: Known) -> tuple[Ints, Ints]:
    """Return the text and the column of every known fragment that stands in the texts."""
    characters, begins = _characters(texts)
    text = np.repeat(np.arange(len(texts)), np.diff(begins))
    room = begins[text + 1] - np.arange(text.size)
    rows, columns = [], []
    for length in range(1, LONGEST + 1) if known.codes.size else ():
        start = np.flatnonzero(room >= length)
        codes = _codes(characters, start, length)
        place = np.minimum(np.searchsorted(known.codes, codes), known.codes.size - 1)
        hit = known.codes[place] == codes
        rows.append(text[start[hit]])
        columns.append(known.columns[place[hit]])
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *rows]), np.concatenate([none, *columns])


def _characters(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the characters of all texts, counted from 1, and where each text begins and ends."""
    characters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    begins = np.fromiter(accumulate(map(len, texts), initial=0), np.int64, len(texts) + 1)
    return characters.astype(np.int64) + 1, begins


def _codes(characters: Ints, start: Ints, length: int) -> Ints:
    """Return a number for the `length` characters from each start: 21 bits hold any character."""
    return sum(
        (characters[start + at] << 21 * at for at in range(length)),
        start=np.zeros(start.size, dtype=np.int64),
    )
