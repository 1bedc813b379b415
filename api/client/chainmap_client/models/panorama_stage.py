from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.panorama_group import PanoramaGroup


T = TypeVar("T", bound="PanoramaStage")


@_attrs_define
class PanoramaStage:
    """A column of the panorama; support is the band below the columns.

    Attributes:
        groups (list[PanoramaGroup]):
        name (str):
        name_en (str):
        stage (str):
    """

    groups: list[PanoramaGroup]
    name: str
    name_en: str
    stage: str

    def to_dict(self) -> dict[str, Any]:
        groups = []
        for groups_item_data in self.groups:
            groups_item = groups_item_data.to_dict()
            groups.append(groups_item)

        name = self.name

        name_en = self.name_en

        stage = self.stage

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "groups": groups,
                "name": name,
                "name_en": name_en,
                "stage": stage,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.panorama_group import PanoramaGroup  # noqa: PLC0415

        d = dict(src_dict)
        groups = []
        _groups = d.pop("groups")
        for groups_item_data in _groups:
            groups_item = PanoramaGroup.from_dict(groups_item_data)

            groups.append(groups_item)

        name = d.pop("name")

        name_en = d.pop("name_en")

        stage = d.pop("stage")

        panorama_stage = cls(
            groups=groups,
            name=name,
            name_en=name_en,
            stage=stage,
        )

        return panorama_stage
