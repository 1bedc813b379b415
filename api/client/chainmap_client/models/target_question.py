from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.target_question_kind_type_0 import TargetQuestionKindType0
from ..models.target_question_mode_type_0 import TargetQuestionModeType0
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
        home (None | str | Unset): Province or city of the firms
        include_expired (bool | Unset):  Default: False.
        industries (list[str] | Unset): Groups or chains; only with mode industry
        kind (None | TargetQuestionKindType0 | Unset): Only firms ranked for gaps of this kind
        leader (None | str | Unset): Leading firm; only with mode leader
        listed (bool | None | Unset): Only firms that are (not) listed
        mode (None | TargetQuestionModeType0 | Unset): 产业链招商, 目标产业招商, 龙头引商, 优势资源引商
        per_segment (int | Unset): 0 is no limit Default: 3.
        segment (None | str | Unset):
        title (None | str | Unset): Only firms that bear this public title
        top (int | Unset):  Default: 20.
        weights (TargetQuestionWeights | Unset): What each family named is multiplied by; the others by 1
    """

    city: str
    as_of: datetime.date | None | Unset = UNSET
    chain: None | str | Unset = UNSET
    home: None | str | Unset = UNSET
    include_expired: bool | Unset = False
    industries: list[str] | Unset = UNSET
    kind: None | TargetQuestionKindType0 | Unset = UNSET
    leader: None | str | Unset = UNSET
    listed: bool | None | Unset = UNSET
    mode: None | TargetQuestionModeType0 | Unset = UNSET
    per_segment: int | Unset = 3
    segment: None | str | Unset = UNSET
    title: None | str | Unset = UNSET
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

        home: None | str | Unset
        if isinstance(self.home, Unset):
            home = UNSET
        else:
            home = self.home

        include_expired = self.include_expired

        industries: list[str] | Unset = UNSET
        if not isinstance(self.industries, Unset):
            industries = self.industries

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        elif isinstance(self.kind, TargetQuestionKindType0):
            kind = self.kind.value
        else:
            kind = self.kind

        leader: None | str | Unset
        if isinstance(self.leader, Unset):
            leader = UNSET
        else:
            leader = self.leader

        listed: bool | None | Unset
        if isinstance(self.listed, Unset):
            listed = UNSET
        else:
            listed = self.listed

        mode: None | str | Unset
        if isinstance(self.mode, Unset):
            mode = UNSET
        elif isinstance(self.mode, TargetQuestionModeType0):
            mode = self.mode.value
        else:
            mode = self.mode

        per_segment = self.per_segment

        segment: None | str | Unset
        if isinstance(self.segment, Unset):
            segment = UNSET
        else:
            segment = self.segment

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

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
        if home is not UNSET:
            field_dict["home"] = home
        if include_expired is not UNSET:
            field_dict["include_expired"] = include_expired
        if industries is not UNSET:
            field_dict["industries"] = industries
        if kind is not UNSET:
            field_dict["kind"] = kind
        if leader is not UNSET:
            field_dict["leader"] = leader
        if listed is not UNSET:
            field_dict["listed"] = listed
        if mode is not UNSET:
            field_dict["mode"] = mode
        if per_segment is not UNSET:
            field_dict["per_segment"] = per_segment
        if segment is not UNSET:
            field_dict["segment"] = segment
        if title is not UNSET:
            field_dict["title"] = title
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

        def _parse_home(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        home = _parse_home(d.pop("home", UNSET))

        include_expired = d.pop("include_expired", UNSET)

        industries = cast(list[str], d.pop("industries", UNSET))

        def _parse_kind(data: object) -> None | TargetQuestionKindType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_0 = TargetQuestionKindType0(data)

                return kind_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TargetQuestionKindType0 | Unset, data)

        kind = _parse_kind(d.pop("kind", UNSET))

        def _parse_leader(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        leader = _parse_leader(d.pop("leader", UNSET))

        def _parse_listed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        listed = _parse_listed(d.pop("listed", UNSET))

        def _parse_mode(data: object) -> None | TargetQuestionModeType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                mode_type_0 = TargetQuestionModeType0(data)

                return mode_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TargetQuestionModeType0 | Unset, data)

        mode = _parse_mode(d.pop("mode", UNSET))

        per_segment = d.pop("per_segment", UNSET)

        def _parse_segment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        segment = _parse_segment(d.pop("segment", UNSET))

        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))

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
            home=home,
            include_expired=include_expired,
            industries=industries,
            kind=kind,
            leader=leader,
            listed=listed,
            mode=mode,
            per_segment=per_segment,
            segment=segment,
            title=title,
            top=top,
            weights=weights,
        )

        return target_question
