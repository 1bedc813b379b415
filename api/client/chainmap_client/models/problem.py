from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """What went wrong (RFC 9457), in Chinese and, less closely, in English.

    Attributes:
        detail (str):
        status (int):
        title (str):
        title_en (str):
        type_ (str): Stable identifier of the kind of problem
        detail_en (str | Unset): What was found, in English; the title where no more can be said Default: ''.
        nearest (list[str] | Unset): Names that come close, best first
        todo (str | Unset): What to do about it Default: ''.
        todo_en (str | Unset): What to do about this kind of problem Default: ''.
    """

    detail: str
    status: int
    title: str
    title_en: str
    type_: str
    detail_en: str | Unset = ""
    nearest: list[str] | Unset = UNSET
    todo: str | Unset = ""
    todo_en: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        detail = self.detail

        status = self.status

        title = self.title

        title_en = self.title_en

        type_ = self.type_

        detail_en = self.detail_en

        nearest: list[str] | Unset = UNSET
        if not isinstance(self.nearest, Unset):
            nearest = self.nearest

        todo = self.todo

        todo_en = self.todo_en

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
        if detail_en is not UNSET:
            field_dict["detail_en"] = detail_en
        if nearest is not UNSET:
            field_dict["nearest"] = nearest
        if todo is not UNSET:
            field_dict["todo"] = todo
        if todo_en is not UNSET:
            field_dict["todo_en"] = todo_en

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        detail = d.pop("detail")

        status = d.pop("status")

        title = d.pop("title")

        title_en = d.pop("title_en")

        type_ = d.pop("type")

        detail_en = d.pop("detail_en", UNSET)

        nearest = cast(list[str], d.pop("nearest", UNSET))

        todo = d.pop("todo", UNSET)

        todo_en = d.pop("todo_en", UNSET)

        problem = cls(
            detail=detail,
            status=status,
            title=title,
            title_en=title_en,
            type_=type_,
            detail_en=detail_en,
            nearest=nearest,
            todo=todo,
            todo_en=todo_en,
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
