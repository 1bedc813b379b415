"""An investment catalogue (招商目录): what a city wants to attract, why, and on which terms."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chainmap.concepts.admission import LegalSource, Many, Metric, PlaceCode
from chainmap.concepts.identifiers import CITY_CODE_PATTERN, ChainId, SegmentId
from chainmap.concepts.kinds import GapKind
from chainmap.concepts.provenance import Frozen

ITEM_ID_PATTERN = r"^[1-8]\d{5}-[a-z]{2}(-[a-z0-9]+)+(\.[1-9]\d?)?$"
VERSION_PATTERN = r"^\d{4}-(draft-[0-9a-f]{8}|v[1-9]\d*)$"
VERSION_NAME_PATTERN = r"^[1-8]\d{5}-\d{4}-(draft-[0-9a-f]{8}|v[1-9]\d*)$"
TERM_ID_PATTERN = r"^[a-z]+(-[a-z0-9]+)+$"

ItemId = Annotated[str, StringConstraints(pattern=ITEM_ID_PATTERN)]
TermId = Annotated[str, StringConstraints(pattern=TERM_ID_PATTERN)]
Text = Annotated[str, StringConstraints(min_length=1)]
Origin = Literal["draft", "added", "imported"]
ORIGIN_ZH = {"draft": "测算", "added": "增列", "imported": "导入"}


class Priority(StrEnum):
    """How soon an item is wanted."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"high": "高", "middle": "中", "low": "低"}[self]


class Wanted(StrEnum):
    """Kind of target an item looks for; the order is that of a list shown."""

    GLOBAL_500 = "global_500"
    CENTRAL_SOE = "central_soe"
    CHAIN_LEADER = "chain_leader"
    LITTLE_GIANT = "little_giant"
    INSTITUTE = "institute"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _WANTED[self]


_WANTED = {
    "global_500": "500强",
    "central_soe": "央企",
    "chain_leader": "链主",
    "little_giant": "小巨人",
    "institute": "科研院所",
}


class Reason(Frozen):
    """Why an item stands where it stands: a fact, its number, and the sentence that says it."""

    fact: Literal[
        "gap_score", "companies", "local_users", "local_suppliers", "policy_weight"
    ]  # fmt: skip
    value: float = Field(strict=False)
    text: Text


class ItemPeriod(Frozen):
    """Years an item is for, inclusive; `plan` is the document whose horizon ends it."""

    start: int
    end: int | None
    plan: str | None = None


class Siting(Frozen):
    """A place of the city that a plan in force assigns the item's field to."""

    place: Text
    passage: Text


class Term(Frozen):
    """One admission term (准入条件). A null value is unknown and says whom to ask.

    `rule` names the rule of `taxonomy/admission/` it repeats; null for one an official entered.
    """

    id: TermId
    metric: Metric = Field(strict=False)
    requirement: Text
    value: float | None = Field(default=None, strict=False, allow_inf_nan=False)
    unit: str | None = None
    place_code: PlaceCode
    place: Text
    since: dt.date | None = Field(default=None, strict=False)
    binding: bool = True
    source: LegalSource | None
    ask: str = ""
    rule: str | None = None


class PassageNote(Frozen):
    """A policy passage the items cite, as a reader needs it."""

    id: Text
    document: str
    title: Text
    box: str
    names: tuple[str, ...] = Field(strict=False)
    in_force: bool


class CatalogueItem(Frozen):
    """One thing a city wants to attract (目录条目).

    `incentive` is never drafted; text that an official enters marks the item for fair-competition
    review.
    """

    id: ItemId
    chain: ChainId
    segment: SegmentId
    name: Text
    direction: Text
    kind: GapKind | None = Field(strict=False)
    priority: Priority | None = Field(strict=False)
    wanted: tuple[Annotated[Wanted, Field(strict=False)], ...] = Many
    sites: tuple[Siting, ...] = Many
    admission: tuple[TermId, ...] = Many
    policy: tuple[str, ...] = Many
    period: ItemPeriod
    reasons: tuple[Reason, ...] = Many
    incentive: str = ""
    note: str = ""
    origin: Origin = "draft"


class Sanction(Frozen):
    """Who approved a version, when and why; an office or role, never a person."""

    by: Text
    date: dt.date = Field(strict=False)
    why: str = ""


class Groundwork(Frozen):
    """What a draft was worked out from."""

    edition: dt.date = Field(strict=False)
    as_of: dt.date = Field(strict=False)
    per_chain: int
    n_gaps: int
    chains_sha256: str
    companies_sha256: str
    policy_sha256: str
    rules_sha256: str


class Catalogue(Frozen):
    """One version of a city's catalogue; everything needed to read it stands in it.

    `content_sha256` covers all but the standing of the version, so that an approved one carries
    the hash of the draft it was made from.
    """

    city_code: str = Field(pattern=CITY_CODE_PATTERN)
    city: Text
    year: int = Field(ge=2000, le=2100)
    status: Literal["draft", "approved"]
    version: str = Field(pattern=VERSION_PATTERN)
    content_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    based_on: str | None = None
    sanction: Sanction | None = None
    groundwork: Groundwork | None
    plans: tuple[str, ...] = Many
    chains: dict[ChainId, str]
    passages: tuple[PassageNote, ...] = Many
    terms: tuple[Term, ...] = Many
    items: tuple[CatalogueItem, ...] = Many

    @property
    def version_name(self) -> str:
        """The name everything downstream states, such as `330600-2026-v1`."""
        return f"{self.city_code}-{self.version}"

    @property
    def label(self) -> str:
        """The version in words."""
        if self.sanction is None:
            return f"{self.year}年度草案（{self.version_name}，未经审定）"
        by = f"{self.sanction.by}{self.sanction.date.isoformat()}审定"
        return f"{self.year}年第{self.version.rpartition('v')[2]}版（{self.version_name}，{by}）"

    def content_hash(self) -> str:
        """Return the SHA-256 of what the catalogue says, whatever the standing of the version."""
        standing = {"status", "version", "content_sha256", "based_on", "sanction"}
        plain = self.model_dump(mode="json", exclude=standing)
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def as_draft(catalogue: Catalogue, based_on: str | None) -> Catalogue:
    """Return the catalogue as a draft named by its content."""
    digest = catalogue.content_hash()
    return catalogue.model_copy(
        update={
            "status": "draft",
            "version": f"{catalogue.year}-draft-{digest[:8]}",
            "content_sha256": digest,
            "based_on": based_on,
            "sanction": None,
        }
    )
