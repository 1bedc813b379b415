"""The learned model for doubtful placements: what the characters around a word speak for.

Two answers about an item of a scope, both linear in its character fragments, so that every answer
can be told as the fragments that made it: the log-odds that the item is of a chain, and which of
the chain's segments it names, or none (`WHOLE`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from chainmap.concepts.identifiers import chain_of
from chainmap.linkage.fragments import Floats, Ints, Known, known_fragments, rows
from chainmap.released import Named, Release, read_release

VERSION = "1"
"""Folder under `models/placement/` that this release uses."""
NAMED = Named("placement", "归位模型", "chainmap train placement")
WHOLE = "-"
"""Stands for a chain as a whole: the item names none of its segments."""
TOLD = 3
"""Fragments that are told of one answer: the weightiest."""


class Linear(NamedTuple):
    """Answers and their weights: fragments × answers (scipy CSC) and one intercept an answer."""

    answers: tuple[str, ...]
    weights: Any
    intercepts: Floats


@dataclass(frozen=True)
class PlacementModel:
    """The fragments, the chain model, and one segment model a chain.

    Attributes:
        fragments: All of them, by column; `known` finds them.
        rarity: Rarity of each fragment.
        chains: Log-odds of each chain.
        segments: By chain; `WHOLE` is one of the answers.
        least_lead: Lead of the first answer over the second from which a segment is proposed.
        leads: Leads, rising, at which `rightness` was measured.
        rightness: Share of proposals with such a lead that were right, on words held out.
        neutral: Log-odds that items of a chain usually have: there the rules' confidence stays.
    """

    version: str
    fragments: pl.Series
    known: Known
    rarity: Floats
    chains: Linear
    segments: dict[str, Linear]
    least_lead: float
    leads: Floats
    rightness: Floats
    neutral: float


class Proposal(NamedTuple):
    """A segment for an item, the segment it was preferred to, and by how much."""

    segment_id: str
    before: str
    lead: float


@cache
def load_placement_model(version: str = VERSION) -> PlacementModel:
    """Return the released model, checked against its manifest; read once per process.

    Raises:
        ModelError: The file is not the one the manifest names.
        ResourceError: The model is missing.
    """
    return placement_model(read_release(NAMED, version))


def placement_model(release: Release) -> PlacementModel:
    """Return the model that the plain values of a release hold."""
    plain = release.plain
    rarity: dict[str, float] = plain["fragments"]
    places = {fragment: at for at, fragment in enumerate(rarity)}
    return PlacementModel(
        version=plain["version"],
        fragments=pl.Series(list(rarity), dtype=pl.String),
        known=known_fragments(list(rarity)),
        rarity=np.array(list(rarity.values())),
        chains=_linear(plain["chains"], places),
        segments={chain: _linear(of, places) for chain, of in plain["segments"].items()},
        least_lead=plain["least_lead"],
        leads=np.array(plain["leads"]),
        rightness=np.array(plain["rightness"]),
        neutral=plain["neutral"],
    )


def _linear(plain: dict[str, dict[str, Any]], places: dict[str, int]) -> Linear:
    """Return the weights of answers that are written as `片段 重量|片段 重量`."""
    from scipy import sparse

    at: list[int] = []
    values: list[float] = []
    ends = [0]
    for answer in plain.values():
        pairs = [pair.rsplit(" ", 1) for pair in answer["weights"].split("|") if pair]
        at += [places[fragment] for fragment, _ in pairs]
        values += [float(weight) for _, weight in pairs]
        ends.append(len(at))
    weights = sparse.csc_matrix((values, at, ends), shape=(len(places), len(plain)))
    weights.sort_indices()
    intercepts = np.array([answer["intercept"] for answer in plain.values()])
    return Linear(tuple(plain), weights, intercepts)


def read_items(model: PlacementModel, items: Sequence[str]) -> Any:
    """Return items × fragments (scipy CSR), what the model's answers are made of."""
    return rows(items, model.known, model.rarity)


def chain_opinions(
    model: PlacementModel, read: Any, chain_ids: Sequence[str]
) -> tuple[Floats, pl.Series]:
    """Return the log-odds that each item is of its chain, and the fragments that made it.

    A fragment that spoke for the chain ends in +, one against it in -; weightiest first.

    Args:
        model: The learned model.
        read: Items × fragments.
        chain_ids: One per item.
    """
    places = {chain_id: at for at, chain_id in enumerate(model.chains.answers)}
    asked = np.array([places[chain_id] for chain_id in chain_ids], dtype=np.int64)
    item = _item_of_entries(read)
    shares = read.data * model.chains.weights.toarray()[read.indices, asked[item]]
    summed = np.bincount(item, weights=shares, minlength=len(asked))
    return summed + model.chains.intercepts[asked], _told(model, read, shares, signed=True)


