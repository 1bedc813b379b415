from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

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
        mode (None | str | Unset): chain, industry, leader or advantage, where one is asked for
        mode_zh (None | str | Unset):
        selected (None | str | Unset): What the mode selected, in Chinese
    """

    basis: Basis
    custom: bool
    model: str
    per_segment: int
    targets: list[TargetRecord]
    weights: TargetListWeights
    mode: None | str | Unset = UNSET
    mode_zh: None | str | Unset = UNSET
    selected: None | str | Unset = UNSET

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

        mode: None | str | Unset
        if isinstance(self.mode, Unset):
            mode = UNSET
        else:
            mode = self.mode

        mode_zh: None | str | Unset
        if isinstance(self.mode_zh, Unset):
            mode_zh = UNSET
        else:
            mode_zh = self.mode_zh

        selected: None | str | Unset
        if isinstance(self.selected, Unset):
            selected = UNSET
        else:
            selected = self.selected

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
        if mode is not UNSET:
            field_dict["mode"] = mode
        if mode_zh is not UNSET:
            field_dict["mode_zh"] = mode_zh
        if selected is not UNSET:
            field_dict["selected"] = selected

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

        def _parse_mode(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        mode = _parse_mode(d.pop("mode", UNSET))

        def _parse_mode_zh(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        mode_zh = _parse_mode_zh(d.pop("mode_zh", UNSET))

        def _parse_selected(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        selected = _parse_selected(d.pop("selected", UNSET))

        target_list = cls(
            basis=basis,
            custom=custom,
            model=model,
            per_segment=per_segment,
            targets=targets,
            weights=weights,
            mode=mode,
            mode_zh=mode_zh,
            selected=selected,
        )

        return target_list
