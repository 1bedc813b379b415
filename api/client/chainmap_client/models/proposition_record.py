from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.citation_record import CitationRecord
    from ..models.proposition_term import PropositionTerm
    from ..models.size_record import SizeRecord
    from ..models.sponsor_record import SponsorRecord


T = TypeVar("T", bound="PropositionRecord")


@_attrs_define
class PropositionRecord:
    """A project proposition (项目建议) made from one catalogue item.

    Attributes:
        chain (str):
        chain_id (str):
        citations (list[CitationRecord]):
        direction (str):
        item_id (str):
        kind (None | str):
        kind_zh (str):
        period (str):
        priority (None | str):
        priority_zh (str):
        rank (int):
        reasons (list[str]):
        segment (str):
        segment_id (str):
        sites (list[str]): Places that plans assign the field to
        size (SizeRecord): How large a project a catalogue item looks for (规模区间), 万元.
        sponsor_note (str): Why there are none, where there are none
        sponsors (list[SponsorRecord]): Ranked; rank 1 first
        terms (list[PropositionTerm]):
        title (str):
        to_ask (list[str]): Terms whose value is unknown, and whom to ask
        wanted (list[str]): Kinds of targets looked for
    """

    chain: str
    chain_id: str
    citations: list[CitationRecord]
    direction: str
    item_id: str
    kind: None | str
    kind_zh: str
    period: str
    priority: None | str
    priority_zh: str
    rank: int
    reasons: list[str]
    segment: str
    segment_id: str
    sites: list[str]
    size: SizeRecord
    sponsor_note: str
    sponsors: list[SponsorRecord]
    terms: list[PropositionTerm]
    title: str
    to_ask: list[str]
    wanted: list[str]

    def to_dict(self) -> dict[str, Any]:
        chain = self.chain

        chain_id = self.chain_id

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        direction = self.direction

        item_id = self.item_id

        kind: None | str
        kind = self.kind

        kind_zh = self.kind_zh

        period = self.period

        priority: None | str
        priority = self.priority

        priority_zh = self.priority_zh

        rank = self.rank

        reasons = self.reasons

        segment = self.segment

        segment_id = self.segment_id

        sites = self.sites

        size = self.size.to_dict()

        sponsor_note = self.sponsor_note

        sponsors = []
        for sponsors_item_data in self.sponsors:
            sponsors_item = sponsors_item_data.to_dict()
            sponsors.append(sponsors_item)

        terms = []
        for terms_item_data in self.terms:
            terms_item = terms_item_data.to_dict()
            terms.append(terms_item)

        title = self.title

        to_ask = self.to_ask

        wanted = self.wanted

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain": chain,
                "chain_id": chain_id,
                "citations": citations,
                "direction": direction,
                "item_id": item_id,
                "kind": kind,
                "kind_zh": kind_zh,
                "period": period,
                "priority": priority,
                "priority_zh": priority_zh,
                "rank": rank,
                "reasons": reasons,
                "segment": segment,
                "segment_id": segment_id,
                "sites": sites,
                "size": size,
                "sponsor_note": sponsor_note,
                "sponsors": sponsors,
                "terms": terms,
                "title": title,
                "to_ask": to_ask,
                "wanted": wanted,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citation_record import CitationRecord  # noqa: PLC0415
        from ..models.proposition_term import PropositionTerm  # noqa: PLC0415
        from ..models.size_record import SizeRecord  # noqa: PLC0415
        from ..models.sponsor_record import SponsorRecord  # noqa: PLC0415

        d = dict(src_dict)
        chain = d.pop("chain")

        chain_id = d.pop("chain_id")

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        direction = d.pop("direction")

        item_id = d.pop("item_id")

        def _parse_kind(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        kind = _parse_kind(d.pop("kind"))

        kind_zh = d.pop("kind_zh")

        period = d.pop("period")

        def _parse_priority(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        priority = _parse_priority(d.pop("priority"))

        priority_zh = d.pop("priority_zh")

        rank = d.pop("rank")

        reasons = cast(list[str], d.pop("reasons"))

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        sites = cast(list[str], d.pop("sites"))

        size = SizeRecord.from_dict(d.pop("size"))

        sponsor_note = d.pop("sponsor_note")

        sponsors = []
        _sponsors = d.pop("sponsors")
        for sponsors_item_data in _sponsors:
            sponsors_item = SponsorRecord.from_dict(sponsors_item_data)

            sponsors.append(sponsors_item)

        terms = []
        _terms = d.pop("terms")
        for terms_item_data in _terms:
            terms_item = PropositionTerm.from_dict(terms_item_data)

            terms.append(terms_item)

        title = d.pop("title")

        to_ask = cast(list[str], d.pop("to_ask"))

        wanted = cast(list[str], d.pop("wanted"))

        proposition_record = cls(
            chain=chain,
            chain_id=chain_id,
            citations=citations,
            direction=direction,
            item_id=item_id,
            kind=kind,
            kind_zh=kind_zh,
            period=period,
            priority=priority,
            priority_zh=priority_zh,
            rank=rank,
            reasons=reasons,
            segment=segment,
            segment_id=segment_id,
            sites=sites,
            size=size,
            sponsor_note=sponsor_note,
            sponsors=sponsors,
            terms=terms,
            title=title,
            to_ask=to_ask,
            wanted=wanted,
        )

        return proposition_record
