from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Basis")


@_attrs_define
class Basis:
    """What a list rests on, so that it can be made again.

    Attributes:
        as_of (datetime.date): Day on which plans must be in force
        catalogue_version (None | str): Investment catalogue in use; null is none
        chain (None | str): Name of the chain asked for; null is all
        chain_id (None | str):
        city (str):
        city_code (str):
        code_version (str):
        coverage (str): What the data can and cannot see
        data_sha256 (str):
        edition (datetime.date): Day of the company roster
        enough_data (bool): False: too few companies to speak of the city's gaps
        include_expired (bool):
        may_act (bool): Whether the list may be acted on without a further check
        plans_in_force (list[str]): Titles of the plans that drive the score
        taxonomy_sha256 (str):
        chain_en (None | str | Unset): As `chain`, in English
        city_en (str | Unset): Empty in lists saved before it was told Default: ''.
    """

    as_of: datetime.date
    catalogue_version: None | str
    chain: None | str
    chain_id: None | str
    city: str
    city_code: str
    code_version: str
    coverage: str
    data_sha256: str
    edition: datetime.date
    enough_data: bool
    include_expired: bool
    may_act: bool
    plans_in_force: list[str]
    taxonomy_sha256: str
    chain_en: None | str | Unset = UNSET
    city_en: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        catalogue_version: None | str
        catalogue_version = self.catalogue_version

        chain: None | str
        chain = self.chain

        chain_id: None | str
        chain_id = self.chain_id

        city = self.city

        city_code = self.city_code

        code_version = self.code_version

        coverage = self.coverage

        data_sha256 = self.data_sha256

        edition = self.edition.isoformat()

        enough_data = self.enough_data

        include_expired = self.include_expired

        may_act = self.may_act

        plans_in_force = self.plans_in_force

        taxonomy_sha256 = self.taxonomy_sha256

        chain_en: None | str | Unset
        if isinstance(self.chain_en, Unset):
            chain_en = UNSET
        else:
            chain_en = self.chain_en

        city_en = self.city_en

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "catalogue_version": catalogue_version,
                "chain": chain,
                "chain_id": chain_id,
                "city": city,
                "city_code": city_code,
                "code_version": code_version,
                "coverage": coverage,
                "data_sha256": data_sha256,
                "edition": edition,
                "enough_data": enough_data,
                "include_expired": include_expired,
                "may_act": may_act,
                "plans_in_force": plans_in_force,
                "taxonomy_sha256": taxonomy_sha256,
            }
        )
        if chain_en is not UNSET:
            field_dict["chain_en"] = chain_en
        if city_en is not UNSET:
            field_dict["city_en"] = city_en

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        def _parse_catalogue_version(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        catalogue_version = _parse_catalogue_version(d.pop("catalogue_version"))

        def _parse_chain(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain = _parse_chain(d.pop("chain"))

        def _parse_chain_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain_id = _parse_chain_id(d.pop("chain_id"))

        city = d.pop("city")

        city_code = d.pop("city_code")

        code_version = d.pop("code_version")

        coverage = d.pop("coverage")

        data_sha256 = d.pop("data_sha256")

        edition = datetime.date.fromisoformat(d.pop("edition"))

        enough_data = d.pop("enough_data")

        include_expired = d.pop("include_expired")

        may_act = d.pop("may_act")

        plans_in_force = cast(list[str], d.pop("plans_in_force"))

        taxonomy_sha256 = d.pop("taxonomy_sha256")

        def _parse_chain_en(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        chain_en = _parse_chain_en(d.pop("chain_en", UNSET))

        city_en = d.pop("city_en", UNSET)

        basis = cls(
            as_of=as_of,
            catalogue_version=catalogue_version,
            chain=chain,
            chain_id=chain_id,
            city=city,
            city_code=city_code,
            code_version=code_version,
            coverage=coverage,
            data_sha256=data_sha256,
            edition=edition,
            enough_data=enough_data,
            include_expired=include_expired,
            may_act=may_act,
            plans_in_force=plans_in_force,
            taxonomy_sha256=taxonomy_sha256,
            chain_en=chain_en,
            city_en=city_en,
        )

        return basis
