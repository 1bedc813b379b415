from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.citation_record import CitationRecord


T = TypeVar("T", bound="CatalogueItemRecord")


@_attrs_define
class CatalogueItemRecord:
    """One thing a city wants to attract (目录条目).

    Attributes:
        chain (str):
        chain_id (str):
        citations (list[CitationRecord]):
        direction (str): What is to be attracted, in a sentence
        end_year (int | None): Null: as long as the catalogue
        id (str):
        incentive (str): Never drafted; text here needs fair-competition review
        kind (None | str): build, fill, strengthen or extend; null is undecided
        kind_zh (None | str):
        name (str):
        needs_review (bool): Whether fair-competition review is due (公平竞争审查)
        note (str):
        origin (str): draft, added or imported
        priority (None | str): high, middle or low; null is undecided
        priority_zh (None | str):
        reasons (list[str]):
        segment_id (str):
        sites (list[str]): Places of the city that plans assign the field to
        start_year (int):
        terms (list[str]): Ids of its admission terms
        wanted (list[str]): Kinds of company looked for
        wanted_zh (list[str]):
    """

    chain: str
    chain_id: str
    citations: list[CitationRecord]
    direction: str
    end_year: int | None
    id: str
    incentive: str
    kind: None | str
    kind_zh: None | str
    name: str
    needs_review: bool
    note: str
    origin: str
    priority: None | str
    priority_zh: None | str
    reasons: list[str]
    segment_id: str
    sites: list[str]
    start_year: int
    terms: list[str]
    wanted: list[str]
    wanted_zh: list[str]

    def to_dict(self) -> dict[str, Any]:
        chain = self.chain

        chain_id = self.chain_id

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        direction = self.direction

        end_year: int | None
        end_year = self.end_year

        id = self.id

        incentive = self.incentive

        kind: None | str
        kind = self.kind

        kind_zh: None | str
        kind_zh = self.kind_zh

        name = self.name

        needs_review = self.needs_review

        note = self.note

        origin = self.origin

        priority: None | str
        priority = self.priority

        priority_zh: None | str
        priority_zh = self.priority_zh

        reasons = self.reasons

        segment_id = self.segment_id

        sites = self.sites

        start_year = self.start_year

        terms = self.terms

        wanted = self.wanted

        wanted_zh = self.wanted_zh

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain": chain,
                "chain_id": chain_id,
                "citations": citations,
                "direction": direction,
                "end_year": end_year,
                "id": id,
                "incentive": incentive,
                "kind": kind,
                "kind_zh": kind_zh,
                "name": name,
                "needs_review": needs_review,
                "note": note,
                "origin": origin,
                "priority": priority,
                "priority_zh": priority_zh,
                "reasons": reasons,
                "segment_id": segment_id,
                "sites": sites,
                "start_year": start_year,
                "terms": terms,
                "wanted": wanted,
                "wanted_zh": wanted_zh,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citation_record import CitationRecord  # noqa: PLC0415

        d = dict(src_dict)
        chain = d.pop("chain")

        chain_id = d.pop("chain_id")

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        direction = d.pop("direction")

        def _parse_end_year(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        end_year = _parse_end_year(d.pop("end_year"))

        id = d.pop("id")

        incentive = d.pop("incentive")

        def _parse_kind(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        kind = _parse_kind(d.pop("kind"))

        def _parse_kind_zh(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        kind_zh = _parse_kind_zh(d.pop("kind_zh"))

        name = d.pop("name")

        needs_review = d.pop("needs_review")

        note = d.pop("note")

        origin = d.pop("origin")

        def _parse_priority(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        priority = _parse_priority(d.pop("priority"))

        def _parse_priority_zh(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        priority_zh = _parse_priority_zh(d.pop("priority_zh"))

        reasons = cast(list[str], d.pop("reasons"))

        segment_id = d.pop("segment_id")

        sites = cast(list[str], d.pop("sites"))

        start_year = d.pop("start_year")

        terms = cast(list[str], d.pop("terms"))

        wanted = cast(list[str], d.pop("wanted"))

        wanted_zh = cast(list[str], d.pop("wanted_zh"))

        catalogue_item_record = cls(
            chain=chain,
            chain_id=chain_id,
            citations=citations,
            direction=direction,
            end_year=end_year,
            id=id,
            incentive=incentive,
            kind=kind,
            kind_zh=kind_zh,
            name=name,
            needs_review=needs_review,
            note=note,
            origin=origin,
            priority=priority,
            priority_zh=priority_zh,
            reasons=reasons,
            segment_id=segment_id,
            sites=sites,
            start_year=start_year,
            terms=terms,
            wanted=wanted,
            wanted_zh=wanted_zh,
        )

        return catalogue_item_record
