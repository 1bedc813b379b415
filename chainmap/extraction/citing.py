"""Known things: a document that names one gives it a citation, or another name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chainmap.chains.library import ChainLibrary
from chainmap.chains.names import Match, NameIndex, gloss, normal
from chainmap.concepts.policy import PolicyExtraction
from chainmap.concepts.proposal import (
    AliasProposal,
    CitationProposal,
    NewAlias,
    NewCitation,
    TargetKind,
)
from chainmap.concepts.provenance import Citation
from chainmap.extraction.identity import proposal_id
from chainmap.extraction.mentions import Mention

TARGET_ZH = {"segment": "环节", "group": "板块", "chain": "产业链", "domain": "重点领域"}
_SURE = {"same": 0.95, "quality": 0.8, "kind_of": 0.65, "broader": 0.6, "inside": 0.5}
_SHOWN = 5
_SHORTEST_ALIAS = 3


class Reading(NamedTuple):
    """One document read against the taxonomy: its id there and its mentions in text order."""

    extraction: PolicyExtraction
    document_id: str
    mentions: Sequence[Mention]
    library: ChainLibrary
    names: NameIndex


def citation_proposals(reading: Reading, ids: set[str]) -> Iterator[CitationProposal]:
    """Yield one proposal per known thing the document names and does not yet stand cited for.

    The weightiest mention is cited, the others are evidence. A passage that stands in
    `citations.yml` already is used again instead of being entered twice.

    Args:
        reading: The document.
        ids: Citation ids taken; new ones are added.
    """
    named: dict[tuple[TargetKind, str], list[Mention]] = {}
    for mention in reading.mentions:
        if mention.match is not None:
            named.setdefault((mention.match.kind, mention.match.id), []).append(mention)
    for (kind, target), mentions in named.items():
        if not _cited(reading, kind, target):
            yield _citation(reading, (kind, target), sorted(mentions, key=lambda m: m.order), ids)
    yield from _domains(reading, ids)


def _citation(
    reading: Reading, target: tuple[TargetKind, str], mentions: list[Mention], ids: set[str]
) -> CitationProposal:
    kind, target_id = target
    best = mentions[0]
    match = best.match
    assert match is not None
    citation = passage(reading, best, target_id, ids)
    summary = (
        f"{reading.document_id} {best.label}点名{TARGET_ZH[kind]}“{match.name}”（{target_id}）"
    )
    return CitationProposal(
        id=proposal_id("citation", reading.extraction.document.sha256, kind, target_id),
        summary=summary,
        reason=_reason(best, match, len(mentions)),
        confidence=_SURE[match.how],
        evidence=tuple(m.evidence(reading.extraction) for m in mentions[:_SHOWN]),
        entry=NewCitation(target_kind=kind, target=target_id, citation=citation),
    )


def passage(reading: Reading, mention: Mention, target: str, ids: set[str]) -> Citation:
    """Return the citation of a mention: the one that holds its span already, or a new one."""
    term = mention.term
    for known in reading.library.citations.values():
        inside = known.start <= term.start and term.end <= known.end
        if inside and known.document == reading.document_id:
            return known
    place = "b" + "".join(c for c in mention.box.label if c.isdigit())
    parts = target.split("-", 1)
    words = parts[1] if len(parts) == 2 and parts[0] in _PREFIXES else target
    stem = f"{reading.document_id}-{place if len(place) > 1 else 's'}-{words}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, 1000)))
    citation_id = next(name for name in names if name not in ids)
    ids.add(citation_id)
    return Citation(
        id=citation_id,
        document=reading.document_id,
        box=mention.label,
        start=term.start,
        end=term.end,
        names=(term.term,),
        verb=term.verb,
    )


_PREFIXES = ("ic", "rb", "nm", "bm", "as", "qt")


def _cited(reading: Reading, kind: TargetKind, target: str) -> bool:
    """Return whether the document stands among a thing's own citations already."""
    library = reading.library
    if kind == "chain":
        cites = library.chains[target].cites
    else:
        cites = (library.groups if kind == "group" else library.segments)[target].cites
    return any(library.citations[c].document == reading.document_id for c in cites)


def _domains(reading: Reading, ids: set[str]) -> Iterator[CitationProposal]:
    """Yield one proposal per priority domain that the document names for the first time."""
    named: dict[str, list[Mention]] = {}
    domains = {domain.id: domain for domain in reading.library.domains}
    for mention in reading.mentions:
        domain = reading.names.domain(mention.term.term)
        if domain is not None and reading.document_id not in domain.documents:
            named.setdefault(domain.id, []).append(mention)
    for domain_id, mentions in named.items():
        name = domains[domain_id].name
        best = min(mentions, key=lambda m: (normal(m.term.term) != normal(name), m.order[1:]))
        term = best.term.term
        same = normal(term) == normal(name)
        reason = f"文件写作“{term}”，" + (
            "即该领域名称。" if same else f"与“{name}”同义，并入同一节点。"
        )
        yield CitationProposal(
            id=proposal_id("citation", reading.extraction.document.sha256, "domain", domain_id),
            summary=f"{reading.document_id} {best.label}点名重点领域“{name}”（{domain_id}）",
            reason=reason + f"采纳后该领域的文件清单增加 {reading.document_id}。",
            confidence=0.95 if same else 0.85,
            evidence=tuple(m.evidence(reading.extraction) for m in mentions[:_SHOWN]),
            entry=NewCitation(
                target_kind="domain",
                target=domain_id,
                citation=passage(reading, best, domain_id, ids),
            ),
        )


