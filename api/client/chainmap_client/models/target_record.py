from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.citation_record import CitationRecord
    from ..models.target_record_evidence import TargetRecordEvidence
    from ..models.target_record_parts import TargetRecordParts


T = TypeVar("T", bound="TargetRecord")


@_attrs_define
class TargetRecord:
    """One target (招商目标企业) of a ranked list.

    Attributes:
        catalogue_item (None | str): Item of the catalogue in use; null is none
        chance (float): Calibrated chance that it opens a site for this here
        citations (list[CitationRecord]):
        company (str): Registered name
        company_id (str):
        counter_evidence (list[str]): What speaks against it, or is not known
        distance_km (float):
        evidence (TargetRecordEvidence): How each family is known: recorded, computed, inferred, searched_none,
            not_searched, to_ask
        expands (float): Calibrated chance of a site in any other city
        gap_kind (str):
        gap_kind_zh (str):
        goes_there (float): Share of that which is this city's
        home_city (str):
        home_city_code (str):
        home_province (str):
        made_segment (str): The segment it is in today
        made_segment_id (str):
        makes (float): Calibrated chance that it makes the segment
        parts (TargetRecordParts): What each family adds over the median candidate; below 0 it takes away
        products (list[str]):
        rank (int):
        rank_high (int): Upper end of the rank's 90% interval
        rank_low (int): Lower end of the rank's 90% interval
        reasons (list[str]):
        role (str):
        score (float): How far above the city's median candidate, in natural logarithms: 0.7 more is about twice as
            likely. The sum of the parts
        segment (str): The gap it would fill
        segment_id (str):
        short_name (str):
        source (str): Where the company's facts can be checked
        stock_code (None | str):
        terms_met (int): Binding terms of the item that are known to be met
        terms_unknown (int): Binding terms that have to be asked about
        usual_chance (float): Mean chance of the candidate companies of its chain
        wanted_met (list[str]): Kinds of target the item asks for and it is
        reason_families (list[str] | Unset): Family of each reason, in the same order; mode where it is the mode's
            ground
    """

    catalogue_item: None | str
    chance: float
    citations: list[CitationRecord]
    company: str
    company_id: str
    counter_evidence: list[str]
    distance_km: float
    evidence: TargetRecordEvidence
    expands: float
    gap_kind: str
    gap_kind_zh: str
    goes_there: float
    home_city: str
    home_city_code: str
    home_province: str
    made_segment: str
    made_segment_id: str
    makes: float
    parts: TargetRecordParts
    products: list[str]
    rank: int
    rank_high: int
    rank_low: int
    reasons: list[str]
    role: str
    score: float
    segment: str
    segment_id: str
    short_name: str
    source: str
    stock_code: None | str
    terms_met: int
    terms_unknown: int
    usual_chance: float
    wanted_met: list[str]
    reason_families: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        catalogue_item: None | str
        catalogue_item = self.catalogue_item

        chance = self.chance

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        company = self.company

        company_id = self.company_id

        counter_evidence = self.counter_evidence

        distance_km = self.distance_km

        evidence = self.evidence.to_dict()

        expands = self.expands

        gap_kind = self.gap_kind

        gap_kind_zh = self.gap_kind_zh

        goes_there = self.goes_there

        home_city = self.home_city

        home_city_code = self.home_city_code

        home_province = self.home_province

        made_segment = self.made_segment

        made_segment_id = self.made_segment_id

        makes = self.makes

        parts = self.parts.to_dict()

        products = self.products

        rank = self.rank

        rank_high = self.rank_high

        rank_low = self.rank_low

        reasons = self.reasons

        role = self.role

        score = self.score

        segment = self.segment

        segment_id = self.segment_id

        short_name = self.short_name

        source = self.source

        stock_code: None | str
        stock_code = self.stock_code

        terms_met = self.terms_met

        terms_unknown = self.terms_unknown

        usual_chance = self.usual_chance

        wanted_met = self.wanted_met

        reason_families: list[str] | Unset = UNSET
        if not isinstance(self.reason_families, Unset):
            reason_families = self.reason_families

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "catalogue_item": catalogue_item,
                "chance": chance,
                "citations": citations,
                "company": company,
                "company_id": company_id,
                "counter_evidence": counter_evidence,
                "distance_km": distance_km,
                "evidence": evidence,
                "expands": expands,
                "gap_kind": gap_kind,
                "gap_kind_zh": gap_kind_zh,
                "goes_there": goes_there,
                "home_city": home_city,
                "home_city_code": home_city_code,
                "home_province": home_province,
                "made_segment": made_segment,
                "made_segment_id": made_segment_id,
                "makes": makes,
                "parts": parts,
                "products": products,
                "rank": rank,
                "rank_high": rank_high,
                "rank_low": rank_low,
                "reasons": reasons,
                "role": role,
                "score": score,
                "segment": segment,
                "segment_id": segment_id,
                "short_name": short_name,
                "source": source,
                "stock_code": stock_code,
                "terms_met": terms_met,
                "terms_unknown": terms_unknown,
                "usual_chance": usual_chance,
                "wanted_met": wanted_met,
            }
        )
        if reason_families is not UNSET:
            field_dict["reason_families"] = reason_families

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citation_record import CitationRecord  # noqa: PLC0415
        from ..models.target_record_evidence import TargetRecordEvidence  # noqa: PLC0415
        from ..models.target_record_parts import TargetRecordParts  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_catalogue_item(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        catalogue_item = _parse_catalogue_item(d.pop("catalogue_item"))

        chance = d.pop("chance")

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        company = d.pop("company")

        company_id = d.pop("company_id")

        counter_evidence = cast(list[str], d.pop("counter_evidence"))

        distance_km = d.pop("distance_km")

        evidence = TargetRecordEvidence.from_dict(d.pop("evidence"))

        expands = d.pop("expands")

        gap_kind = d.pop("gap_kind")

        gap_kind_zh = d.pop("gap_kind_zh")

        goes_there = d.pop("goes_there")

        home_city = d.pop("home_city")

        home_city_code = d.pop("home_city_code")

        home_province = d.pop("home_province")

        made_segment = d.pop("made_segment")

        made_segment_id = d.pop("made_segment_id")

        makes = d.pop("makes")

        parts = TargetRecordParts.from_dict(d.pop("parts"))

        products = cast(list[str], d.pop("products"))

        rank = d.pop("rank")

        rank_high = d.pop("rank_high")

        rank_low = d.pop("rank_low")

        reasons = cast(list[str], d.pop("reasons"))

        role = d.pop("role")

        score = d.pop("score")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        short_name = d.pop("short_name")

        source = d.pop("source")

        def _parse_stock_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stock_code = _parse_stock_code(d.pop("stock_code"))

        terms_met = d.pop("terms_met")

        terms_unknown = d.pop("terms_unknown")

        usual_chance = d.pop("usual_chance")

        wanted_met = cast(list[str], d.pop("wanted_met"))

        reason_families = cast(list[str], d.pop("reason_families", UNSET))

        target_record = cls(
            catalogue_item=catalogue_item,
            chance=chance,
            citations=citations,
            company=company,
            company_id=company_id,
            counter_evidence=counter_evidence,
            distance_km=distance_km,
            evidence=evidence,
            expands=expands,
            gap_kind=gap_kind,
            gap_kind_zh=gap_kind_zh,
            goes_there=goes_there,
            home_city=home_city,
            home_city_code=home_city_code,
            home_province=home_province,
            made_segment=made_segment,
            made_segment_id=made_segment_id,
            makes=makes,
            parts=parts,
            products=products,
            rank=rank,
            rank_high=rank_high,
            rank_low=rank_low,
            reasons=reasons,
            role=role,
            score=score,
            segment=segment,
            segment_id=segment_id,
            short_name=short_name,
            source=source,
            stock_code=stock_code,
            terms_met=terms_met,
            terms_unknown=terms_unknown,
            usual_chance=usual_chance,
            wanted_met=wanted_met,
            reason_families=reason_families,
        )

        return target_record
