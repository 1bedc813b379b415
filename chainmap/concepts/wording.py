"""How strongly a plan words what it wants (措辞强度): classes of verbs, each with its reason."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field

from chainmap.concepts.provenance import Frozen

MOST_REMEMBERED = 4096
"""Verbs looked up that are remembered: more than plans use, fewer than an upload may invent."""


class VerbClass(Frozen):
    """Verbs that commit a government to the same degree."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    name: str
    strength: float = Field(gt=0.0, le=1.0)
    reason: str
    leads: tuple[str, ...] = Field(default=(), strict=False)
    verbs: tuple[str, ...] = Field(strict=False, min_length=1)


class Unstated(Frozen):
    """What counts where no verb governs, or one the table does not know."""

    strength: float = Field(gt=0.0, le=1.0)
    reason: str


class Strength(NamedTuple):
    """A wording's strength and the name of its class."""

    value: float
    name: str


class WordingFile(Frozen):
    """`policy-verbs.yml`."""

    unstated: Unstated
    classes: tuple[VerbClass, ...] = Field(default=(), strict=False)

    def strength(self, verb: str | None) -> Strength:
        """Return the strength (0..1] of a verb as a plan writes it.

        The verb itself; else the lead it opens with (重点加快, 鼓励发展: the attitude governs the
        verb after it); else the longest verb it ends with (加快培育: the last verb governs the
        object); else the longest verb it contains; else `unstated`.
        """
        found = self._told.get(verb)
        if found is None:
            found = self._looked_up(verb)
            if len(self._told) < MOST_REMEMBERED:
                self._told[verb] = found
        return found

    def _looked_up(self, verb: str | None) -> Strength:
        if verb is not None:
            verbs, leads = self._verbs, self._leads
            for table, fits in (
                (verbs, verb.__eq__),
                (leads, verb.startswith),
                (verbs, verb.endswith),
                (verbs, verb.__contains__),
            ):
                found = [listed for listed in table if fits(listed)]
                if found:
                    return table[max(found, key=len)]
        return Strength(self.unstated.strength, "未写动词" if verb is None else "未列动词")

    def knows(self, verb: str) -> bool:
        """Return whether some rule of the table places the verb."""
        return any(word in verb for word in (*self._verbs, *self._leads))

    @cached_property
    def _told(self) -> dict[str | None, Strength]:
        """What was looked up before: plans use few verbs, passages are many."""
        return {}

    @cached_property
    def _verbs(self) -> dict[str, Strength]:
        return self._table("verbs")

    @cached_property
    def _leads(self) -> dict[str, Strength]:
        return self._table("leads")

    def _table(self, column: Literal["verbs", "leads"]) -> dict[str, Strength]:
        return {
            word: Strength(verbs.strength, verbs.name)
            for verbs in self.classes
            for word in getattr(verbs, column)
        }


PLAIN_WORDING = WordingFile(unstated=Unstated(strength=1.0, reason="没有措辞表，不区分措辞。"))
"""For a taxonomy without a table: every wording counts in full."""
