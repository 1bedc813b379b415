from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="PropositionTerm")


@_attrs_define
class PropositionTerm:
    """An admission term of a proposition.

    Attributes:
        ask (str):
        binding (bool):
        id (str):
        metric (str):
        metric_zh (str):
        place (str):
        requirement (str):
        source (str):
        unit (None | str):
        value (float | None): Null where none is asked for, or it is not known
    """

    ask: str
    binding: bool
    id: str
    metric: str
    metric_zh: str
    place: str
    requirement: str
    source: str
    unit: None | str
    value: float | None

    def to_dict(self) -> dict[str, Any]:
        ask = self.ask

        binding = self.binding

        id = self.id

        metric = self.metric

        metric_zh = self.metric_zh

        place = self.place

        requirement = self.requirement

        source = self.source

        unit: None | str
        unit = self.unit

        value: float | None
        value = self.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ask": ask,
                "binding": binding,
                "id": id,
                "metric": metric,
                "metric_zh": metric_zh,
                "place": place,
                "requirement": requirement,
                "source": source,
                "unit": unit,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ask = d.pop("ask")

        binding = d.pop("binding")

        id = d.pop("id")

        metric = d.pop("metric")

        metric_zh = d.pop("metric_zh")

        place = d.pop("place")

        requirement = d.pop("requirement")

        source = d.pop("source")

        def _parse_unit(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unit = _parse_unit(d.pop("unit"))

        def _parse_value(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        value = _parse_value(d.pop("value"))

        proposition_term = cls(
            ask=ask,
            binding=binding,
            id=id,
            metric=metric,
            metric_zh=metric_zh,
            place=place,
            requirement=requirement,
            source=source,
            unit=unit,
            value=value,
        )

        return proposition_term
