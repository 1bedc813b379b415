from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.target_question import TargetQuestion


T = TypeVar("T", bound="ListRequest")


@_attrs_define
class ListRequest:
    """A target list to be made and kept.

    Attributes:
        name (str):
        question (TargetQuestion): A question for targets, with weights of one's own.
    """

    name: str
    question: TargetQuestion

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        question = self.question.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "question": question,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.target_question import TargetQuestion  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        question = TargetQuestion.from_dict(d.pop("question"))

        list_request = cls(
            name=name,
            question=question,
        )

        return list_request
