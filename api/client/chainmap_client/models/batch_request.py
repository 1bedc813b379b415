from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.target_question import TargetQuestion


T = TypeVar("T", bound="BatchRequest")


@_attrs_define
class BatchRequest:
    """The same question for many cities; each answer is kept as a list.

    Attributes:
        cities (list[str]):
        name (str):
        question (TargetQuestion): A question for targets, with weights of one's own.
    """

    cities: list[str]
    name: str
    question: TargetQuestion

    def to_dict(self) -> dict[str, Any]:
        cities = self.cities

        name = self.name

        question = self.question.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cities": cities,
                "name": name,
                "question": question,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.target_question import TargetQuestion  # noqa: PLC0415

        d = dict(src_dict)
        cities = cast(list[str], d.pop("cities"))

        name = d.pop("name")

        question = TargetQuestion.from_dict(d.pop("question"))

        batch_request = cls(
            cities=cities,
            name=name,
            question=question,
        )

        return batch_request
