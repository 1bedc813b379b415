from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="TermRecord")


@_attrs_define
class TermRecord:
    """One admission term (准入条件) of a catalogue.

    Attributes:
        ask (str):
        binding (bool): False: for reference only
        id (str):
        metric (str): What is measured, such as tax_per_mu
        metric_zh (str):
        place (str):
        place_code (str):
        requirement (str):
        since (datetime.date | None):
        source (None | str): Document it stands in; null is unknown
        unit (None | str):
        value (float | None): Null is unknown: `ask` says whom to ask
    """

    ask: str
    binding: bool
    id: str
    metric: str
    metric_zh: str
    place: str
    place_code: str
    requirement: str
    since: datetime.date | None
    source: None | str
    unit: None | str
    value: float | None

    def to_dict(self) -> dict[str, Any]:
        ask = self.ask

        binding = self.binding

        id = self.id

        metric = self.metric

        metric_zh = self.metric_zh

        place = self.place

        place_code = self.place_code

        requirement = self.requirement

        since: None | str
        if isinstance(self.since, datetime.date):
            since = self.since.isoformat()
        else:
            since = self.since

        source: None | str
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
                "place_code": place_code,
                "requirement": requirement,
                "since": since,
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

        place_code = d.pop("place_code")

        requirement = d.pop("requirement")

        def _parse_since(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                since_type_0 = datetime.date.fromisoformat(data)

                return since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        since = _parse_since(d.pop("since"))

        def _parse_source(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        source = _parse_source(d.pop("source"))

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

        term_record = cls(
            ask=ask,
            binding=binding,
            id=id,
            metric=metric,
            metric_zh=metric_zh,
            place=place,
            place_code=place_code,
            requirement=requirement,
            since=since,
            source=source,
            unit=unit,
            value=value,
        )

        return term_record
