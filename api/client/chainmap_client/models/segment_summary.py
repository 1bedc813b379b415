from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="SegmentSummary")


@_attrs_define
class SegmentSummary:
    """A segment (环节), in short.

    Attributes:
        chain (str):
        chain_id (str):
        group (str):
        id (str):
        kind (str):
        n_citations (int):
        n_companies (int): Counted as in `SegmentRecord`
        name (str):
        name_en (str):
        stage (str):
    """

    chain: str
    chain_id: str
    group: str
    id: str
    kind: str
    n_citations: int
    n_companies: int
    name: str
    name_en: str
    stage: str

    def to_dict(self) -> dict[str, Any]:
        chain = self.chain

        chain_id = self.chain_id

        group = self.group

        id = self.id

        kind = self.kind

        n_citations = self.n_citations

        n_companies = self.n_companies

        name = self.name

        name_en = self.name_en

        stage = self.stage

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain": chain,
                "chain_id": chain_id,
                "group": group,
                "id": id,
                "kind": kind,
                "n_citations": n_citations,
                "n_companies": n_companies,
                "name": name,
                "name_en": name_en,
                "stage": stage,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chain = d.pop("chain")

        chain_id = d.pop("chain_id")

        group = d.pop("group")

        id = d.pop("id")

        kind = d.pop("kind")

        n_citations = d.pop("n_citations")

        n_companies = d.pop("n_companies")

        name = d.pop("name")

        name_en = d.pop("name_en")

        stage = d.pop("stage")

        segment_summary = cls(
            chain=chain,
            chain_id=chain_id,
            group=group,
            id=id,
            kind=kind,
            n_citations=n_citations,
            n_companies=n_companies,
            name=name,
            name_en=name_en,
            stage=stage,
        )

        return segment_summary
