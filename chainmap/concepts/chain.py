"""An industry chain (产业链): groups of segments (环节) and who supplies whom."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from chainmap.concepts.identifiers import (
    ChainId,
    CitationId,
    EmergingCode,
    GroupId,
    IndustryCode,
    SegmentId,
)
from chainmap.concepts.kinds import SegmentKind, Stage
from chainmap.concepts.provenance import Frozen

Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Term = Annotated[str, StringConstraints(min_length=2)]
Many = Field(default=(), strict=False)


class Group(Frozen):
    """A box of the panorama: segments that belong together at one stage."""

    id: GroupId
    name: Name
    name_en: Name
    stage: Stage = Field(strict=False)
    cites: tuple[CitationId, ...] = Many


class Segment(Frozen):
    """One place in the chain (环节) where a city has makers or not."""

    id: SegmentId
    name: Name
    name_en: Name
    group: GroupId
    kind: SegmentKind = Field(default=SegmentKind.PRODUCT, strict=False)
    definition: Name
    aliases: tuple[Term, ...] = Many
    terms: tuple[Term, ...] = Many
    excludes: tuple[Term, ...] = Many
    industry_codes: tuple[IndustryCode, ...] = Many
    emerging_codes: tuple[EmergingCode, ...] = Many
    supplies: tuple[SegmentId, ...] = Many
    cites: tuple[CitationId, ...] = Many
    replaced_by: SegmentId | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every string that means this segment: name, aliases, terms; no order promised."""
        return (self.name, *self.aliases, *self.terms)


class Chain(Frozen):
    """One industry chain, as its file in `taxonomy/chains/` states it."""

    id: ChainId
    name: Name
    name_en: Name
    aliases: tuple[Name, ...] = Many
    known_as: tuple[Name, ...] = Many
    summary: Name
    cites: tuple[CitationId, ...] = Many
    groups: tuple[Group, ...] = Field(strict=False, min_length=1)
    segments: tuple[Segment, ...] = Field(strict=False, min_length=1)
