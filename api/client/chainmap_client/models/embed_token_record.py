from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="EmbedTokenRecord")


@_attrs_define
class EmbedTokenRecord:
    """A token for a page that embeds targets, gaps or a panorama.

    Attributes:
        chain_id (None | str):
        city_code (None | str):
        expires_at (datetime.datetime):
        origin (str):
        token (str): For the `token` attribute; a signed text, kept nowhere
    """

    chain_id: None | str
    city_code: None | str
    expires_at: datetime.datetime
    origin: str
    token: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        chain_id: None | str
        chain_id = self.chain_id

        city_code: None | str
        city_code = self.city_code

        expires_at = self.expires_at.isoformat()

        origin = self.origin

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "chain_id": chain_id,
                "city_code": city_code,
                "expires_at": expires_at,
                "origin": origin,
                "token": token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_chain_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain_id = _parse_chain_id(d.pop("chain_id"))

        def _parse_city_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        city_code = _parse_city_code(d.pop("city_code"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        origin = d.pop("origin")

        token = d.pop("token")

        embed_token_record = cls(
            chain_id=chain_id,
            city_code=city_code,
            expires_at=expires_at,
            origin=origin,
            token=token,
        )

        embed_token_record.additional_properties = d
        return embed_token_record

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
