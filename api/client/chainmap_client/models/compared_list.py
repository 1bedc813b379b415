from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ComparedList")


@_attrs_define
class ComparedList:
    """One of two lists that are compared.

    Attributes:
        as_of (datetime.date):
        content_id (str): SHA-256 of the snapshot's manifest
        n_targets (int):
        name (str): As it was saved; today's list has a name of its own
        sha256 (str): SHA-256 of the list's canonical JSON
    """

    as_of: datetime.date
    content_id: str
    n_targets: int
    name: str
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        content_id = self.content_id

        n_targets = self.n_targets

        name = self.name

        sha256 = self.sha256

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "content_id": content_id,
                "n_targets": n_targets,
                "name": name,
                "sha256": sha256,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        content_id = d.pop("content_id")

        n_targets = d.pop("n_targets")

        name = d.pop("name")

        sha256 = d.pop("sha256")

        compared_list = cls(
            as_of=as_of,
            content_id=content_id,
            n_targets=n_targets,
            name=name,
            sha256=sha256,
        )

        return compared_list
