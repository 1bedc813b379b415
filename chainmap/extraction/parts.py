"""Parts: a box in clean offsets, as the layout finds it."""

from __future__ import annotations

from dataclasses import dataclass

from chainmap.concepts.policy import BoxKind
from chainmap.extraction.leads import Lead
from chainmap.extraction.listing import Phrase


@dataclass(frozen=True)
class Area:
    """A field that a section heading names: where its passage, name and content stand."""

    start: int
    end: int
    name_start: int
    name_end: int
    body_start: int


@dataclass(frozen=True)
class Part:
    """A box in clean offsets: `body_start` is where its content begins after the heading.

    `fields` are the terms read outside its items.
    """

    label: str
    title: str
    kind: BoxKind
    section: str | None
    start: int
    end: int
    body_start: int
    lead: Lead | None = None
    areas: tuple[Area, ...] = ()
    fields: tuple[Phrase, ...] = ()