def _reason(mention: Mention, match: Match, n_mentions: int) -> str:
    term, name, kind = mention.term.term, match.name, TARGET_ZH[match.kind]
    said = {
        "same": f"“{term}”即{kind}“{name}”的名称、别名或词条（不计大小写、括号和词尾）。",
        "quality": f"“{term}”去掉修饰语即“{match.via}”，指{kind}“{name}”。",
        "kind_of": f"“{term}”以“{match.via}”结尾，那是{kind}“{name}”；请确认范围。",
        "broader": f"“{term}”是{kind}“{name}”中多个环节共有的上位名称。",
        "inside": f"“{term}”的大半是“{match.via}”，指{kind}“{name}”；请确认是否同一样。",
    }[match.how]
    verb = f"动词“{mention.term.verb}”。" if mention.term.verb else ""
    return said + verb + (f"全文共 {n_mentions} 处，取分量最重的一处。" if n_mentions > 1 else "")


def alias_proposals(reading: Reading, ids: set[str]) -> Iterator[AliasProposal]:
    """Yield other names of known segments and domains.

    Glosses in brackets, names that differ in a character or two, and names of a field with
    their words in another order.
    """
    for mention in reading.mentions:
        item = mention.item
        if mention.match is None and item is not None and item.name == mention.term.term:
            yield from _domain_alike(reading, mention, ids)
        glossed = gloss(mention.term.surface)
        if glossed is not None:
            yield from _glossed(reading, mention, glossed)
        elif mention.match is None and mention.term.role == "leaf" and mention.chain is not None:
            yield from _alike(reading, mention, ids)


def _domain_alike(reading: Reading, mention: Mention, ids: set[str]) -> Iterator[AliasProposal]:
    term = mention.term.term
    domain = None if reading.names.domain(term) else reading.names.domain_alike(term)
    if domain is None:
        return
    yield AliasProposal(
        id=proposal_id("alias", domain.id, normal(term)),
        summary=f"“{term}”作为重点领域“{domain.name}”（{domain.id}）的别名",
        reason=f"{mention.label}的“{term}”与该领域的一个名称用字相同或只差一两个字。",
        confidence=0.6,
        evidence=(mention.evidence(reading.extraction),),
        entry=NewAlias(
            target_kind="domain",
            target=domain.id,
            alias=term,
            citation=passage(reading, mention, domain.id, ids),
        ),
    )


def _glossed(reading: Reading, mention: Mention, names: tuple[str, str]) -> Iterator[AliasProposal]:
    """Yield the unknown one of two names that a bracket puts side by side."""
    found = [reading.names.match(name, mention.chain) for name in names]
    known = [m is not None and m.how == "same" and m.kind == "segment" for m in found]
    if known[0] == known[1] or any(
        m is not None for m, k in zip(found, known, strict=True) if not k
    ):
        return
    match = found[known.index(True)]
    alias = names[known.index(False)]
    if match is None or len(alias) < _SHORTEST_ALIAS:
        return
    yield AliasProposal(
        id=proposal_id("alias", match.id, normal(alias)),
        summary=f"“{alias}”作为环节“{match.name}”（{match.id}）的别名",
        reason=f"{mention.label}以括号注明两个名称同义：“{names[0]}”“{names[1]}”。",
        confidence=0.85,
        evidence=(mention.evidence(reading.extraction),),
        entry=NewAlias(target_kind="segment", target=match.id, alias=alias),
    )


def _alike(reading: Reading, mention: Mention, ids: set[str]) -> Iterator[AliasProposal]:
    term = mention.term.term
    segment = reading.names.alike(term, mention.chain)
    if segment is None:
        return
    yield AliasProposal(
        id=proposal_id("alias", segment.id, normal(term)),
        summary=f"“{term}”作为环节“{segment.name}”（{segment.id}）的别名",
        reason=f"{mention.label}的“{term}”与环节“{segment.name}”的一个名称只差一两个字；"
        "是同一样东西就采纳，不是就驳回。",
        confidence=0.5,
        evidence=(mention.evidence(reading.extraction),),
        entry=NewAlias(
            target_kind="segment",
            target=segment.id,
            alias=term,
            citation=passage(reading, mention, segment.id, ids),
        ),
    )
