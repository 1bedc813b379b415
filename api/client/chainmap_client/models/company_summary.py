from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="CompanySummary")


@_attrs_define
class CompanySummary:
    """A company of the roster, in short.

    Attributes:
        city (str):
        city_code (str):
        id (str):
        name (str): Registered name
        products (list[str]):
        province (str):
        segments (list[str]): Ids of the segments it is in, main segment first
        short_name (str):
        stock_code (None | str):
    """

    city: str
    city_code: str
    id: str
    name: str
    products: list[str]
    province: str
    segments: list[str]
    short_name: str
    stock_code: None | str

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        city_code = self.city_code

        id = self.id

        name = self.name

        products = self.products

        province = self.province

        segments = self.segments

        short_name = self.short_name

        stock_code: None | str
        stock_code = self.stock_code

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "city_code": city_code,
                "id": id,
                "name": name,
                "products": products,
                "province": province,
                "segments": segments,
                "short_name": short_name,
                "stock_code": stock_code,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        city_code = d.pop("city_code")

        id = d.pop("id")

        name = d.pop("name")

        products = cast(list[str], d.pop("products"))

        province = d.pop("province")

        segments = cast(list[str], d.pop("segments"))

        short_name = d.pop("short_name")

        def _parse_stock_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stock_code = _parse_stock_code(d.pop("stock_code"))

        company_summary = cls(
            city=city,
            city_code=city_code,
            id=id,
            name=name,
            products=products,
            province=province,
            segments=segments,
            short_name=short_name,
            stock_code=stock_code,
        )

        return company_summary
