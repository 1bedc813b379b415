from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.citation_record import CitationRecord


T = TypeVar("T", bound="SegmentRecord")


@_attrs_define
class SegmentRecord:
    """A segment (环节) of an industry chain.

    Attributes:
        aliases (list[str]):
        chain_id (str):
        citations (list[CitationRecord]):
        definition (str):
        emerging_codes (list[str]): 战略性新兴产业分类(2018) codes
        excludes (list[str]):
        group (str):
        group_id (str):
        id (str):
        industry_codes (list[str]): GB/T 4754-2017 classes
        kind (str): product or service
        n_companies (int): Companies of the roster that make or develop it or, where it is a service, serve it; whoever
            only trades in it never counts. A segment's `companies` and `searchCompanies` list every role, so that they may
            be longer
        name (str):
        name_en (str):
        stage (str): upstream, midstream, downstream or support
        suppliers (list[str]): Segments that supply it
        terms (list[str]):
        users (list[str]): Segments it supplies
    """

    aliases: list[str]
    chain_id: str
    citations: list[CitationRecord]
    definition: str
    emerging_codes: list[str]
    excludes: list[str]
    group: str
    group_id: str
    id: str
    industry_codes: list[str]
    kind: str
    n_companies: int
    name: str
    name_en: str
    stage: str
    suppliers: list[str]
    terms: list[str]
    users: list[str]

    def to_dict(self) -> dict[str, Any]:
        aliases = self.aliases

        chain_id = self.chain_id

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        definition = self.definition

        emerging_codes = self.emerging_codes

        excludes = self.excludes

        group = self.group

        group_id = self.group_id

        id = self.id

        industry_codes = self.industry_codes

        kind = self.kind

        n_companies = self.n_companies

        name = self.name

        name_en = self.name_en

        stage = self.stage

        suppliers = self.suppliers

        terms = self.terms

        users = self.users

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "aliases": aliases,
                "chain_id": chain_id,
                "citations": citations,
                "definition": definition,
                "emerging_codes": emerging_codes,
                "excludes": excludes,
                "group": group,
                "group_id": group_id,
                "id": id,
                "industry_codes": industry_codes,
                "kind": kind,
                "n_companies": n_companies,
                "name": name,
                "name_en": name_en,
                "stage": stage,
                "suppliers": suppliers,
                "terms": terms,
                "users": users,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citation_record import CitationRecord  # noqa: PLC0415

        d = dict(src_dict)
        aliases = cast(list[str], d.pop("aliases"))

        chain_id = d.pop("chain_id")

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        definition = d.pop("definition")

        emerging_codes = cast(list[str], d.pop("emerging_codes"))

        excludes = cast(list[str], d.pop("excludes"))

        group = d.pop("group")

        group_id = d.pop("group_id")

        id = d.pop("id")

        industry_codes = cast(list[str], d.pop("industry_codes"))

        kind = d.pop("kind")

        n_companies = d.pop("n_companies")

        name = d.pop("name")

        name_en = d.pop("name_en")

        stage = d.pop("stage")

        suppliers = cast(list[str], d.pop("suppliers"))

        terms = cast(list[str], d.pop("terms"))

        users = cast(list[str], d.pop("users"))

        segment_record = cls(
            aliases=aliases,
            chain_id=chain_id,
            citations=citations,
            definition=definition,
            emerging_codes=emerging_codes,
            excludes=excludes,
            group=group,
            group_id=group_id,
            id=id,
            industry_codes=industry_codes,
            kind=kind,
            n_companies=n_companies,
            name=name,
            name_en=name_en,
            stage=stage,
            suppliers=suppliers,
            terms=terms,
            users=users,
        )

        return segment_record
