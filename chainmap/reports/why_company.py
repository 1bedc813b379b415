"""The one company of a world that a reader means by a name."""

from __future__ import annotations

from chainmap.gaps.world import World
from chainmap.ranking.company_names import company_named


def company_called(world: World, given: str) -> str:
    """Return the id of the company called so, as `company_named` finds it.

    A company founded after the world's day is called by its names too: what it could not yet be is
    for the caller to say.

    Raises:
        UnknownNameError: None or several answer to it; the nearest names are offered.
    """
    return company_named(world.register, given)
