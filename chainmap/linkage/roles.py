"""The role of every item: which verb group governs it, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from chainmap.concepts.kinds import Role
from chainmap.linkage.grammar import Outline, Verbs
from chainmap.linkage.lexicon import NO_ROLE, ROLES
from chainmap.linkage.texts import Flags, Ints, count_between

Shares = npt.NDArray[np.float64]
How = Literal["leading", "trailing", "both", "carried", "list", "before", "none"]
HOWS: tuple[How, ...] = ("leading", "trailing", "both", "carried", "list", "before", "none")
"""How a role was found: the verb leads, trails, or both; a colon's list goes on in the next
sentence; the verb ends a list parted by semicolons; an earlier verb; nothing governs."""
_GOODS = (ROLES.index(Role.MAKE), ROLES.index(Role.TRADE))
SURETY: Shares = np.array([1.0, 1.0, 1.0, 0.85, 0.75, 0.7, 0.6])
"""Share of a word's confidence left, by `HOWS`."""


@dataclass(frozen=True)
class Governed:
    """Role code (`NO_ROLE` where nothing governs) and the place in `HOWS`, one per item."""

    role: Ints
    how: Ints


def govern(
    sketch: Outline, verbs: Verbs, start: Ints, end: Ints, text: tuple[Ints, Ints]
) -> Governed:
    """Return the role of each item.

    In its own sentence a leading group governs up to the next verb, a trailing one back to the
    last; where both could, a comma between decides, and 的 lets the trailing one reach through a
    list. A verb in the midst of a list (铸造机械) hides the list's own verb from no item. An item
    without a verb in its sentence takes an open list's.

    Args:
        sketch: The outline.
        verbs: Its verb groups.
        start: Items' first place in the outline.
        end: One past their last.
        text: First and last place of each item's text: no verb of another text is taken.
    """
    lead, trail = verbs.only(verbs.leads), verbs.only(~verbs.leads)
    last = _at(np.searchsorted(lead.end, start, "right") - 1, lead)
    first = _at(np.searchsorted(trail.start, start, "left"), trail)
    here = sketch.sentence(start)
    has_lead = last.found & (sketch.sentence(last.start) == here)
    has_trail = first.found & (sketch.sentence(first.start) == here)
    next_lead = _at(np.searchsorted(lead.start, end, "left"), lead)
    commas, lists = sketch.commas, sketch.lists
    comma_after = count_between(commas, end, first.start) > 0
    hidden = next_lead.found & (next_lead.start < first.start)
    has_trail &= ~hidden | (next_lead.listed & ~next_lead.colon & ~comma_after & ~has_lead)
    done = _at(np.searchsorted(trail.end, start, "right") - 1, trail)
    closed = done.found & (done.start >= last.end) & has_trail
    has_lead &= ~closed
    comma_before = count_between(commas, last.end, start) > 0
    list_after = count_between(lists, end, first.start) > 0
    both = has_lead & has_trail
    by_trail = (has_trail & ~has_lead) | (both & ~comma_after & (comma_before | ~list_after))
    by_both = both & ~comma_after & ~comma_before & (first.of | ~list_after)
    midst = by_both & first.of & last.listed & ~last.colon & (last.role != first.role)
    by_trail |= midst
    by_both &= ~midst
    by_lead = has_lead & ~by_trail & ~by_both
    role = np.full(start.size, NO_ROLE, dtype=np.int64)
    how = np.full(start.size, HOWS.index("none"), dtype=np.int64)
    _set(role, how, by_trail, first.role, "trailing")
    _set(role, how, by_lead, last.role, "leading")
    _set(role, how, by_both, np.minimum(first.role, last.role), "both")
    _carry(verbs, (start, end, *text), role, how)
    return Governed(role, how)


@dataclass(frozen=True)
class _Picked:
    found: Flags
    start: Ints
    end: Ints
    role: Ints
    leads: Flags
    colon: Flags
    of: Flags
    listed: Flags
    bare: Flags


def _at(index: Ints, verbs: Verbs) -> _Picked:
    """Return the groups at `index`; `found` is false outside."""
    if not verbs.start.size:
        zero = np.zeros(index.size, dtype=np.int64)
        no = zero > 0
        return _Picked(no, zero, zero, zero + NO_ROLE, no, no, no, no, no)
    found = (index >= 0) & (index < verbs.start.size)
    at = np.clip(index, 0, verbs.start.size - 1)
    return _Picked(
        found, verbs.start[at], verbs.end[at], verbs.role[at],
        verbs.leads[at], verbs.colon[at], verbs.of[at], verbs.listed[at], verbs.bare[at],
    )  # fmt: skip


def _set(role: Ints, how: Ints, where: Flags, new: Ints, name: How) -> None:
    role[where] = new[where]
    how[where] = HOWS.index(name)


def _carry(verbs: Verbs, item: tuple[Ints, Ints, Ints, Ints], role: Ints, how: Ints) -> None:
    """Give items without a verb in their sentence the role of an open list, in place.

    Research or a service alone in its sentence (技术服务；) opens none.
    """
    start, end, begin, stop = item
    before = _at(np.searchsorted(verbs.end, start, "right") - 1, verbs)
    after = _at(np.searchsorted(verbs.start, end, "left"), verbs)
    free = role == NO_ROLE
    led = free & before.found & before.leads & (before.start >= begin)
    led &= before.colon | ~before.bare | np.isin(before.role, _GOODS)
    _set(role, how, led & ~before.colon, before.role, "before")
    listed = free & ~(led & before.colon) & after.found & ~after.leads & (after.start <= stop)
    listed &= np.isin(after.role, _GOODS)
    _set(role, how, listed, after.role, "list")
    _set(role, how, led & before.colon, before.role, "carried")
