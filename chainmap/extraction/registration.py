"""Registering a document: is it known, which id may it bear, and what its card must still say."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, NamedTuple

from chainmap.chains.library import ChainLibrary
from chainmap.chains.names import normal
from chainmap.concepts.policy import Document, PolicyExtraction
from chainmap.concepts.proposal import DocumentProposal, Evidence, NewDocument
from chainmap.extraction.identity import proposal_id

_REGION_TAIL = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|县|区)$")
_NATION = "000000"


class Registered(NamedTuple):
    """How a document stands: its id, what is proposed to register it, and what to tell the expert.

    `document_id` is None where its passages cannot be cited at all.
    """

    document_id: str | None
    proposal: DocumentProposal | None
    note: str


def register(
    extraction: PolicyExtraction, library: ChainLibrary, taken: Collection[str]
) -> Registered:
    """Return the document's id in the taxonomy, or the proposal to give it one.

    A file that bears the title of a registered document but another hash is another copy:
    offsets would not fit, so nothing of it is proposed.
    """
    document = extraction.document
    for known in library.documents.values():
        if known.sha256 == document.sha256:
            return Registered(known.id, None, "")
    for known in library.documents.values():
        if document.title and normal(known.title) == normal(document.title):
            note = (
                f"{document.file} 与已登记的《{known.title}》（{known.id}）同名而内容不同："
                "出处位置不能通用，未提出任何提案；请改用登记时的文件，或先核对是否为新版本。"
            )
            return Registered(None, None, note)
    proposal = _proposal(extraction, taken)
    return Registered(proposal.entry.id, proposal, "")


def slug(text: str) -> str:
    """Return text as an id's words: pinyin of its characters, letters and digits kept."""
    from pypinyin import lazy_pinyin

    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(text, errors="default")).casefold())
    return "-".join(words) or "x"


def _proposal(extraction: PolicyExtraction, taken: Collection[str]) -> DocumentProposal:
    document = extraction.document
    year = _year(document)
    region = document.region
    blank = []
    if not document.title:
        blank.append("title")
    if region is None or region.code is None:
        blank.append("region_code")
    if year is None:
        blank.append("id")
    period = document.period
    later = [y for y in period.horizons if period.end is not None and y > period.end]
    entry = NewDocument(
        id=_fresh_id(document, year, taken),
        title=document.title or "",
        issuer=document.issuer,
        region_code=(region.code if region else None) or "",
        level=_level(region.code if region else None),
        published=document.published,
        start=period.start,
        end=period.end,
        outlook=max(later, default=None),
        file=document.file,
        sha256=document.sha256,
    )
    years = f"{period.start or '未写'}—{period.end or '未写'}年"
    place = region.name if region else "未写地区"
    return DocumentProposal(
        id=proposal_id("document", document.sha256),
        summary=f"登记政策文件《{document.title or document.file}》（{place}，规划期{years}）",
        reason="分类中没有这份文件；登记后其中的段落才能作为出处。请核对标题、地区、发布日期和规划期。",
        confidence=0.9 if not blank else 0.6,
        fill=tuple(blank),
        evidence=(
            Evidence(document=document.sha256, file=document.file, box="全文", start=0, end=0,
                     surface=""),
        ),
        entry=entry,
    )  # fmt: skip


def _year(document: Document) -> int | None:
    """Return the year an id is named after: published, else the period's start, else its end."""
    if document.published:
        return int(document.published[:4])
    years = (document.period.start, document.period.end, *document.period.horizons)
    return next((year for year in years if year is not None), None)


def _fresh_id(document: Document, year: int | None, taken: Collection[str]) -> str:
    from pypinyin import Style, lazy_pinyin

    name = _REGION_TAIL.sub("", document.region.name) if document.region else "文件"
    letters = re.sub(r"[^a-z]", "", "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).casefold())
    stem = f"{letters or 'wj'}{year or 0:04d}"
    names = (stem, *(f"{stem}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"))
    return next(name for name in names if name not in taken)


def _level(code: str | None) -> Literal["nation", "province", "city"]:
    if code == _NATION:
        return "nation"
    return "province" if code is None or code.endswith("0000") else "city"
