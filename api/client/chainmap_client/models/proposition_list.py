from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.project_basis import ProjectBasis
    from ..models.proposition_record import PropositionRecord


T = TypeVar("T", bound="PropositionList")


@_attrs_define
class PropositionList:
    """A city's project propositions, the most urgent first.

    Attributes:
        basis (ProjectBasis): What an answer about projects rests on.
        chain (None | str):
        chain_id (None | str):
        propositions (list[PropositionRecord]):
        sponsors_each (int):
    """

    basis: ProjectBasis
    chain: None | str
    chain_id: None | str
    propositions: list[PropositionRecord]
    sponsors_each: int

    def to_dict(self) -> dict[str, Any]:
        basis = self.basis.to_dict()

        chain: None | str
        chain = self.chain

        chain_id: None | str
        chain_id = self.chain_id

        propositions = []
        for propositions_item_data in self.propositions:
            propositions_item = propositions_item_data.to_dict()
            propositions.append(propositions_item)

        sponsors_each = self.sponsors_each

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "basis": basis,
                "chain": chain,
                "chain_id": chain_id,
                "propositions": propositions,
                "sponsors_each": sponsors_each,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.project_basis import ProjectBasis  # noqa: PLC0415
        from ..models.proposition_record import PropositionRecord  # noqa: PLC0415

        d = dict(src_dict)
        basis = ProjectBasis.from_dict(d.pop("basis"))

        def _parse_chain(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain = _parse_chain(d.pop("chain"))

        def _parse_chain_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain_id = _parse_chain_id(d.pop("chain_id"))

        propositions = []
        _propositions = d.pop("propositions")
        for propositions_item_data in _propositions:
            propositions_item = PropositionRecord.from_dict(propositions_item_data)

            propositions.append(propositions_item)

        sponsors_each = d.pop("sponsors_each")

        proposition_list = cls(
            basis=basis,
            chain=chain,
            chain_id=chain_id,
            propositions=propositions,
            sponsors_each=sponsors_each,
        )

        return proposition_list
