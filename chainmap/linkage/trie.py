"""Where words stand in a long row of characters, found by walking all places at once.

A few thousand words are looked for in few texts: building an automaton would take longer than
reading them. Every place at which a word may begin goes down the same tree, one character a step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint32]
_SLOT_BITS = 18
"""A quarter of a million slots for some 30,000 edges: nine steps in ten that lead nowhere meet
an empty one, and the table stays in the processor's cache."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ ÷ the golden ratio: neighbouring keys fall far apart (Knuth, vol. 3, 6.4)."""


@dataclass(frozen=True)
class Edges:
    """Steps of a tree: node × letters + letter, and the `child` each leads to.

    `keys` by slot, 0 where there is none; those whose slot was taken are in `spilt`, ascending.
    """

    keys: Ints
    child: Small
    spilt: Ints
    spilt_child: Small

    def follow(self, key: Ints) -> Small:
        """Return the node that each key leads to, 0 for none."""
        slot = _slot(key)
        met = self.keys[slot]
        to = np.zeros(key.size, dtype=np.int32)
        same = np.flatnonzero(met == key)
        to[same] = self.child[slot[same]]
        if self.spilt.size:
            other = np.flatnonzero((met != key) & (met != 0))
            at = np.minimum(np.searchsorted(self.spilt, key[other]), self.spilt.size - 1)
            true = self.spilt[at] == key[other]
            to[other[true]] = self.spilt_child[at[true]]
        return to


@dataclass(frozen=True)
class Trie:
    """The tree (前缀树) of some words.

    `letters` numbers every character of the words from 1, and all others 0, by code; the last
    stands for all codes beyond. `first` is the node that each letter leads to from the root, 0 for
    none. `words` is the word that ends at each node, -1 for none.
    """

    letters: Small
    first: Small
    edges: Edges
    words: Small

    def find(self, codes: Codes) -> tuple[Ints, Ints]:
        """Return start and word of every place a word stands, by start, the shorter word first."""
        letters = self.letters.take(codes, mode="clip")
        node = self.first[letters]
        start = np.flatnonzero(node)
        node, letters = node[start], np.append(letters, np.int32(0))
        starts, words, length = [start[:0]], [self.words[:0]], 1
        while start.size:
            word = self.words[node]
            ends = np.flatnonzero(word >= 0)
            starts.append(start[ends])
            words.append(word[ends])
            letter = letters.take(start + length, mode="clip")
            to = self.edges.follow(node * np.int64(self.first.size) + letter)
            on = np.flatnonzero(to)
            start, node, length = start[on], to[on], length + 1
        found = np.concatenate(starts)
        order = np.argsort(found, kind="stable")
        return found[order], np.concatenate(words)[order].astype(np.int64)


def build_trie(words: Sequence[str]) -> Trie:
    """Return the tree of the words, each once and none empty."""
    letter = {c: n for n, c in enumerate(sorted(set("".join(words))), start=1)}
    steps: dict[tuple[int, str], int] = {}
    ends: dict[int, int] = {}
    for number, word in enumerate(words):
        node = 0
        for character in word:
            node = steps.setdefault((node, character), len(steps) + 1)
        ends[node] = number
    letters = np.zeros(max(map(ord, letter), default=0) + 2, dtype=np.int32)
    letters[[ord(c) for c in letter]] = list(letter.values())
    first = np.zeros(len(letter) + 1, dtype=np.int32)
    keys = np.array([node * first.size + letter[c] for node, c in steps], dtype=np.int64)
    child = np.array(list(steps.values()), dtype=np.int32)
    root = keys < first.size
    first[keys[root]] = child[root]
    at_node = np.array([ends.get(node, -1) for node in range(len(steps) + 1)], dtype=np.int32)
    return Trie(letters, first, _edges(keys, child), at_node)


def _edges(keys: Ints, child: Small) -> Edges:
    order = np.argsort(keys)
    keys, child = keys[order], child[order]
    slots, placed = np.unique(_slot(keys), return_index=True)
    by_slot = np.zeros(1 << _SLOT_BITS, dtype=np.int64)
    to = np.zeros(1 << _SLOT_BITS, dtype=np.int32)
    by_slot[slots], to[slots] = keys[placed], child[placed]
    spilt = np.ones(keys.size, dtype=bool)
    spilt[placed] = False
    return Edges(by_slot, to, keys[spilt], child[spilt])


def _slot(keys: Ints) -> Ints:
    return ((keys.view(np.uint64) * _SPREAD) >> np.uint64(64 - _SLOT_BITS)).view(np.int64)