def propose_segments(model: PlacementModel, read: Any, chain_id: str) -> list[Proposal | None]:
    """Return the segment each item names best, None where that is none or the lead is too small."""
    linear = model.segments[chain_id]
    first, leads, second = best_two((read @ linear.weights).toarray() + linear.intercepts)
    whole = linear.answers.index(WHOLE) if WHOLE in linear.answers else -1
    found: list[Proposal | None] = [None] * len(first)
    for row in np.flatnonzero((first != whole) & (leads >= model.least_lead)).tolist():
        found[row] = Proposal(
            linear.answers[first[row]], linear.answers[second[row]], float(leads[row])
        )
    return found


def proposal_fragments(
    model: PlacementModel, items: Sequence[str], proposals: Sequence[Proposal]
) -> pl.Series:
    """Return the fragments of each item that put its proposed segment before the next."""
    read = read_items(model, items)
    shares = np.zeros(read.nnz)
    for (begin, end), pair in zip(pairwise(read.indptr.tolist()), proposals, strict=True):
        linear, at = model.segments[chain_of(pair.segment_id)], read.indices[begin:end]
        own, other = linear.answers.index(pair.segment_id), linear.answers.index(pair.before)
        apart = _weights_at(linear, own, at) - _weights_at(linear, other, at)
        shares[begin:end] = np.maximum(read.data[begin:end] * apart, 0)
    return _told(model, read, shares, signed=False)


def _weights_at(linear: Linear, answer: int, fragments: Ints) -> Floats:
    """Return an answer's weights of some fragments, without unpacking all of them."""
    begin, end = linear.weights.indptr[answer : answer + 2]
    known, values = linear.weights.indices[begin:end], linear.weights.data[begin:end]
    place = np.minimum(np.searchsorted(known, fragments), len(known) - 1)
    return np.where(known[place] == fragments, values[place], 0.0)


def _told(model: PlacementModel, read: Any, shares: Floats, *, signed: bool) -> pl.Series:
    """Return the weightiest fragments of each row of `read`, 、 between; entries of 0 say nothing.

    Args:
        model: Knows the fragments.
        read: Items × fragments.
        shares: What each entry of `read` adds to the answer.
        signed: Whether + or - follows each.
    """
    names, against = model.fragments, 0
    if signed:
        names, against = pl.concat([names + "+", names + "-"]), len(names)
    names = names.extend_constant(None, 1)
    told = np.full((TOLD, read.shape[0]), len(names) - 1)
    for said, (held, at) in zip(told, _weightiest(np.abs(shares), read.indptr), strict=False):
        said[held] = read.indices[at] + np.where(shares[at] < 0, against, 0)
    parts = pl.concat_str([names.gather(said) for said in told], separator="、", ignore_nulls=True)
    return pl.select(told=parts)["told"]


def _weightiest(weights: Floats, indptr: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield rows and the place of the weightiest entry of each, then of the next, up to `TOLD`.

    Of equals the first; entries of 0 and rows that have no more are left out.
    """
    rows = np.flatnonzero(np.diff(indptr))
    if not rows.size:
        return
    row = np.repeat(np.arange(rows.size), np.diff(indptr)[rows])
    left = weights.copy()
    for _ in range(TOLD):
        most = np.maximum.reduceat(left, indptr[rows])
        at = np.flatnonzero((left == most[row]) & (left > 0))
        at = at[np.flatnonzero(np.diff(row[at], prepend=-1))]
        left[at] = 0
        yield rows[row[at]], at


def _item_of_entries(read: Any) -> Ints:
    """Return the row of every entry of a CSR."""
    return np.repeat(np.arange(read.shape[0]), np.diff(read.indptr))


def best_two(scores: Floats) -> tuple[Ints, Floats, Ints]:
    """Return the best answer of each row, its lead over the second, and the second."""
    at = np.arange(len(scores))
    first = scores.argmax(axis=1)
    rest = scores.copy()
    rest[at, first] = -np.inf
    second = rest.argmax(axis=1)
    return first, scores[at, first] - scores[at, second], second


def rightness(model: PlacementModel, leads: Floats) -> Floats:
    """Return the share of proposals with such leads that were right, on words held out."""
    return np.asarray(np.interp(leads, model.leads, model.rightness))
