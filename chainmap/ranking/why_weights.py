"""The smallest change of one family's weight that brings a company onto a list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.known import Floats, Ints
from chainmap.ranking.scoring import family_weights, score_candidates
from chainmap.ranking.target_options import LARGEST_WEIGHT
from chainmap.ranking.why_standing import Standing, place_of

STEP = 0.05
"""Weights are tried in steps a reader would set."""


def smallest_weight(standing: Standing, company_id: str) -> tuple[Family, float, int] | None:
    """Return the family, its weight and the rank it gives; the weight moves least of all.

    Weights are tried nearest to the one in use first, one family at a time, 0 to 3 in steps of
    0.05; the first that brings the company in is verified by scoring again.

    Returns:
        None where no single weight is enough.
    """
    options = standing.options
    ones = replace(options, weights=dict.fromkeys(FAMILIES, 1.0))
    plain = score_candidates(standing.candidates, ones, standing.scorer)
    order = _Order(plain.sort("company_id", "segment_id"), company_id)
    now = family_weights(options)
    steps = np.round(np.arange(0.0, LARGEST_WEIGHT + STEP / 2, STEP), 2)
    tries = sorted(
        (round(abs(value - now[at]), 6), at, float(value))
        for at in range(len(FAMILIES))
        for value in steps
        if abs(value - now[at]) > STEP / 2
    )
    for _, at, value in tries:
        weights = now.copy()
        weights[at] = value
        rank = order.rank(weights, options.per_segment)
        if rank is None or (options.top and rank > options.top):
            continue
        changed = replace(options, weights=dict(zip(FAMILIES, weights.tolist(), strict=True)))
        again = score_candidates(standing.candidates, changed, standing.scorer)
        place = place_of(again, changed, company_id)
        if place is not None and place.on_list(changed) and place.listed is not None:
            return Family(FAMILIES[at]), value, place.listed
    return None


class _Order:
    """Candidates as arrays: a company's place under many weights, without sorting.

    Args:
        rows: Scored with every weight 1, by company and segment.
        company_id: Whose place.
    """

    def __init__(self, rows: pl.DataFrame, company_id: str) -> None:
        self._terms: Floats = np.array(rows["terms"].to_list())
        self._segment: Ints = rows["segment_id"].rank("dense").to_numpy().astype(np.int64)
        company = rows["company_id"].rle_id().to_numpy().astype(np.int64)
        self._company, self._starts = company, np.flatnonzero(np.diff(company, prepend=-1))
        mine = int(np.flatnonzero((rows["company_id"] == company_id).to_numpy())[0])
        self._mine = int(company[mine])

    def rank(self, weights: Floats, per_segment: int) -> int | None:
        """Return the company's place on the list; None where the limit takes it out."""
        utility = np.round(self._terms @ weights, 9)
        best = np.maximum.reduceat(utility, self._starts)
        at = np.flatnonzero(utility == best[self._company])
        at = at[np.flatnonzero(np.diff(self._company[at], prepend=-1))]
        segment, mine = self._segment[at], self._mine
        above = best > best[mine]
        above[:mine] |= best[:mine] == best[mine]
        if not per_segment:
            return int(above.sum()) + 1
        counts = np.bincount(segment[above], minlength=int(self._segment.max()) + 1)
        if counts[segment[mine]] >= per_segment:
            return None
        return int(np.minimum(counts, per_segment).sum()) + 1
