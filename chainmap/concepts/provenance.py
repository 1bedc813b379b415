"""Where a statement comes from: policy documents and the passages in them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chainmap.concepts.identifiers import CitationId


class Frozen(BaseModel):
    """A curated fact: frozen, strict, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PlanPeriod(Frozen):
    """Years a plan governs (规划期), inclusive; `outlook` is a later horizon it only mentions."""

    start: int | None
    end: int | None
    outlook: int | None = None


class PolicySource(Frozen):
    """A policy document: what it is, whose, for when, and the hash of the file that was read."""

    id: str = Field(pattern=r"^[a-z]+[0-9]{4}[a-z]?$")
    title: str
    issuer: str | None
    region_code: str = Field(pattern=r"^\d{6}$")
    level: Literal["nation", "province", "city"]
    published: dt.date | None = Field(strict=False)
    period: PlanPeriod
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    note: str = ""

    def in_force(self, day: dt.date) -> bool:
        """Return whether the plan's period covers `day`; an unknown end never expires."""
        return self.period.end is None or day.year <= self.period.end


class Citation(Frozen):
    """A passage (出处): code points `start`..`end` of the raw document, and what it names."""

    id: CitationId
    document: str
    box: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    names: tuple[str, ...] = Field(strict=False, min_length=1)
