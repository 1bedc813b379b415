"""What a reading of policy proposes for the taxonomy, and what an expert decides about it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chainmap.concepts.kinds import SegmentKind
from chainmap.concepts.provenance import Citation, Frozen
from chainmap.concepts.register import PositionFact

PROPOSAL_ID_PATTERN = r"^p-[0-9a-f]{10}$"
DECISION_ID_PATTERN = r"^d-[0-9a-f]{10}$"
Many = Field(default=(), strict=False)
TargetKind = Literal["segment", "group", "chain", "domain"]


class Evidence(Frozen):
    """Where a document says it: code points `start`..`end` of the raw text."""

    document: str = Field(description="SHA-256 of the document's file")
    file: str
    box: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    surface: str


class NewDocument(Frozen):
    """A policy document to be registered in `citations.yml`; empty text is for the expert."""

    id: str
    title: str
    issuer: str | None = None
    region_code: str
    level: Literal["nation", "province", "city"]
    published: str | None = None
    start: int | None = None
    end: int | None = None
    outlook: int | None = None
    file: str
    sha256: str
    note: str = ""


class NewCitation(Frozen):
    """A passage that names something known. A domain without a chain takes the document only."""

    target_kind: TargetKind
    target: str
    citation: Citation


class NewAlias(Frozen):
    """Another name of something known, and the passage that uses it."""

    target_kind: TargetKind
    target: str
    alias: str
    citation: Citation | None = None


class NewSegment(Frozen):
    """A segment to be drawn; empty text and lists are for the expert.

    `supplied_by` names segments that supply it; accepting adds the link to theirs.
    """

    chain: str
    id: str
    name: str
    name_en: str
    group: str
    kind: SegmentKind = Field(default=SegmentKind.PRODUCT, strict=False)
    definition: str
    aliases: tuple[str, ...] = Many
    terms: tuple[str, ...] = Many
    excludes: tuple[str, ...] = Many
    industry_codes: tuple[str, ...] = Many
    emerging_codes: tuple[str, ...] = Many
    supplies: tuple[str, ...] = Many
    supplied_by: tuple[str, ...] = Many
    citations: tuple[Citation, ...] = Many


class NewDomain(Frozen):
    """A priority domain to be named in `domains.yml`, not yet drawn."""

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = Many
    documents: tuple[str, ...] = Many
    note: str = ""


class NewVerb(Frozen):
    """A governing verb the wording table does not place; `strength_class` is a class's id."""

    verb: str
    strength_class: str


class NewPosition(PositionFact):
    """What a document assigns to a place; one entry of `positions.yml`."""

    id: str = Field(pattern=r"^[a-z]+[0-9]{4}[a-z]?-at-[0-9]+$")


class _Proposal(Frozen):
    id: str = Field(pattern=PROPOSAL_ID_PATTERN)
    summary: str
    reason: str
    confidence: float = Field(ge=0.0, le=1.0)
    fill: tuple[str, ...] = Many
    evidence: tuple[Evidence, ...] = Many


class DocumentProposal(_Proposal):
    """A document to register."""

    kind: Literal["document"] = "document"
    entry: NewDocument


class CitationProposal(_Proposal):
    """A passage that names something known."""

    kind: Literal["citation"] = "citation"
    entry: NewCitation


class AliasProposal(_Proposal):
    """Another name of something known."""

    kind: Literal["alias"] = "alias"
    entry: NewAlias


class SegmentProposal(_Proposal):
    """A segment to draw."""

    kind: Literal["segment"] = "segment"
    entry: NewSegment


class DomainProposal(_Proposal):
    """A domain to name."""

    kind: Literal["domain"] = "domain"
    entry: NewDomain


class VerbProposal(_Proposal):
    """A verb to place in the wording table."""

    kind: Literal["verb"] = "verb"
    entry: NewVerb


class PositionProposal(_Proposal):
    """A position of a place."""

    kind: Literal["position"] = "position"
    entry: NewPosition


Proposal = Annotated[
    DocumentProposal
    | CitationProposal
    | AliasProposal
    | SegmentProposal
    | DomainProposal
    | VerbProposal
    | PositionProposal,
    Field(discriminator="kind"),
]

KIND_ZH = {
    "document": "政策文件",
    "verb": "措辞动词",
    "domain": "重点领域",
    "segment": "新环节",
    "alias": "别名",
    "citation": "出处",
    "position": "地方定位",
}
"""Proposal kind → Chinese word, in the order in which proposals build on each other."""


class DraftFile(Frozen):
    """A file of proposals beside `taxonomy/`, for an expert to read, complete and decide."""

    taxonomy_sha256: str
    notes: tuple[str, ...] = Many
    proposals: tuple[Proposal, ...] = Many
