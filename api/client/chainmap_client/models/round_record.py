from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.plan_record import PlanRecord


T = TypeVar("T", bound="RoundRecord")


@_attrs_define
class RoundRecord:
    """Plans of one region that date from one year, read together.

    Attributes:
        plans (list[PlanRecord]):
        region (str):
        region_code (str):
        year (int | None):
    """

    plans: list[PlanRecord]
    region: str
    region_code: str
    year: int | None

    def to_dict(self) -> dict[str, Any]:
        plans = []
        for plans_item_data in self.plans:
            plans_item = plans_item_data.to_dict()
            plans.append(plans_item)

        region = self.region

        region_code = self.region_code

        year: int | None
        year = self.year

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "plans": plans,
                "region": region,
                "region_code": region_code,
                "year": year,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.plan_record import PlanRecord  # noqa: PLC0415

        d = dict(src_dict)
        plans = []
        _plans = d.pop("plans")
        for plans_item_data in _plans:
            plans_item = PlanRecord.from_dict(plans_item_data)

            plans.append(plans_item)

        region = d.pop("region")

        region_code = d.pop("region_code")

        def _parse_year(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        year = _parse_year(d.pop("year"))

        round_record = cls(
            plans=plans,
            region=region,
            region_code=region_code,
            year=year,
        )

        return round_record
