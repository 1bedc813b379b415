from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NearGapRecord")


@_attrs_define
class NearGapRecord:
    """Two near cities that seek the same segment.

    Attributes:
        city (str):
        distance_km (float):
        n_neighbour_targets (int):
        n_targets (int): Companies the city's list holds for it
        neighbour (str):
        segment (str):
        segment_id (str):
    """

    city: str
    distance_km: float
    n_neighbour_targets: int
    n_targets: int
    neighbour: str
    segment: str
    segment_id: str

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        distance_km = self.distance_km

        n_neighbour_targets = self.n_neighbour_targets

        n_targets = self.n_targets

        neighbour = self.neighbour

        segment = self.segment

        segment_id = self.segment_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "distance_km": distance_km,
                "n_neighbour_targets": n_neighbour_targets,
                "n_targets": n_targets,
                "neighbour": neighbour,
                "segment": segment,
                "segment_id": segment_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        distance_km = d.pop("distance_km")

        n_neighbour_targets = d.pop("n_neighbour_targets")

        n_targets = d.pop("n_targets")

        neighbour = d.pop("neighbour")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        near_gap_record = cls(
            city=city,
            distance_km=distance_km,
            n_neighbour_targets=n_neighbour_targets,
            n_targets=n_targets,
            neighbour=neighbour,
            segment=segment,
            segment_id=segment_id,
        )

        return near_gap_record
