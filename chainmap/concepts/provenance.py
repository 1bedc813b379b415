"""Where a statement comes from: policy documents and the passages in them."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

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


class Dating(NamedTuple):
    """From which day a plan's age is counted, and what that day rests on."""

    day: dt.date
    basis: Literal["published", "period", "first_year"]

    @property
    def zh(self) -> str:
        """What the day rests on, in words."""
        if self.basis == "published":
            return f"发布于{self.day.isoformat()}"
        what = {"period": "规划期起始年", "first_year": "已知最早年份"}[self.basis]
        return f"未写发布日期，按{what}{self.day.year}年年中计"


class PolicySource(Frozen):
    """A policy document: what it is, whose, for when, and the hash of the file that was read.

    `first_year` is the first year that is known of the plan, for one whose text states neither a
    day of publication nor a first year; `note` says how it is known.
    """

    id: str = Field(pattern=r"^[a-z]+[0-9]{4}[a-z]?$")
    title: str
    issuer: str | None
    region_code: str = Field(pattern=r"^\d{6}$")
    level: Literal["nation", "province", "city"]
    published: dt.date | None = Field(strict=False)
    period: PlanPeriod
    first_year: int | None = None
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    note: str = ""

    def in_force(self, day: dt.date) -> bool:
        """Return whether the plan's period covers `day`; an unknown end never expires.

        A plan is not in force before its day of publication or the first year of its period.
        """
        return not self.expired(day) and not self.ahead(day)

    def expired(self, day: dt.date) -> bool:
        """Return whether the plan's period is over on `day`."""
        return self.period.end is not None and day.year > self.period.end

    def dating(self) -> Dating | None:
        """Return the day the plan's age counts from; None where nothing is known of it.

        The day of publication; else the middle of the first year of its period, else of the first
        year known of it, because a year without a day is off by half a year at most that way.
        """
        if self.published is not None:
            return Dating(self.published, "published")
        if self.period.start is not None:
            return Dating(dt.date(self.period.start, 7, 1), "period")
        if self.first_year is not None:
            return Dating(dt.date(self.first_year, 7, 1), "first_year")
        return None

    def ahead(self, day: dt.date) -> bool:
        """Return whether on `day` the plan is not published yet, or its period has not begun."""
        if self.published is not None:
            return day < self.published
        first = self.period.start if self.period.start is not None else self.first_year
        return first is not None and day.year < first


class Citation(Frozen):
    """A passage (出处): code points `start`..`end` of the raw document, and what it names.

    `verb` is the wording that governs the terms named (突破, 重点发展, 鼓励); null where none does.
    """

    id: CitationId
    document: str
    box: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    names: tuple[str, ...] = Field(strict=False, min_length=1)
    verb: str | None = Field(default=None, min_length=1)
