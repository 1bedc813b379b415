from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="HoldingCity")


@_attrs_define
class HoldingCity:
    """A city that has the segment.

    Attributes:
        city (str):
        city_code (str):
        distance_km (float):
        n_companies (int):
        state (str):
    """

    city: str
    city_code: str
    distance_km: float
    n_companies: int
    state: str

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        city_code = self.city_code

        distance_km = self.distance_km

        n_companies = self.n_companies

        state = self.state

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "city_code": city_code,
                "distance_km": distance_km,
                "n_companies": n_companies,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        city_code = d.pop("city_code")

        distance_km = d.pop("distance_km")

        n_companies = d.pop("n_companies")

        state = d.pop("state")

        holding_city = cls(
            city=city,
            city_code=city_code,
            distance_km=distance_km,
            n_companies=n_companies,
            state=state,
        )

        return holding_city
