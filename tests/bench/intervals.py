"""`make bench`: how near rank intervals of few draws come to those of very many.

Lists of 20 for four cities and five chains each, or all chains, and the ends of their intervals by
6,000 independent draws. Beside the product's draws stand as many, and 200, independent ones, ended
in the two ways: the nearest draw, and the quantile of Harrell and Davis. An error is the mean of
|ln(end ÷ end by 6,000)|: 0.1 is a tenth of the rank.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking.doubts import Doubts
from chainmap.ranking.intervals import ENDS, LEAST_ROWS, Orders, drawn_steps, quantile_weights
from chainmap.ranking.listing import best_segments, within_segment_limit
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import family_weights, score_candidates
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.places import find_city
from tests.oracles.draws import independent_steps, segments

CITIES = ("绍兴", "宁波", "嘉兴", "合肥")
CHAINS = ("integrated-circuits", "robotics", "new-materials", "biomedicine", None)
MANY = 6000
REPEATS = 5
OPTIONS = TargetOptions()

Ends = NDArray[np.float64]
"""Two × rows."""


def lists() -> Iterator[tuple[pl.DataFrame, Scorer, NDArray[np.int64]]]:
    """Yield the rows a list is drawn from, their scorer, and the places of the list's own."""
    world = load_world()
    for name in CITIES:
        city = find_city(world.cities, name)
        for chain in CHAINS:
            wanted = None if chain is None else world.library.chains[chain]
            gaps = find_gaps(world, city, GapOptions(as_of=world.edition), wanted)
            standing = standing_of(world, city, gaps, OPTIONS)
            scored = score_candidates(standing.candidates, OPTIONS, standing.scorer)
            rows = best_segments(scored).head(LEAST_ROWS)
            listed = within_segment_limit(rows.with_row_index("at"), OPTIONS).head(OPTIONS.top)
            yield rows, standing.scorer, listed["at"].to_numpy().astype(np.int64)


def ranks_of(
    segment: NDArray[np.int64], at: NDArray[np.int64], drawn: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return draws × `at` of ranks."""
    return np.asarray(Orders(drawn, segment).ranks(at, OPTIONS.per_segment)).T


def nearest(ranks: NDArray[np.int64]) -> Ends:
    """Return the ends as the nearest draw has them."""
    return np.asarray(np.quantile(ranks, ENDS, axis=0, method="nearest"), np.float64)


def averaged(ranks: NDArray[np.int64]) -> Ends:
    """Return the ends as `Orders.ends` has them."""
    return np.asarray(np.rint(np.sort(ranks.T, axis=1) @ quantile_weights(len(ranks))).T)


def report(say: Callable[[str], object]) -> None:
    """Print the errors of each way."""
    errors: dict[str, list[tuple[float, float]]] = defaultdict(list)
    dice = np.random.default_rng(20261121)
    for rows, scorer, at in lists():
        ranks = partial(ranks_of, segments(rows), at)
        truth = nearest(ranks(independent_steps(rows, scorer, MANY, dice)))
        doubts, each = Doubts(rows, scorer, OPTIONS.draws), np.arange(rows.height)
        moved = doubts.weighed(each, doubts.own(each), family_weights(OPTIONS))
        ours = ranks(drawn_steps(rows["utility"].to_numpy(), moved))
        found = [(f"{OPTIONS.draws} tied, averaged (the product's)", averaged(ours))]
        for draws in (OPTIONS.draws, 200) * REPEATS:
            drawn = ranks(independent_steps(rows, scorer, draws, dice))
            found.append((f"{draws} independent, nearest", nearest(drawn)))
            found.append((f"{draws} independent, averaged", averaged(drawn)))
        for name, ends in found:
            low, high = np.abs(np.log(ends / truth)).mean(axis=1)
            errors[name].append((float(low), float(high)))
    say(f"rank intervals: error of the ends of {len(CITIES) * len(CHAINS)} lists of 20 against "
        f"{MANY:,} independent draws\n")  # fmt: skip
    for name, each in sorted(errors.items()):
        low, high = np.mean(each, axis=0)
        say(f"  {name:<36} lower end {low:.3f}  upper end {high:.3f}\n")


if __name__ == "__main__":
    report(sys.stdout.write)
