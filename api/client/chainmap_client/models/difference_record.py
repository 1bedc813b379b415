from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.altered import Altered
    from ..models.compared_list import ComparedList
    from ..models.firm_change_record import FirmChangeRecord


T = TypeVar("T", bound="DifferenceRecord")


@_attrs_define
class DifferenceRecord:
    """Two lists of one city beside each other.

    Attributes:
        city (str):
        city_code (str):
        earlier (ComparedList): One of two lists that are compared.
        firms (list[FirmChangeRecord]): Those of the later list in its order, then those that left
        later (ComparedList): One of two lists that are compared.
        n_entered (int):
        n_left (int):
        n_moved (int):
        parameters (list[Altered]):
        same (bool): Whether both lists are the same bytes
        versions (list[Altered]):
    """

    city: str
    city_code: str
    earlier: ComparedList
    firms: list[FirmChangeRecord]
    later: ComparedList
    n_entered: int
    n_left: int
    n_moved: int
    parameters: list[Altered]
    same: bool
    versions: list[Altered]

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        city_code = self.city_code

        earlier = self.earlier.to_dict()

        firms = []
        for firms_item_data in self.firms:
            firms_item = firms_item_data.to_dict()
            firms.append(firms_item)

        later = self.later.to_dict()

        n_entered = self.n_entered

        n_left = self.n_left

        n_moved = self.n_moved

        parameters = []
        for parameters_item_data in self.parameters:
            parameters_item = parameters_item_data.to_dict()
            parameters.append(parameters_item)

        same = self.same

        versions = []
        for versions_item_data in self.versions:
            versions_item = versions_item_data.to_dict()
            versions.append(versions_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "city_code": city_code,
                "earlier": earlier,
                "firms": firms,
                "later": later,
                "n_entered": n_entered,
                "n_left": n_left,
                "n_moved": n_moved,
                "parameters": parameters,
                "same": same,
                "versions": versions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.altered import Altered  # noqa: PLC0415
        from ..models.compared_list import ComparedList  # noqa: PLC0415
        from ..models.firm_change_record import FirmChangeRecord  # noqa: PLC0415

        d = dict(src_dict)
        city = d.pop("city")

        city_code = d.pop("city_code")

        earlier = ComparedList.from_dict(d.pop("earlier"))

        firms = []
        _firms = d.pop("firms")
        for firms_item_data in _firms:
            firms_item = FirmChangeRecord.from_dict(firms_item_data)

            firms.append(firms_item)

        later = ComparedList.from_dict(d.pop("later"))

        n_entered = d.pop("n_entered")

        n_left = d.pop("n_left")

        n_moved = d.pop("n_moved")

        parameters = []
        _parameters = d.pop("parameters")
        for parameters_item_data in _parameters:
            parameters_item = Altered.from_dict(parameters_item_data)

            parameters.append(parameters_item)

        same = d.pop("same")

        versions = []
        _versions = d.pop("versions")
        for versions_item_data in _versions:
            versions_item = Altered.from_dict(versions_item_data)

            versions.append(versions_item)

        difference_record = cls(
            city=city,
            city_code=city_code,
            earlier=earlier,
            firms=firms,
            later=later,
            n_entered=n_entered,
            n_left=n_left,
            n_moved=n_moved,
            parameters=parameters,
            same=same,
            versions=versions,
        )

        return difference_record
