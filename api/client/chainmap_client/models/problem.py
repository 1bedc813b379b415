from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """What went wrong (RFC 9457), in Chinese and English.

    Attributes:
        detail (str):
        status (int):
        title (str):
        title_en (str):
        type_ (str): Stable identifier of the kind of problem
        nearest (list[str] | Unset): Names that come close, best first
        todo (str | Unset): What to do about it Default: ''.
    """

    detail: str
    status: int
    title: str
    title_en: str
    type_: str
    nearest: list[str] | Unset = UNSET
    todo: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        detail = self.detail

        status = self.status

        title = self.title

        title_en = self.title_en

        type_ = self.type_

        nearest: list[str] | Unset = UNSET
        if not isinstance(self.nearest, Unset):
            nearest = self.nearest

        todo = self.todo

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "detail": detail,
                "status": status,
                "title": title,
                "title_en": title_en,
                "type": type_,
            }
        )
        if nearest is not UNSET:
            field_dict["nearest"] = nearest
        if todo is not UNSET:
            field_dict["todo"] = todo

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        detail = d.pop("detail")

        status = d.pop("status")

        title = d.pop("title")

        title_en = d.pop("title_en")

        type_ = d.pop("type")

        nearest = cast(list[str], d.pop("nearest", UNSET))

        todo = d.pop("todo", UNSET)

        problem = cls(
            detail=detail,
            status=status,
            title=title,
            title_en=title_en,
            type_=type_,
            nearest=nearest,
            todo=todo,
        )

        problem.additional_properties = d
        return problem

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
