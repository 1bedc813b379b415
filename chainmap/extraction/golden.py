"""Hand annotation of policy documents: spans and labels only, the measure of the reader."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from chainmap.concepts.policy import BoxKind, Offset, TermRole


class _Golden(BaseModel):
    # An annotator may add fields of his own; only those named here are measured.
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldenSpan(_Golden):
    """Code points of the raw document."""

    start: Offset
    end: Offset


class GoldenBox(GoldenSpan):
    """A box as a reader would draw it."""

    label: str
    kind: BoxKind


class GoldenItem(GoldenSpan):
    """An item; `box` is the place of its box in the list; null `name` where the text lost it."""

    box: int
    name: str | None = None


class GoldenTerm(GoldenSpan):
    """A term and what it is: a direction (leaf), a heading over several (group), or context."""

    role: TermRole


class GoldenGoal(GoldenSpan):
    """A quantified goal as printed; `region` is a division's code, null where it is none."""

    indicator: str
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    year: int | None = None
    region: str | None = None


class GoldenPosition(GoldenSpan):
    """A place and its code; `implied` where the passage speaks of the document's own place."""

    place: str
    code: str | None = None
    implied: bool = False


class GoldenDocument(_Golden):
    """The annotation of one document, tied to the file by hash."""

    document: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    boxes: tuple[GoldenBox, ...] = ()
    items: tuple[GoldenItem, ...] = ()
    terms: tuple[GoldenTerm, ...] = ()
    goals: tuple[GoldenGoal, ...] = ()
    positions: tuple[GoldenPosition, ...] = ()
