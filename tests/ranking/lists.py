"""Lists made of the small world, for the tests of ranking."""

from __future__ import annotations

from typing import Any

from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.pipeline import find_gaps
from chainmap.ranking.candidates import Ground, propose_candidates
from chainmap.ranking.roster_pairs import roster_pairs
from chainmap.ranking.scorer import Scorer, scorer_of
from chainmap.ranking.target_model import load_target_model
from chainmap.tables import Candidates, Gaps
from tests.world import DAY, HOME, small_world

GAPS = GapOptions(as_of=DAY, engagement_floor=0.0, least_companies=1)


def gaps_of(world: World) -> Gaps:
    """Return the gaps of the small world's home city."""
    return find_gaps(world, HOME, GAPS)


def ground_of(world: World, **facts: Any) -> Ground:
    """Return the ground of a world without a catalogue, or with the facts given."""
    return Ground(roster_pairs(world), **facts)


def candidates_of(world: World | None = None, **facts: Any) -> Candidates:
    """Return the candidates of a world's home city."""
    world = world or small_world()
    return propose_candidates(world, gaps_of(world), HOME, ground_of(world, **facts))


def released() -> Scorer:
    """Return the scorer of the released model."""
    return scorer_of(load_target_model())
