from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CityRecord")


@_attrs_define
class CityRecord:
    """A prefecture-level city.

    Attributes:
        code (str): GB/T 2260
        lat (float):
        lon (float):
        n_companies (int):
        name (str):
        name_en (str):
        province (str):
        short_name (str):
    """

    code: str
    lat: float
    lon: float
    n_companies: int
    name: str
    name_en: str
    province: str
    short_name: str

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        lat = self.lat

        lon = self.lon

        n_companies = self.n_companies

        name = self.name

        name_en = self.name_en

        province = self.province

        short_name = self.short_name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code": code,
                "lat": lat,
                "lon": lon,
                "n_companies": n_companies,
                "name": name,
                "name_en": name_en,
                "province": province,
                "short_name": short_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        lat = d.pop("lat")

        lon = d.pop("lon")

        n_companies = d.pop("n_companies")

        name = d.pop("name")

        name_en = d.pop("name_en")

        province = d.pop("province")

        short_name = d.pop("short_name")

        city_record = cls(
            code=code,
            lat=lat,
            lon=lon,
            n_companies=n_companies,
            name=name,
            name_en=name_en,
            province=province,
            short_name=short_name,
        )

        return city_record
