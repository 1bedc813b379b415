"""When Python looks for garbage in cycles: seldom while a process starts, as usual while it serves.

What a start makes (modules, the world) stays; looking through it again and again takes a tenth of
the time until the first answer.
"""

from __future__ import annotations

import gc

_SELDOM = (50_000, 20, 20)
"""Objects made, then rounds, between two looks: a few in a start instead of hundreds."""
_USUAL = gc.get_threshold()


def look_seldom() -> None:
    """Look for garbage a few times only; call first. A command that answers once needs no more."""
    gc.set_threshold(*_SELDOM)


def look_as_usual() -> None:
    """Look as often as Python does, and never again at what is there now; call when it serves."""
    gc.freeze()
    gc.set_threshold(*_USUAL)
