from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="CatalogueVersion")


@_attrs_define
class CatalogueVersion:
    """One version of a city's catalogue, without its items.

    Attributes:
        approved_by (None | str): An office, never a person
        approved_on (datetime.date | None):
        approved_why (str):
        based_on (None | str): Version it was made from
        bundled (bool): Whether it came with the program
        city (str):
        city_code (str):
        content_sha256 (str): Hash of what it says, whatever its standing
        in_use (bool): Whether targets are weighed by it
        label (str):
        n_items (int):
        status (str): draft or approved
        version (str): Its name within the city, such as 2026-v1
        version_name (str): The name everything downstream states
        year (int):
    """

    approved_by: None | str
    approved_on: datetime.date | None
    approved_why: str
    based_on: None | str
    bundled: bool
    city: str
    city_code: str
    content_sha256: str
    in_use: bool
    label: str
    n_items: int
    status: str
    version: str
    version_name: str
    year: int

    def to_dict(self) -> dict[str, Any]:
        approved_by: None | str
        approved_by = self.approved_by

        approved_on: None | str
        if isinstance(self.approved_on, datetime.date):
            approved_on = self.approved_on.isoformat()
        else:
            approved_on = self.approved_on

        approved_why = self.approved_why

        based_on: None | str
        based_on = self.based_on

        bundled = self.bundled

        city = self.city

        city_code = self.city_code

        content_sha256 = self.content_sha256

        in_use = self.in_use

        label = self.label

        n_items = self.n_items

        status = self.status

        version = self.version

        version_name = self.version_name

        year = self.year

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "approved_by": approved_by,
                "approved_on": approved_on,
                "approved_why": approved_why,
                "based_on": based_on,
                "bundled": bundled,
                "city": city,
                "city_code": city_code,
                "content_sha256": content_sha256,
                "in_use": in_use,
                "label": label,
                "n_items": n_items,
                "status": status,
                "version": version,
                "version_name": version_name,
                "year": year,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_approved_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        approved_by = _parse_approved_by(d.pop("approved_by"))

        def _parse_approved_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                approved_on_type_0 = datetime.date.fromisoformat(data)

                return approved_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        approved_on = _parse_approved_on(d.pop("approved_on"))

        approved_why = d.pop("approved_why")

        def _parse_based_on(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        based_on = _parse_based_on(d.pop("based_on"))

        bundled = d.pop("bundled")

        city = d.pop("city")

        city_code = d.pop("city_code")

        content_sha256 = d.pop("content_sha256")

        in_use = d.pop("in_use")

        label = d.pop("label")

        n_items = d.pop("n_items")

        status = d.pop("status")

        version = d.pop("version")

        version_name = d.pop("version_name")

        year = d.pop("year")

        catalogue_version = cls(
            approved_by=approved_by,
            approved_on=approved_on,
            approved_why=approved_why,
            based_on=based_on,
            bundled=bundled,
            city=city,
            city_code=city_code,
            content_sha256=content_sha256,
            in_use=in_use,
            label=label,
            n_items=n_items,
            status=status,
            version=version,
            version_name=version_name,
            year=year,
        )

        return catalogue_version
