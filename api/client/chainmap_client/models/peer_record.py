from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="PeerRecord")


@_attrs_define
class PeerRecord:
    """The cities the city is compared with.

    Attributes:
        cities (list[str]):
        city_codes (list[str]):
        scheme (str): province, size, similar or codes
        scheme_zh (str):
    """

    cities: list[str]
    city_codes: list[str]
    scheme: str
    scheme_zh: str

    def to_dict(self) -> dict[str, Any]:
        cities = self.cities

        city_codes = self.city_codes

        scheme = self.scheme

        scheme_zh = self.scheme_zh

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cities": cities,
                "city_codes": city_codes,
                "scheme": scheme,
                "scheme_zh": scheme_zh,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cities = cast(list[str], d.pop("cities"))

        city_codes = cast(list[str], d.pop("city_codes"))

        scheme = d.pop("scheme")

        scheme_zh = d.pop("scheme_zh")

        peer_record = cls(
            cities=cities,
            city_codes=city_codes,
            scheme=scheme,
            scheme_zh=scheme_zh,
        )

        return peer_record
