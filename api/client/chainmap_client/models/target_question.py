from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.target_question_weights import TargetQuestionWeights


T = TypeVar("T", bound="TargetQuestion")


@_attrs_define
class TargetQuestion:
    """A question for targets, with weights of one's own.

    Attributes:
        city (str): 绍兴, 绍兴市, Shaoxing or 330600
        as_of (datetime.date | None | Unset): Null is the roster's day
        chain (None | str | Unset):
        include_expired (bool | Unset):  Default: False.
        per_segment (int | Unset): 0 is no limit Default: 3.
        segment (None | str | Unset):
        top (int | Unset):  Default: 20.
        weights (TargetQuestionWeights | Unset): What each family named is multiplied by; the others by 1
    """

    city: str
    as_of: datetime.date | None | Unset = UNSET
    chain: None | str | Unset = UNSET
    include_expired: bool | Unset = False
    per_segment: int | Unset = 3
    segment: None | str | Unset = UNSET
    top: int | Unset = 20
    weights: TargetQuestionWeights | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        as_of: None | str | Unset
        if isinstance(self.as_of, Unset):
            as_of = UNSET
        elif isinstance(self.as_of, datetime.date):
            as_of = self.as_of.isoformat()
        else:
            as_of = self.as_of

        chain: None | str | Unset
        if isinstance(self.chain, Unset):
            chain = UNSET
        else:
            chain = self.chain

        include_expired = self.include_expired

        per_segment = self.per_segment

        segment: None | str | Unset
        if isinstance(self.segment, Unset):
            segment = UNSET
        else:
            segment = self.segment

        top = self.top

        weights: dict[str, Any] | Unset = UNSET
        if not isinstance(self.weights, Unset):
            weights = self.weights.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
            }
        )
        if as_of is not UNSET:
            field_dict["as_of"] = as_of
        if chain is not UNSET:
            field_dict["chain"] = chain
        if include_expired is not UNSET:
            field_dict["include_expired"] = include_expired
        if per_segment is not UNSET:
            field_dict["per_segment"] = per_segment
        if segment is not UNSET:
            field_dict["segment"] = segment
        if top is not UNSET:
            field_dict["top"] = top
        if weights is not UNSET:
            field_dict["weights"] = weights

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.target_question_weights import TargetQuestionWeights  # noqa: PLC0415

        d = dict(src_dict)
        city = d.pop("city")

        def _parse_as_of(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                as_of_type_0 = datetime.date.fromisoformat(data)

                return as_of_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        as_of = _parse_as_of(d.pop("as_of", UNSET))

        def _parse_chain(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        chain = _parse_chain(d.pop("chain", UNSET))

        include_expired = d.pop("include_expired", UNSET)

        per_segment = d.pop("per_segment", UNSET)

        def _parse_segment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        segment = _parse_segment(d.pop("segment", UNSET))

        top = d.pop("top", UNSET)

        _weights = d.pop("weights", UNSET)
        weights: TargetQuestionWeights | Unset
        if isinstance(_weights, Unset):
            weights = UNSET
        else:
            weights = TargetQuestionWeights.from_dict(_weights)

        target_question = cls(
            city=city,
            as_of=as_of,
            chain=chain,
            include_expired=include_expired,
            per_segment=per_segment,
            segment=segment,
            top=top,
            weights=weights,
        )

        return target_question
