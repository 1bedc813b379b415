"""New things: leaf terms no segment answers to, unnamed fields, unplaced verbs, positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chainmap.chains.names import normal
from chainmap.concepts.policy import Position
from chainmap.concepts.proposal import (
    DomainProposal,
    Evidence,
    NewDomain,
    NewPosition,
    NewSegment,
    NewVerb,
    PositionProposal,
    SegmentProposal,
    VerbProposal,
)
from chainmap.concepts.register import PositionFact
from chainmap.extraction.citing import Reading, passage
from chainmap.extraction.identity import proposal_id
from chainmap.extraction.lexicon import ABSTRACT, GENERIC, HEAD_END, HEADS
from chainmap.extraction.mentions import Mention
from chainmap.extraction.registration import slug

_BOXED = ("zhuanlan", "key_area")
_FIELDS = ("zhuanlan", "key_area", "enumeration")
_LONGEST = 12  # a longer term is a phrase: an expert would name the segment otherwise
_NO_SEGMENT = re.compile(
    r"(?:平台|基地|中心|工程|专项|项目|集群|园区|企业|机构|体系|行动|人才|标准|模式|产业链|业务|试验|方案|场景|示范|应用"
    r"|产业|行业|领域|经济|研究|理论|方法|机理|攻关|生产线)$"
)
_NO_FIELD = re.compile(r"^\d+个|(?:科学|专项|城|区|园|基地|走廊|中心|平台|项目|工程)$")
_JOINED = re.compile(r"[、,，;；。:：和及与或的]|以及|为主|等$")
_EMPTY_LEAD = re.compile(
    r"^(?:配套|相关|其他|其它|关键|核心|专用|大型|新型|创新型?|高端|智能化?|先进|高性能)+"
)
_ONLY_HEADS = re.compile(rf"(?:{HEADS})*")
_STRONG = ("突破", "攻克", "攻关", "研发", "研制", "培育", "引进", "发展", "做强", "壮大", "布局")
_MIDDLE_CLASS = "middle"
_LEAST_SURE = 0.45  # below it an expert rejected nearly all on the five documents read
_FEW_EVIDENCE = 5
_FEWEST_USES = 2  # a verb used once may be a slip of the reader


def segment_proposals(reading: Reading, ids: set[str]) -> Iterator[SegmentProposal]:
    """Yield a segment for each product or technology of a drawn chain that nothing answers to.

    Only leaf terms in boxes and key areas, short, ending in a noun for something made or done,
    and in a place whose chain is known. Links, definition and English name are left open.
    """
    for mention in reading.mentions:
        chain_id = mention.chain
        if chain_id is None or mention.match is not None or not _names_a_thing(mention):
            continue
        name = mention.term.term
        if reading.names.domain(name) or reading.names.domain_alike(name):
            continue
        if reading.names.alike(name, chain_id) is not None or _ends_in_chain(name, reading):
            continue
        if _curated_already(mention, reading):
            continue
        proposal = _segment(reading, mention, chain_id, ids)
        if proposal.confidence >= _LEAST_SURE:
            yield proposal


def _segment(reading: Reading, mention: Mention, chain_id: str, ids: set[str]) -> SegmentProposal:
    name = mention.term.term
    group, nearest, share = reading.names.nearest_group(name, chain_id)
    chain = reading.library.chains[chain_id]
    prefix = group.split("-", 1)[0]
    segment_id = f"{prefix}-{slug(name)}"
    group_name = reading.library.groups[group].name
    verb = mention.term.verb or ""
    confidence = 0.35 + 0.15 * (mention.box.kind == "zhuanlan") + 0.2 * share
    confidence += 0.1 * any(word in verb for word in _STRONG)
    return SegmentProposal(
        id=proposal_id("segment", chain_id, normal(name)),
        summary=f"{chain.name}链增加环节“{name}”（建议编号 {segment_id}）",
        reason=f"{mention.label}点名“{name}”，{chain.name}链中没有环节对应它。"
        f"建议归入板块“{group_name}”：其中“{nearest}”的名称与它最近（相似度 {share:.2f}）。"
        "也可能只是某个现有环节的另一种说法，那样请驳回本条、给该环节加别名。",
        confidence=round(min(confidence, 0.8), 2),
        fill=("id", "name_en", "definition", "supplies", "supplied_by", "industry_codes"),
        evidence=(mention.evidence(reading.extraction),),
        entry=NewSegment(
            chain=chain_id,
            id=segment_id,
            name=name,
            name_en="",
            group=group,
            definition="",
            citations=(passage(reading, mention, segment_id, ids),),
        ),
    )


def _curated_already(mention: Mention, reading: Reading) -> bool:
    """Return whether a passage in `citations.yml` names the term here: an expert has placed it."""
    wanted, term = normal(mention.term.term), mention.term
    return any(
        any(wanted in normal(name) for name in known.names)
        for known in reading.library.citations.values()
        if known.document == reading.document_id
        and known.start <= term.start
        and term.end <= known.end
    )


def _ends_in_chain(name: str, reading: Reading) -> bool:
    """Return whether a term only narrows a whole chain (航空新材料): a field, not a segment."""
    return any(name.endswith(chain.name) for chain in reading.library.chains.values())


def _names_a_thing(mention: Mention) -> bool:
    term = mention.term
    return (
        term.role == "leaf"
        and mention.box.kind in _BOXED
        and 3 <= len(term.term) <= _LONGEST
        and HEAD_END.search(term.term) is not None
        and _reads_as_name(term.term)
    )


def _reads_as_name(text: str) -> bool:
    return not (
        _NO_SEGMENT.search(text)
        or _JOINED.search(text)
        or ABSTRACT.search(text)
        or GENERIC.fullmatch(text)
        or _ONLY_HEADS.fullmatch(_EMPTY_LEAD.sub("", normal(text)))
    )


def domain_proposals(reading: Reading) -> Iterator[DomainProposal]:
    """Yield a domain for each field that a box or an enumeration names and nothing answers to.

    Item names only: they are what a document itself sets up as a field; inferred ones are not.
    """
    for mention in reading.mentions:
        item, term = mention.item, mention.term
        if item is None or item.inferred or item.name != term.term or mention.match is not None:
            continue
        if mention.box.kind not in _FIELDS or not 3 <= len(term.term) <= _LONGEST:
            continue
        if _JOINED.search(term.term) or ABSTRACT.search(term.term):
            continue
        if GENERIC.fullmatch(term.term) or _NO_FIELD.search(term.term):
            continue
        if reading.names.domain(term.term) or reading.names.domain_alike(term.term):
            continue
        years = reading.extraction.document.period
        yield DomainProposal(
            id=proposal_id("domain", normal(term.term)),
            summary=f"增加重点领域“{term.term}”（待绘制）",
            reason=f"{mention.label}把“{term.term}”列为一个领域，domains.yml 没有同名或同义的。"
            "若与已有领域同义，请驳回本条、在该领域加别名。",
            confidence=0.6 if mention.box.kind == "zhuanlan" else 0.5,
            fill=("id", "name_en"),
            evidence=(mention.evidence(reading.extraction),),
            entry=NewDomain(
                id=slug(term.term),
                name=term.term,
                name_en="",
                documents=(reading.document_id,),
                note=f"{reading.document_id} {mention.label}；规划期至{years.end or '未写'}年。",
            ),
        )


def verb_proposals(reading: Reading) -> Iterator[VerbProposal]:
    """Yield one proposal per governing verb that the wording table does not place."""
    unknown: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        verb = mention.term.verb
        if verb and not reading.library.wording.knows(verb):
            unknown.setdefault(verb, []).append(mention)
    classes = {c.id: c for c in reading.library.wording.classes}
    middle = classes.get(_MIDDLE_CLASS) or next(iter(classes.values()), None)
    for verb, mentions in unknown.items():
        if middle is None or len(mentions) < _FEWEST_USES:
            continue
        yield VerbProposal(
            id=proposal_id("verb", verb),
            summary=f"措辞表增加动词“{verb}”，建议归入“{middle.name}”档",
            reason=f"全文有 {len(mentions)} 个术语由“{verb}”支配，措辞表没有收它，"
            "现按“未列动词”计强度；档次请专家定，必要时改 strength_class。",
            confidence=0.4,
            fill=("strength_class",),
            evidence=tuple(m.evidence(reading.extraction) for m in mentions[:_FEW_EVIDENCE]),
            entry=NewVerb(verb=verb, strength_class=middle.id),
        )


def position_proposals(
    reading: Reading, registered: Sequence[PositionFact]
) -> Iterator[PositionProposal]:
    """Yield the fields that the document assigns to places with a code, unless registered.

    Places without a code cannot be matched to a city, roles without fields say nothing about a
    chain, and what a plan says of its own place its citations say already: none is proposed.
    """
    own = reading.extraction.document.region
    known = [p for p in registered if p.document == reading.document_id]
    for position in reading.extraction.positions:
        if position.code is None or not position.terms:
            continue
        if own is not None and position.code == own.code and position.place == own.name:
            continue
        if any(p.start < position.end and position.start < p.end for p in known):
            continue
        yield _position(reading, position)


def _position(reading: Reading, position: Position) -> PositionProposal:
    document = reading.extraction.document
    fields = "、".join(position.terms)
    evidence = Evidence(
        document=document.sha256,
        file=document.file,
        box="布局",
        start=position.start,
        end=position.end,
        surface=position.place,
    )
    return PositionProposal(
        id=proposal_id("position", document.sha256, position.place, position.start),
        summary=f"{reading.document_id} 给“{position.place}”布局：{fields}",
        reason="原文把这些领域布局在该地；采纳后计入当地的政策权重。请核对地名代码和领域是否读全。",
        confidence=0.6,
        evidence=(evidence,),
        entry=NewPosition(
            id=f"{reading.document_id}-at-{position.start}",
            document=reading.document_id,
            start=position.start,
            end=position.end,
            place=position.place,
            code=position.code,
            admin_level=position.admin_level,
            terms=position.terms,
        ),
    )
