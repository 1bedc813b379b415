"""Records of compared lists."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from chainmap.concepts.records import Record


class ComparedList(Record):
    """One of two lists that are compared."""

    name: str = Field(description="As it was saved; today's list has a name of its own")
    content_id: str = Field(description="SHA-256 of the snapshot's manifest")
    sha256: str = Field(description="SHA-256 of the list's canonical JSON")
    as_of: dt.date
    n_targets: int


class Altered(Record):
    """A version, option or part of the question that is not the same in both lists."""

    name: str
    label: str = Field(description="In Chinese")
    before: str = Field(description="Empty where there was none")
    after: str


class FirmChangeRecord(Record):
    """What became of one firm between two lists, and through what."""

    company_id: str
    company: str
    move: Literal["entered", "left", "moved", "same"]
    rank_before: int | None = Field(description="Null where the list does not hold it")
    rank_after: int | None
    rise: int = Field(
        description="Ranks it rose, below 0 it fell; a list that does not hold it counts as one "
        "rank behind that list's end"
    )
    parts: dict[str, float] = Field(
        description="What of the rise is due to the firm's data and the city's measured need, to "
        "policy and catalogue, the model, the parameters, the other firms, and the program; two "
        "decimals that add up to the rise"
    )
    parts_120: dict[str, int] = Field(
        description="The same, exact: Shapley values in 120ths of a rank"
    )
    segment_before: str | None
    segment_after: str | None


class DifferenceRecord(Record):
    """Two lists of one city beside each other."""

    city_code: str
    city: str
    earlier: ComparedList
    later: ComparedList
    versions: list[Altered]
    parameters: list[Altered]
    n_entered: int
    n_left: int
    n_moved: int
    same: bool = Field(description="Whether both lists are the same bytes")
    firms: list[FirmChangeRecord] = Field(
        description="Those of the later list in its order, then those that left"
    )
