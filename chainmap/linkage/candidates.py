"""Candidates (召回): which words of the lexicon stand in which scope, found exactly.

Always `overlapping=True`: the default of `extract_many` skips a word that begins inside another
and loses a quarter of the true hits (methods 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainmap.linkage.lexicon import Lexicon
from chainmap.linkage.texts import Found, Ints, Texts, outermost, overlapped


def candidate_edges(scopes: pl.Series, patterns: pl.Series) -> pl.DataFrame:
    """Return `row, pattern`: every pattern that stands in every text, once.

    Args:
        scopes: Texts; null holds nothing.
        patterns: Unique strings; `pattern` in the answer is the place in this list.
    """
    return (
        pl.DataFrame({"scope": scopes})
        .with_row_index("row")
        .select(
            "row",
            pattern=pl.col("scope")
            .str.extract_many(patterns.to_list(), overlapping=True)
            .list.unique(),
        )
        .explode("pattern", empty_as_null=False, keep_nulls=False)
        .with_columns(pl.col("pattern").cast(pl.Enum(patterns)).to_physical().cast(pl.UInt32))
    )


def candidate_rows(scopes: pl.Series, lexicon: Lexicon) -> Ints:
    """Return the rows, ascending, whose text holds a word that names a chain."""
    holds = scopes.str.contains_any(lexicon.heads.to_list()).fill_null(False)
    return holds.arg_true().to_numpy().astype(np.int64)


@dataclass(frozen=True)
class Hits:
    """True words: parallel arrays by start; `start` and `end` are characters of the texts."""

    text: Ints
    start: Ints
    end: Ints
    word: Ints


def true_hits(texts: Texts, found: Found, lexicon: Lexicon) -> Hits:
    """Return the words that name a chain: longest only, none that a look-alike covers.

    Args:
        texts: What was read.
        found: Where the lexicon's patterns stand.
        lexicon: What they mean.
    """
    start, pattern = found
    lengths = lexicon.patterns.str.len_chars().to_numpy().astype(np.int64)
    end = start + lengths[pattern]
    longest = outermost(start, end)
    start, end, pattern = (a[longest] for a in (start, end, pattern))
    trap = lexicon.is_trap.to_numpy()[pattern]
    keep = ~trap & ~overlapped(start, end, start[trap], end[trap])
    words = lexicon.words.to_numpy().astype(np.int64)
    text = texts.text_of(start[keep])
    return Hits(text, start[keep], end[keep], words[pattern[keep]])
