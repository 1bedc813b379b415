from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.basis import Basis
    from ..models.target_list_weights import TargetListWeights
    from ..models.target_record import TargetRecord


T = TypeVar("T", bound="TargetList")


@_attrs_define
class TargetList:
    """A ranked target list (招商目标清单) for a city.

    Attributes:
        basis (Basis): What a list rests on, so that it can be made again.
        custom (bool): Whether a weight is not 1, so that the order is one's own
        model (str): Release of the ranker
        per_segment (int): Most companies for one segment; 0 is no limit
        targets (list[TargetRecord]):
        weights (TargetListWeights): What each family is multiplied by; usually 1
    """

    basis: Basis
    custom: bool
    model: str
    per_segment: int
    targets: list[TargetRecord]
    weights: TargetListWeights

    def to_dict(self) -> dict[str, Any]:
        basis = self.basis.to_dict()

        custom = self.custom

        model = self.model

        per_segment = self.per_segment

        targets = []
        for targets_item_data in self.targets:
            targets_item = targets_item_data.to_dict()
            targets.append(targets_item)

        weights = self.weights.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "basis": basis,
                "custom": custom,
                "model": model,
                "per_segment": per_segment,
                "targets": targets,
                "weights": weights,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.basis import Basis  # noqa: PLC0415
        from ..models.target_list_weights import TargetListWeights  # noqa: PLC0415
        from ..models.target_record import TargetRecord  # noqa: PLC0415

        d = dict(src_dict)
        basis = Basis.from_dict(d.pop("basis"))

        custom = d.pop("custom")

        model = d.pop("model")

        per_segment = d.pop("per_segment")

        targets = []
        _targets = d.pop("targets")
        for targets_item_data in _targets:
            targets_item = TargetRecord.from_dict(targets_item_data)

            targets.append(targets_item)

        weights = TargetListWeights.from_dict(d.pop("weights"))

        target_list = cls(
            basis=basis,
            custom=custom,
            model=model,
            per_segment=per_segment,
            targets=targets,
            weights=weights,
        )

        return target_list
