"""A mode as typed becomes a selection: names of leaders and industries are found here."""

from __future__ import annotations

from chainmap.concepts.chain import Chain
from chainmap.concepts.modes import Mode, ModeAsked
from chainmap.gaps.world import World
from chainmap.ranking.modes import (
    Selection,
    by_advantage,
    by_chain,
    by_industry,
    by_leader,
)
from chainmap.reports.why_company import company_called
from chainmap.sources.places import City
from chainmap.tables import Gaps


def selection_of(
    world: World, city: City, gaps: Gaps, asked: ModeAsked, chain: Chain | None = None
) -> Selection:
    """Return what a mode selects from a city's gaps.

    Args:
        world: The measured data.
        city: The receiving city.
        gaps: From `find_gaps`; of `chain` where one is asked for.
        asked: The mode, its leader or its industries, as typed.
        chain: Only gaps of this chain.

    Raises:
        UnknownNameError: No company, group or chain answers to a name.
        InputError: Nothing is known of the leader.
    """
    if asked.mode is Mode.CHAIN:
        return by_chain(world, city, gaps, chain)
    if asked.mode is Mode.INDUSTRY:
        return by_industry(world, city, gaps, asked.industries)
    if asked.mode is Mode.ADVANTAGE:
        return by_advantage(world, city, gaps)
    assert asked.leader is not None
    return by_leader(world, city, gaps, company_called(world, asked.leader))
