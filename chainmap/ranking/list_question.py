"""What a kept list answers, as plain values that a snapshot can hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from chainmap.concepts.modes import Mode, ModeAsked

_OF_MODES = ("mode", "leader", "industries")
_FILTERS = ("home", "listed", "title", "kind", "ranked_for")


@dataclass(frozen=True)
class ListQuestion:
    """What a list answers, all names found.

    Attributes:
        city_code: The receiving city.
        chain_id: Only this chain; None is all.
        segment_id: Only this segment.
        as_of: Day on which plans must be in force; companies founded in a later year are not known.
        include_expired: Whether plans that are over count as well.
        mode: A mode (招商方式); None is the plain list.
        leader: Registered name of the leading firm, with mode `leader`.
        industries: Groups or chains, with mode `industry`; none are those plans name.
        home: Province or city the firms come from, as the places' table names it.
        listed: Whether the firms are listed; None is both.
        title: Public title the firms bear.
        kind: Kind of the gap they are ranked for.
        ranked_for: The segment they are ranked for; unlike `segment_id`, of firms that are ranked
            for another one it shows none.
    """

    city_code: str
    chain_id: str | None
    segment_id: str | None
    as_of: dt.date
    include_expired: bool = False
    mode: str | None = None
    leader: str | None = None
    industries: tuple[str, ...] = ()
    home: str | None = None
    listed: bool | None = None
    title: str | None = None
    kind: str | None = None
    ranked_for: str | None = None

    @property
    def narrows(self) -> tuple[str | bool | None, ...] | None:
        """The filters that apply after ranking; None where there are none."""
        found = tuple(getattr(self, name) for name in _FILTERS)
        return found if any(one is not None for one in found) else None

    @property
    def asked_by(self) -> ModeAsked | None:
        """The mode it is asked by; None where there is none."""
        return ModeAsked(Mode(self.mode), self.leader, self.industries) if self.mode else None

    def plain(self) -> dict[str, Any]:
        """Return the question as JSON holds it; a plain list's says nothing of modes or filters."""
        plain = asdict(self) | {
            "as_of": self.as_of.isoformat(),
            "industries": list(self.industries),
        }
        return {
            name: value
            for name, value in plain.items()
            if (value or name not in _OF_MODES) and (value is not None or name not in _FILTERS)
        }


def question_from(plain: dict[str, Any]) -> ListQuestion:
    """Return the question that `ListQuestion.plain` wrote down."""
    industries = tuple(plain.get("industries", ()))
    day = dt.date.fromisoformat(plain["as_of"])
    return ListQuestion(**(plain | {"as_of": day, "industries": industries}))
