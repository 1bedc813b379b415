from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.panorama_segment import PanoramaSegment


T = TypeVar("T", bound="PanoramaGroup")


@_attrs_define
class PanoramaGroup:
    """A box of the panorama.

    Attributes:
        id (str):
        name (str):
        name_en (str):
        segments (list[PanoramaSegment]):
    """

    id: str
    name: str
    name_en: str
    segments: list[PanoramaSegment]

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        name_en = self.name_en

        segments = []
        for segments_item_data in self.segments:
            segments_item = segments_item_data.to_dict()
            segments.append(segments_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "name": name,
                "name_en": name_en,
                "segments": segments,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.panorama_segment import PanoramaSegment  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        name_en = d.pop("name_en")

        segments = []
        _segments = d.pop("segments")
        for segments_item_data in _segments:
            segments_item = PanoramaSegment.from_dict(segments_item_data)

            segments.append(segments_item)

        panorama_group = cls(
            id=id,
            name=name,
            name_en=name_en,
            segments=segments,
        )

        return panorama_group
