from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="SizeRecord")


@_attrs_define
class SizeRecord:
    """How large a project a catalogue item looks for (规模区间), 万元.

    Attributes:
        high_10k_cny (float | None):
        low_10k_cny (float | None): Null: unknown
        n_projects (int): Known projects of the segment it rests on
        text (str): The range and what it rests on, in words
    """

    high_10k_cny: float | None
    low_10k_cny: float | None
    n_projects: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        high_10k_cny: float | None
        high_10k_cny = self.high_10k_cny

        low_10k_cny: float | None
        low_10k_cny = self.low_10k_cny

        n_projects = self.n_projects

        text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "high_10k_cny": high_10k_cny,
                "low_10k_cny": low_10k_cny,
                "n_projects": n_projects,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_high_10k_cny(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        high_10k_cny = _parse_high_10k_cny(d.pop("high_10k_cny"))

        def _parse_low_10k_cny(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        low_10k_cny = _parse_low_10k_cny(d.pop("low_10k_cny"))

        n_projects = d.pop("n_projects")

        text = d.pop("text")

        size_record = cls(
            high_10k_cny=high_10k_cny,
            low_10k_cny=low_10k_cny,
            n_projects=n_projects,
            text=text,
        )

        return size_record
