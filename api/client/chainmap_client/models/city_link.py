from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CityLink")


@_attrs_define
class CityLink:
    """Two cities that share a target (飞地): a company both are pushed counts once.

    Attributes:
        city (str):
        partner (str):
    """

    city: str
    partner: str

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        partner = self.partner

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "partner": partner,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        partner = d.pop("partner")

        city_link = cls(
            city=city,
            partner=partner,
        )

        return city_link
