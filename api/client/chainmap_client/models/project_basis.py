from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="ProjectBasis")


@_attrs_define
class ProjectBasis:
    """What an answer about projects rests on.

    Attributes:
        as_of (datetime.date): Day on which admission rules must be in force
        catalogue (str): Version name of the catalogue
        catalogue_approved (bool):
        catalogue_label (str):
        city (str):
        city_code (str):
        code_version (str):
        coverage (str): What the data can and cannot see
        data_sha256 (str):
        edition (datetime.date): Day of the company roster
        may_act (bool): Whether the list may be acted on without a further check
        projects_sha256 (None | str): Hash of the projects; null without any
        taxonomy_sha256 (str):
    """

    as_of: datetime.date
    catalogue: str
    catalogue_approved: bool
    catalogue_label: str
    city: str
    city_code: str
    code_version: str
    coverage: str
    data_sha256: str
    edition: datetime.date
    may_act: bool
    projects_sha256: None | str
    taxonomy_sha256: str

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        catalogue = self.catalogue

        catalogue_approved = self.catalogue_approved

        catalogue_label = self.catalogue_label

        city = self.city

        city_code = self.city_code

        code_version = self.code_version

        coverage = self.coverage

        data_sha256 = self.data_sha256

        edition = self.edition.isoformat()

        may_act = self.may_act

        projects_sha256: None | str
        projects_sha256 = self.projects_sha256

        taxonomy_sha256 = self.taxonomy_sha256

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "catalogue": catalogue,
                "catalogue_approved": catalogue_approved,
                "catalogue_label": catalogue_label,
                "city": city,
                "city_code": city_code,
                "code_version": code_version,
                "coverage": coverage,
                "data_sha256": data_sha256,
                "edition": edition,
                "may_act": may_act,
                "projects_sha256": projects_sha256,
                "taxonomy_sha256": taxonomy_sha256,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        catalogue = d.pop("catalogue")

        catalogue_approved = d.pop("catalogue_approved")

        catalogue_label = d.pop("catalogue_label")

        city = d.pop("city")

        city_code = d.pop("city_code")

        code_version = d.pop("code_version")

        coverage = d.pop("coverage")

        data_sha256 = d.pop("data_sha256")

        edition = datetime.date.fromisoformat(d.pop("edition"))

        may_act = d.pop("may_act")

        def _parse_projects_sha256(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        projects_sha256 = _parse_projects_sha256(d.pop("projects_sha256"))

        taxonomy_sha256 = d.pop("taxonomy_sha256")

        project_basis = cls(
            as_of=as_of,
            catalogue=catalogue,
            catalogue_approved=catalogue_approved,
            catalogue_label=catalogue_label,
            city=city,
            city_code=city_code,
            code_version=code_version,
            coverage=coverage,
            data_sha256=data_sha256,
            edition=edition,
            may_act=may_act,
            projects_sha256=projects_sha256,
            taxonomy_sha256=taxonomy_sha256,
        )

        return project_basis
