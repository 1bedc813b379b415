from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.basis import Basis
    from ..models.citation_record import CitationRecord
    from ..models.family_part import FamilyPart
    from ..models.partner_record import PartnerRecord
    from ..models.policy_part import PolicyPart
    from ..models.removal_record import RemovalRecord
    from ..models.target_record import TargetRecord


T = TypeVar("T", bound="WhyRecord")


@_attrs_define
class WhyRecord:
    """Why a company stands where it does (为什么).

    Attributes:
        answer (str): The answer in short, in Chinese
        basis (Basis): What a list rests on, so that it can be made again.
        checked_at (str): Where the company's facts can be checked, in Chinese
        citations (list[CitationRecord]):
        families (list[FamilyPart]): In the order of the score's families
        n_ranked (int): Companies ranked
        on_list (bool): Whether the list asked for holds it
        partners (list[PartnerRecord]): Companies of the city in the segment's direct users and suppliers
        passages (list[PolicyPart]): Passages behind the policy weight
        rank_overall (int): Among all ranked companies, without limits
        strongest (None | RemovalRecord): Null where it is above the median candidate in nothing
        target (TargetRecord): One target (招商目标企业) of a ranked list.
    """

    answer: str
    basis: Basis
    checked_at: str
    citations: list[CitationRecord]
    families: list[FamilyPart]
    n_ranked: int
    on_list: bool
    partners: list[PartnerRecord]
    passages: list[PolicyPart]
    rank_overall: int
    strongest: None | RemovalRecord
    target: TargetRecord

    def to_dict(self) -> dict[str, Any]:
        from ..models.removal_record import RemovalRecord  # noqa: PLC0415

        answer = self.answer

        basis = self.basis.to_dict()

        checked_at = self.checked_at

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        families = []
        for families_item_data in self.families:
            families_item = families_item_data.to_dict()
            families.append(families_item)

        n_ranked = self.n_ranked

        on_list = self.on_list

        partners = []
        for partners_item_data in self.partners:
            partners_item = partners_item_data.to_dict()
            partners.append(partners_item)

        passages = []
        for passages_item_data in self.passages:
            passages_item = passages_item_data.to_dict()
            passages.append(passages_item)

        rank_overall = self.rank_overall

        strongest: dict[str, Any] | None
        if isinstance(self.strongest, RemovalRecord):
            strongest = self.strongest.to_dict()
        else:
            strongest = self.strongest

        target = self.target.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "answer": answer,
                "basis": basis,
                "checked_at": checked_at,
                "citations": citations,
                "families": families,
                "n_ranked": n_ranked,
                "on_list": on_list,
                "partners": partners,
                "passages": passages,
                "rank_overall": rank_overall,
                "strongest": strongest,
                "target": target,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.basis import Basis  # noqa: PLC0415
        from ..models.citation_record import CitationRecord  # noqa: PLC0415
        from ..models.family_part import FamilyPart  # noqa: PLC0415
        from ..models.partner_record import PartnerRecord  # noqa: PLC0415
        from ..models.policy_part import PolicyPart  # noqa: PLC0415
        from ..models.removal_record import RemovalRecord  # noqa: PLC0415
        from ..models.target_record import TargetRecord  # noqa: PLC0415

        d = dict(src_dict)
        answer = d.pop("answer")

        basis = Basis.from_dict(d.pop("basis"))

        checked_at = d.pop("checked_at")

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        families = []
        _families = d.pop("families")
        for families_item_data in _families:
            families_item = FamilyPart.from_dict(families_item_data)

            families.append(families_item)

        n_ranked = d.pop("n_ranked")

        on_list = d.pop("on_list")

        partners = []
        _partners = d.pop("partners")
        for partners_item_data in _partners:
            partners_item = PartnerRecord.from_dict(partners_item_data)

            partners.append(partners_item)

        passages = []
        _passages = d.pop("passages")
        for passages_item_data in _passages:
            passages_item = PolicyPart.from_dict(passages_item_data)

            passages.append(passages_item)

        rank_overall = d.pop("rank_overall")

        def _parse_strongest(data: object) -> None | RemovalRecord:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                strongest_type_0 = RemovalRecord.from_dict(data)

                return strongest_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RemovalRecord, data)

        strongest = _parse_strongest(d.pop("strongest"))

        target = TargetRecord.from_dict(d.pop("target"))

        why_record = cls(
            answer=answer,
            basis=basis,
            checked_at=checked_at,
            citations=citations,
            families=families,
            n_ranked=n_ranked,
            on_list=on_list,
            partners=partners,
            passages=passages,
            rank_overall=rank_overall,
            strongest=strongest,
            target=target,
        )

        return why_record
