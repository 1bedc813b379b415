"""Character fragments (字符片段) of short texts as numbers: TF-IDF rows over a fixed vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import Any

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


def rows(texts: Sequence[str], places: Mapping[str, int], rarity: Floats) -> Any:
    """Return texts × fragments (scipy CSR): (1 + ln count) × rarity, every row of length 1.

    A text without a known fragment is a row of zeros.
    """
    from scipy import sparse

    flat: list[int] = []
    ends = [0]
    for text in texts:
        flat += [at for f in fragments(text) if (at := places.get(f)) is not None]
        ends.append(len(flat))
    row = np.repeat(np.arange(len(texts)), np.diff(ends))
    cells, counts = np.unique(row * len(places) + np.array(flat, np.int64), return_counts=True)
    row, column = np.divmod(cells, max(len(places), 1))
    values = (1 + np.log(counts)) * rarity[column]
    length = np.sqrt(np.bincount(row, weights=values * values, minlength=len(texts)))
    begins = np.searchsorted(row, np.arange(len(texts) + 1))
    shape = (len(texts), len(places))
    return sparse.csr_matrix((values / length[row], column, begins), shape=shape)
