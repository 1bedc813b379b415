from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.panorama_stage import PanoramaStage


T = TypeVar("T", bound="Panorama")


@_attrs_define
class Panorama:
    """A chain with one city's numbers; stages left to right, support last, empty ones left out.

    Attributes:
        chain (str):
        chain_en (str):
        chain_id (str):
        city (str):
        city_code (str):
        city_en (str):
        coverage (str): What the data can and cannot see
        edition (datetime.date): Day of the company roster
        enough_data (bool):
        stages (list[PanoramaStage]):
    """

    chain: str
    chain_en: str
    chain_id: str
    city: str
    city_code: str
    city_en: str
    coverage: str
    edition: datetime.date
    enough_data: bool
    stages: list[PanoramaStage]

    def to_dict(self) -> dict[str, Any]:
        chain = self.chain

        chain_en = self.chain_en

        chain_id = self.chain_id

        city = self.city

        city_code = self.city_code

        city_en = self.city_en

        coverage = self.coverage

        edition = self.edition.isoformat()

        enough_data = self.enough_data

        stages = []
        for stages_item_data in self.stages:
            stages_item = stages_item_data.to_dict()
            stages.append(stages_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chain": chain,
                "chain_en": chain_en,
                "chain_id": chain_id,
                "city": city,
                "city_code": city_code,
                "city_en": city_en,
                "coverage": coverage,
                "edition": edition,
                "enough_data": enough_data,
                "stages": stages,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.panorama_stage import PanoramaStage  # noqa: PLC0415

        d = dict(src_dict)
        chain = d.pop("chain")

        chain_en = d.pop("chain_en")

        chain_id = d.pop("chain_id")

        city = d.pop("city")

        city_code = d.pop("city_code")

        city_en = d.pop("city_en")

        coverage = d.pop("coverage")

        edition = datetime.date.fromisoformat(d.pop("edition"))

        enough_data = d.pop("enough_data")

        stages = []
        _stages = d.pop("stages")
        for stages_item_data in _stages:
            stages_item = PanoramaStage.from_dict(stages_item_data)

            stages.append(stages_item)

        panorama = cls(
            chain=chain,
            chain_en=chain_en,
            chain_id=chain_id,
            city=city,
            city_code=city_code,
            city_en=city_en,
            coverage=coverage,
            edition=edition,
            enough_data=enough_data,
            stages=stages,
        )

        return panorama
