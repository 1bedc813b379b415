"""`make bench`: how near rank intervals of few draws come to those of very many.

Lists of 20 for four cities and five chains each, or all chains, and the ends of their intervals by
6,000 independent draws of all companies. Beside the product's draws stand as many, and 200,
independent ones, ended in the two ways: the nearest draw, and the quantile of Harrell and Davis. An
error is the mean of |ln(end ÷ end by 6,000)|: 0.1 is a tenth of the rank; beside it stands the mean
with its sign. Last comes what is lost because the product draws but the first of an order.
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
from chainmap.ranking.intervals import (
    ENDS,
    FIRST,
    Orders,
    drawn_steps,
    quantile_weights,
    reach,
)
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
    """Yield an order, its scorer, and the places of a list's own."""
    world = load_world()
    for name in CITIES:
        city = find_city(world.cities, name)
        for chain in CHAINS:
            wanted = None if chain is None else world.library.chains[chain]
            gaps = find_gaps(world, city, GapOptions(as_of=world.edition), wanted)
            standing = standing_of(world, city, gaps, OPTIONS)
            scored = score_candidates(standing.candidates, OPTIONS, standing.scorer)
            rows = best_segments(scored)
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


def drawn_by_product(rows: pl.DataFrame, scorer: Scorer) -> tuple[NDArray[np.int32], float]:
    """Return the product's draws of all rows, and by how much the first depart."""
    weights = family_weights(OPTIONS)
    doubts, each = Doubts(rows, scorer, OPTIONS.draws), np.arange(rows.height)
    moved = doubts.weighed(each, doubts.own(each), weights)
    steps = drawn_steps(rows["utility"].to_numpy(), moved)
    return steps, doubts.spread(each[:FIRST], weights)


def report(say: Callable[[str], object]) -> None:
    """Print the errors of each way."""
    errors: dict[str, list[Ends]] = defaultdict(list)
    reached: list[tuple[int, int, float]] = []
    dice = np.random.default_rng(20261121)
    for rows, scorer, at in lists():
        ranks = partial(ranks_of, segments(rows), at)
        truth = nearest(ranks(independent_steps(rows, scorer, MANY, dice)))
        steps, spread = drawn_by_product(rows, scorer)
        n_rows = reach(rows["utility"].to_numpy(), int(at[-1]), spread)
        ours = averaged(ranks_of(segments(rows)[:n_rows], at, steps[:n_rows]))
        of_all = averaged(ranks(steps))
        reached.append((n_rows, rows.height, float(np.log(ours / of_all)[1].mean())))
        found = [(f"{OPTIONS.draws} tied, averaged (the product's)", ours)]
        for draws in (OPTIONS.draws, 200) * REPEATS:
            drawn = ranks(independent_steps(rows, scorer, draws, dice))
            found.append((f"{draws} independent, nearest", nearest(drawn)))
            found.append((f"{draws} independent, averaged", averaged(drawn)))
        for name, ends in found:
            off = np.log(ends / truth)
            errors[name].append(np.stack([np.abs(off).mean(axis=1), off.mean(axis=1)]))
    say(f"rank intervals: error of the ends of {len(CITIES) * len(CHAINS)} lists of 20 against "
        f"{MANY:,} independent draws of all companies (in brackets with its sign)\n")  # fmt: skip
    for name, each in sorted(errors.items()):
        (low, high), (low_off, high_off) = np.mean(each, axis=0)
        say(f"  {name:<36} lower end {low:.3f} ({low_off:+.3f})  "
            f"upper end {high:.3f} ({high_off:+.3f})\n")  # fmt: skip
    drawn_rows, all_rows, lost = zip(*reached, strict=True)
    say(f"  drawn: {sum(drawn_rows):,} of {sum(all_rows):,} companies; upper ends off for that by "
        f"{np.mean(lost):+.3f} on average, {min(lost):+.3f} at most\n")  # fmt: skip


if __name__ == "__main__":
    report(sys.stdout.write)
