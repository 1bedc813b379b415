from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Altered")


@_attrs_define
class Altered:
    """A version, option or part of the question that is not the same in both lists.

    Attributes:
        after (str):
        before (str): Empty where there was none
        label (str): In Chinese
        name (str):
    """

    after: str
    before: str
    label: str
    name: str

    def to_dict(self) -> dict[str, Any]:
        after = self.after

        before = self.before

        label = self.label

        name = self.name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "after": after,
                "before": before,
                "label": label,
                "name": name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        after = d.pop("after")

        before = d.pop("before")

        label = d.pop("label")

        name = d.pop("name")

        altered = cls(
            after=after,
            before=before,
            label=label,
            name=name,
        )

        return altered
