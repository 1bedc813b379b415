from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ChainSummary")


@_attrs_define
class ChainSummary:
    """An industry chain (产业链), in short.

    Attributes:
        id (str):
        n_companies (int): Companies of the roster counted in one of its segments, each once: those that make or develop
            and, in a segment that is a service, serve; never whoever only trades. `searchCompanies` with `chain` lists
            every role, so that it may find more
        n_groups (int):
        n_segments (int):
        name (str):
        name_en (str):
        summary (str):
    """

    id: str
    n_companies: int
    n_groups: int
    n_segments: int
    name: str
    name_en: str
    summary: str

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        n_companies = self.n_companies

        n_groups = self.n_groups

        n_segments = self.n_segments

        name = self.name

        name_en = self.name_en

        summary = self.summary

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "n_companies": n_companies,
                "n_groups": n_groups,
                "n_segments": n_segments,
                "name": name,
                "name_en": name_en,
                "summary": summary,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        n_companies = d.pop("n_companies")

        n_groups = d.pop("n_groups")

        n_segments = d.pop("n_segments")

        name = d.pop("name")

        name_en = d.pop("name_en")

        summary = d.pop("summary")

        chain_summary = cls(
            id=id,
            n_companies=n_companies,
            n_groups=n_groups,
            n_segments=n_segments,
            name=name,
            name_en=name_en,
            summary=summary,
        )

        return chain_summary
