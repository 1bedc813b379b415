from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.claim_record import ClaimRecord


T = TypeVar("T", bound="ConflictRecord")


@_attrs_define
class ConflictRecord:
    """A company some city wants and does not get.

    Attributes:
        claims (list[ClaimRecord]):
        company (str):
        company_id (str):
        holders (list[str]): Cities it was allocated to
    """

    claims: list[ClaimRecord]
    company: str
    company_id: str
    holders: list[str]

    def to_dict(self) -> dict[str, Any]:
        claims = []
        for claims_item_data in self.claims:
            claims_item = claims_item_data.to_dict()
            claims.append(claims_item)

        company = self.company

        company_id = self.company_id

        holders = self.holders

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "claims": claims,
                "company": company,
                "company_id": company_id,
                "holders": holders,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.claim_record import ClaimRecord  # noqa: PLC0415

        d = dict(src_dict)
        claims = []
        _claims = d.pop("claims")
        for claims_item_data in _claims:
            claims_item = ClaimRecord.from_dict(claims_item_data)

            claims.append(claims_item)

        company = d.pop("company")

        company_id = d.pop("company_id")

        holders = cast(list[str], d.pop("holders"))

        conflict_record = cls(
            claims=claims,
            company=company,
            company_id=company_id,
            holders=holders,
        )

        return conflict_record
