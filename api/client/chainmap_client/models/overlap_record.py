from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="OverlapRecord")


@_attrs_define
class OverlapRecord:
    """How alike the lists are.

    Attributes:
        jaccard (float): Mean over pairs of cities, 0..1
        most_cities (int): Cities of the company pushed to most
        n_companies (int):
        shared (float): Share of places whose company another city is pushed too
    """

    jaccard: float
    most_cities: int
    n_companies: int
    shared: float

    def to_dict(self) -> dict[str, Any]:
        jaccard = self.jaccard

        most_cities = self.most_cities

        n_companies = self.n_companies

        shared = self.shared

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "jaccard": jaccard,
                "most_cities": most_cities,
                "n_companies": n_companies,
                "shared": shared,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        jaccard = d.pop("jaccard")

        most_cities = d.pop("most_cities")

        n_companies = d.pop("n_companies")

        shared = d.pop("shared")

        overlap_record = cls(
            jaccard=jaccard,
            most_cities=most_cities,
            n_companies=n_companies,
            shared=shared,
        )

        return overlap_record
