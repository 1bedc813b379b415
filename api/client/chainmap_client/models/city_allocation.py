from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.allocated_target import AllocatedTarget


T = TypeVar("T", bound="CityAllocation")


@_attrs_define
class CityAllocation:
    """A city's list.

    Attributes:
        city (str):
        city_code (str):
        fit_loss (float): 1 − mean fit
        n_own (int): Places that stand in its own list too
        score_loss (float): Fall of the mean score, natural logarithms
        targets (list[AllocatedTarget]):
    """

    city: str
    city_code: str
    fit_loss: float
    n_own: int
    score_loss: float
    targets: list[AllocatedTarget]

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        city_code = self.city_code

        fit_loss = self.fit_loss

        n_own = self.n_own

        score_loss = self.score_loss

        targets = []
        for targets_item_data in self.targets:
            targets_item = targets_item_data.to_dict()
            targets.append(targets_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "city_code": city_code,
                "fit_loss": fit_loss,
                "n_own": n_own,
                "score_loss": score_loss,
                "targets": targets,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.allocated_target import AllocatedTarget  # noqa: PLC0415

        d = dict(src_dict)
        city = d.pop("city")

        city_code = d.pop("city_code")

        fit_loss = d.pop("fit_loss")

        n_own = d.pop("n_own")

        score_loss = d.pop("score_loss")

        targets = []
        _targets = d.pop("targets")
        for targets_item_data in _targets:
            targets_item = AllocatedTarget.from_dict(targets_item_data)

            targets.append(targets_item)

        city_allocation = cls(
            city=city,
            city_code=city_code,
            fit_loss=fit_loss,
            n_own=n_own,
            score_loss=score_loss,
            targets=targets,
        )

        return city_allocation
