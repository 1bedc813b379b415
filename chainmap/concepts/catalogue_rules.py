"""How a draft catalogue is drawn up: the knobs of `taxonomy/catalogue-rules.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chainmap.concepts.admission import Many, Text
from chainmap.concepts.catalogue import Wanted
from chainmap.concepts.identifiers import ChainId
from chainmap.concepts.kinds import GapKind, SegmentKind, Stage
from chainmap.concepts.provenance import Frozen

KindOfGap = Annotated[GapKind, Field(strict=False)]
KindOfSegment = Annotated[SegmentKind, Field(strict=False)]
AnyStage = Annotated[Stage, Field(strict=False)]
AnyWanted = Annotated[Wanted, Field(strict=False)]


class PriorityPoint(Frozen):
    """A fact that counts one point towards priority; bounds are inclusive."""

    fact: Literal["rank_share", "policy_weight", "local_users", "theta"]
    at_least: float | None = Field(default=None, strict=False)
    at_most: float | None = Field(default=None, strict=False)
    why: Text

    def counts(self, value: float) -> bool:
        """Return whether the value earns the point."""
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


class PriorityRule(Frozen):
    """Points a high and a middle priority take."""

    high: int
    middle: int
    points: tuple[PriorityPoint, ...] = Field(strict=False, min_length=1)


class WantedRule(Frozen):
    """Target kinds wanted where all conditions given hold; an empty one holds always."""

    gap_kinds: tuple[KindOfGap, ...] = Many
    segment_kinds: tuple[KindOfSegment, ...] = Many
    stages: tuple[AnyStage, ...] = Many
    chains: tuple[ChainId, ...] = Many
    wants: tuple[AnyWanted, ...] = Field(strict=False, min_length=1)
    why: Text


class CatalogueRules(Frozen):
    """The file as a whole.

    `per_kind` is the most items of a kind a chain takes before what is left is filled by rank;
    `directions` are clauses by segment kind and gap kind, a clause whose blank is empty is left
    out.
    """

    per_chain: int = Field(ge=1)
    per_kind: dict[KindOfGap, int]
    shown_names: int = Field(ge=1)
    shown_passages: int = Field(ge=1)
    priority: PriorityRule
    wanted: tuple[WantedRule, ...] = Field(strict=False, min_length=1)
    directions: dict[KindOfSegment, dict[KindOfGap, list[Text]]]
