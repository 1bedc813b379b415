from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.goal_record_comparator import GoalRecordComparator
from ..models.goal_record_reach import GoalRecordReach
from ..types import UNSET, Unset

T = TypeVar("T", bound="GoalRecord")


@_attrs_define
class GoalRecord:
    """A goal with its plan and place in words.

    Attributes:
        document (str):
        end (int):
        expired (bool):
        in_force (bool):
        indicator (str):
        reach (GoalRecordReach):
        start (int):
        title (str):
        base_value (float | None | Unset):
        base_year (int | None | Unset):
        box (None | str | Unset):
        comparator (GoalRecordComparator | Unset):  Default: GoalRecordComparator.VALUE_0.
        damaged (bool | Unset):  Default: False.
        growth (float | None | Unset):
        growth_unit (None | str | Unset):
        region (None | str | Unset):
        region_code (None | str | Unset):
        responsible (list[str] | Unset):
        unit (None | str | Unset):
        value (float | None | Unset):
        value_max (float | None | Unset):
        year (int | None | Unset):
    """

    document: str
    end: int
    expired: bool
    in_force: bool
    indicator: str
    reach: GoalRecordReach
    start: int
    title: str
    base_value: float | None | Unset = UNSET
    base_year: int | None | Unset = UNSET
    box: None | str | Unset = UNSET
    comparator: GoalRecordComparator | Unset = GoalRecordComparator.VALUE_0
    damaged: bool | Unset = False
    growth: float | None | Unset = UNSET
    growth_unit: None | str | Unset = UNSET
    region: None | str | Unset = UNSET
    region_code: None | str | Unset = UNSET
    responsible: list[str] | Unset = UNSET
    unit: None | str | Unset = UNSET
    value: float | None | Unset = UNSET
    value_max: float | None | Unset = UNSET
    year: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        document = self.document

        end = self.end

        expired = self.expired

        in_force = self.in_force

        indicator = self.indicator

        reach = self.reach.value

        start = self.start

        title = self.title

        base_value: float | None | Unset
        if isinstance(self.base_value, Unset):
            base_value = UNSET
        else:
            base_value = self.base_value

        base_year: int | None | Unset
        if isinstance(self.base_year, Unset):
            base_year = UNSET
        else:
            base_year = self.base_year

        box: None | str | Unset
        if isinstance(self.box, Unset):
            box = UNSET
        else:
            box = self.box

        comparator: str | Unset = UNSET
        if not isinstance(self.comparator, Unset):
            comparator = self.comparator.value

        damaged = self.damaged

        growth: float | None | Unset
        if isinstance(self.growth, Unset):
            growth = UNSET
        else:
            growth = self.growth

        growth_unit: None | str | Unset
        if isinstance(self.growth_unit, Unset):
            growth_unit = UNSET
        else:
            growth_unit = self.growth_unit

        region: None | str | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        else:
            region = self.region

        region_code: None | str | Unset
        if isinstance(self.region_code, Unset):
            region_code = UNSET
        else:
            region_code = self.region_code

        responsible: list[str] | Unset = UNSET
        if not isinstance(self.responsible, Unset):
            responsible = self.responsible

        unit: None | str | Unset
        if isinstance(self.unit, Unset):
            unit = UNSET
        else:
            unit = self.unit

        value: float | None | Unset
        if isinstance(self.value, Unset):
            value = UNSET
        else:
            value = self.value

        value_max: float | None | Unset
        if isinstance(self.value_max, Unset):
            value_max = UNSET
        else:
            value_max = self.value_max

        year: int | None | Unset
        if isinstance(self.year, Unset):
            year = UNSET
        else:
            year = self.year

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "document": document,
                "end": end,
                "expired": expired,
                "in_force": in_force,
                "indicator": indicator,
                "reach": reach,
                "start": start,
                "title": title,
            }
        )
        if base_value is not UNSET:
            field_dict["base_value"] = base_value
        if base_year is not UNSET:
            field_dict["base_year"] = base_year
        if box is not UNSET:
            field_dict["box"] = box
        if comparator is not UNSET:
            field_dict["comparator"] = comparator
        if damaged is not UNSET:
            field_dict["damaged"] = damaged
        if growth is not UNSET:
            field_dict["growth"] = growth
        if growth_unit is not UNSET:
            field_dict["growth_unit"] = growth_unit
        if region is not UNSET:
            field_dict["region"] = region
        if region_code is not UNSET:
            field_dict["region_code"] = region_code
        if responsible is not UNSET:
            field_dict["responsible"] = responsible
        if unit is not UNSET:
            field_dict["unit"] = unit
        if value is not UNSET:
            field_dict["value"] = value
        if value_max is not UNSET:
            field_dict["value_max"] = value_max
        if year is not UNSET:
            field_dict["year"] = year

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        document = d.pop("document")

        end = d.pop("end")

        expired = d.pop("expired")

        in_force = d.pop("in_force")

        indicator = d.pop("indicator")

        reach = GoalRecordReach(d.pop("reach"))

        start = d.pop("start")

        title = d.pop("title")

        def _parse_base_value(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        base_value = _parse_base_value(d.pop("base_value", UNSET))

        def _parse_base_year(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        base_year = _parse_base_year(d.pop("base_year", UNSET))

        def _parse_box(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        box = _parse_box(d.pop("box", UNSET))

        _comparator = d.pop("comparator", UNSET)
        comparator: GoalRecordComparator | Unset
        if isinstance(_comparator, Unset):
            comparator = UNSET
        else:
            comparator = GoalRecordComparator(_comparator)

        damaged = d.pop("damaged", UNSET)

        def _parse_growth(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        growth = _parse_growth(d.pop("growth", UNSET))

        def _parse_growth_unit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        growth_unit = _parse_growth_unit(d.pop("growth_unit", UNSET))

        def _parse_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        region = _parse_region(d.pop("region", UNSET))

        def _parse_region_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        region_code = _parse_region_code(d.pop("region_code", UNSET))

        responsible = cast(list[str], d.pop("responsible", UNSET))

        def _parse_unit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        unit = _parse_unit(d.pop("unit", UNSET))

        def _parse_value(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        value = _parse_value(d.pop("value", UNSET))

        def _parse_value_max(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        value_max = _parse_value_max(d.pop("value_max", UNSET))

        def _parse_year(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        year = _parse_year(d.pop("year", UNSET))

        goal_record = cls(
            document=document,
            end=end,
            expired=expired,
            in_force=in_force,
            indicator=indicator,
            reach=reach,
            start=start,
            title=title,
            base_value=base_value,
            base_year=base_year,
            box=box,
            comparator=comparator,
            damaged=damaged,
            growth=growth,
            growth_unit=growth_unit,
            region=region,
            region_code=region_code,
            responsible=responsible,
            unit=unit,
            value=value,
            value_max=value_max,
            year=year,
        )

        return goal_record
