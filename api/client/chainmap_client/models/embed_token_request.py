from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="EmbedTokenRequest")


@_attrs_define
class EmbedTokenRequest:
    """What a token is to open.

    Attributes:
        origin (str): Web origin of the page, one of the key's
        chain (None | str | Unset): Only this chain
        city (None | str | Unset): Only this city
        minutes (int | Unset):  Default: 15.
    """

    origin: str
    chain: None | str | Unset = UNSET
    city: None | str | Unset = UNSET
    minutes: int | Unset = 15

    def to_dict(self) -> dict[str, Any]:
        origin = self.origin

        chain: None | str | Unset
        if isinstance(self.chain, Unset):
            chain = UNSET
        else:
            chain = self.chain

        city: None | str | Unset
        if isinstance(self.city, Unset):
            city = UNSET
        else:
            city = self.city

        minutes = self.minutes

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "origin": origin,
            }
        )
        if chain is not UNSET:
            field_dict["chain"] = chain
        if city is not UNSET:
            field_dict["city"] = city
        if minutes is not UNSET:
            field_dict["minutes"] = minutes

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        origin = d.pop("origin")

        def _parse_chain(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        chain = _parse_chain(d.pop("chain", UNSET))

        def _parse_city(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        city = _parse_city(d.pop("city", UNSET))

        minutes = d.pop("minutes", UNSET)

        embed_token_request = cls(
            origin=origin,
            chain=chain,
            city=city,
            minutes=minutes,
        )

        return embed_token_request
