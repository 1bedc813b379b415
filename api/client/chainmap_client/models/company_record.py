from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.company_placement import CompanyPlacement


T = TypeVar("T", bound="CompanyRecord")


@_attrs_define
class CompanyRecord:
    """A company of the roster.

    Attributes:
        city (str):
        city_code (str):
        founded_year (int | None):
        group_id (str):
        id (str):
        kinds (list[str]):
        listed_year (int | None):
        name (str): Registered name
        note (str):
        parent_id (None | str):
        placements (list[CompanyPlacement]):
        products (list[str]):
        province (str):
        segments (list[str]): Ids of the segments it is in, main segment first
        short_name (str):
        source (str): Where its facts can be checked
        stock_code (None | str):
    """

    city: str
    city_code: str
    founded_year: int | None
    group_id: str
    id: str
    kinds: list[str]
    listed_year: int | None
    name: str
    note: str
    parent_id: None | str
    placements: list[CompanyPlacement]
    products: list[str]
    province: str
    segments: list[str]
    short_name: str
    source: str
    stock_code: None | str

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        city_code = self.city_code

        founded_year: int | None
        founded_year = self.founded_year

        group_id = self.group_id

        id = self.id

        kinds = self.kinds

        listed_year: int | None
        listed_year = self.listed_year

        name = self.name

        note = self.note

        parent_id: None | str
        parent_id = self.parent_id

        placements = []
        for placements_item_data in self.placements:
            placements_item = placements_item_data.to_dict()
            placements.append(placements_item)

        products = self.products

        province = self.province

        segments = self.segments

        short_name = self.short_name

        source = self.source

        stock_code: None | str
        stock_code = self.stock_code

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "city_code": city_code,
                "founded_year": founded_year,
                "group_id": group_id,
                "id": id,
                "kinds": kinds,
                "listed_year": listed_year,
                "name": name,
                "note": note,
                "parent_id": parent_id,
                "placements": placements,
                "products": products,
                "province": province,
                "segments": segments,
                "short_name": short_name,
                "source": source,
                "stock_code": stock_code,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.company_placement import CompanyPlacement  # noqa: PLC0415

        d = dict(src_dict)
        city = d.pop("city")

        city_code = d.pop("city_code")

        def _parse_founded_year(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        founded_year = _parse_founded_year(d.pop("founded_year"))

        group_id = d.pop("group_id")

        id = d.pop("id")

        kinds = cast(list[str], d.pop("kinds"))

        def _parse_listed_year(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        listed_year = _parse_listed_year(d.pop("listed_year"))

        name = d.pop("name")

        note = d.pop("note")

        def _parse_parent_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        parent_id = _parse_parent_id(d.pop("parent_id"))

        placements = []
        _placements = d.pop("placements")
        for placements_item_data in _placements:
            placements_item = CompanyPlacement.from_dict(placements_item_data)

            placements.append(placements_item)

        products = cast(list[str], d.pop("products"))

        province = d.pop("province")

        segments = cast(list[str], d.pop("segments"))

        short_name = d.pop("short_name")

        source = d.pop("source")

        def _parse_stock_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stock_code = _parse_stock_code(d.pop("stock_code"))

        company_record = cls(
            city=city,
            city_code=city_code,
            founded_year=founded_year,
            group_id=group_id,
            id=id,
            kinds=kinds,
            listed_year=listed_year,
            name=name,
            note=note,
            parent_id=parent_id,
            placements=placements,
            products=products,
            province=province,
            segments=segments,
            short_name=short_name,
            source=source,
            stock_code=stock_code,
        )

        return company_record
