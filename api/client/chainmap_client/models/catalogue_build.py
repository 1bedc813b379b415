from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CatalogueBuild")


@_attrs_define
class CatalogueBuild:
    """A catalogue (招商目录) to be drafted.

    Attributes:
        city (str):
        per_chain (int | None | Unset): Most items per chain
        year (int | None | Unset):
    """

    city: str
    per_chain: int | None | Unset = UNSET
    year: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        per_chain: int | None | Unset
        if isinstance(self.per_chain, Unset):
            per_chain = UNSET
        else:
            per_chain = self.per_chain

        year: int | None | Unset
        if isinstance(self.year, Unset):
            year = UNSET
        else:
            year = self.year

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
            }
        )
        if per_chain is not UNSET:
            field_dict["per_chain"] = per_chain
        if year is not UNSET:
            field_dict["year"] = year

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        def _parse_per_chain(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        per_chain = _parse_per_chain(d.pop("per_chain", UNSET))

        def _parse_year(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        year = _parse_year(d.pop("year", UNSET))

        catalogue_build = cls(
            city=city,
            per_chain=per_chain,
            year=year,
        )

        return catalogue_build
