from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.panorama_segment_state import PanoramaSegmentState
from ..types import UNSET, Unset

T = TypeVar("T", bound="PanoramaSegment")


@_attrs_define
class PanoramaSegment:
    """A segment as a chip of the panorama.

    Attributes:
        expected (float): Companies to be expected from the city's size
        id (str):
        kind (str): product or service
        n_companies (int): Companies of the roster in the city
        n_leaders (int):
        n_nation (int): Companies of the roster anywhere
        name (str):
        name_en (str):
        state (PanoramaSegmentState): strong, present, weak, absent, unknown (too little data)
        suppliers (list[str]): Segments that supply it, any chain
        theta (float): Posterior mean of the location quotient
        theta_high (float):
        theta_low (float): Lower end of its 90% interval
        users (list[str]): Segments it supplies, any chain
        gap_kind (None | str | Unset): build, fill, strengthen, extend
        gap_kind_zh (None | str | Unset):
        gap_rank (int | None | Unset): Rank among the chain's gaps
        gap_rank_high (int | None | Unset):
        gap_rank_low (int | None | Unset): Lower end of its 90% interval
        gap_score (float | None | Unset):
    """

    expected: float
    id: str
    kind: str
    n_companies: int
    n_leaders: int
    n_nation: int
    name: str
    name_en: str
    state: PanoramaSegmentState
    suppliers: list[str]
    theta: float
    theta_high: float
    theta_low: float
    users: list[str]
    gap_kind: None | str | Unset = UNSET
    gap_kind_zh: None | str | Unset = UNSET
    gap_rank: int | None | Unset = UNSET
    gap_rank_high: int | None | Unset = UNSET
    gap_rank_low: int | None | Unset = UNSET
    gap_score: float | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        expected = self.expected

        id = self.id

        kind = self.kind

        n_companies = self.n_companies

        n_leaders = self.n_leaders

        n_nation = self.n_nation

        name = self.name

        name_en = self.name_en

        state = self.state.value

        suppliers = self.suppliers

        theta = self.theta

        theta_high = self.theta_high

        theta_low = self.theta_low

        users = self.users

        gap_kind: None | str | Unset
        if isinstance(self.gap_kind, Unset):
            gap_kind = UNSET
        else:
            gap_kind = self.gap_kind

        gap_kind_zh: None | str | Unset
        if isinstance(self.gap_kind_zh, Unset):
            gap_kind_zh = UNSET
        else:
            gap_kind_zh = self.gap_kind_zh

        gap_rank: int | None | Unset
        if isinstance(self.gap_rank, Unset):
            gap_rank = UNSET
        else:
            gap_rank = self.gap_rank

        gap_rank_high: int | None | Unset
        if isinstance(self.gap_rank_high, Unset):
            gap_rank_high = UNSET
        else:
            gap_rank_high = self.gap_rank_high

        gap_rank_low: int | None | Unset
        if isinstance(self.gap_rank_low, Unset):
            gap_rank_low = UNSET
        else:
            gap_rank_low = self.gap_rank_low

        gap_score: float | None | Unset
        if isinstance(self.gap_score, Unset):
            gap_score = UNSET
        else:
            gap_score = self.gap_score

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "expected": expected,
                "id": id,
                "kind": kind,
                "n_companies": n_companies,
                "n_leaders": n_leaders,
                "n_nation": n_nation,
                "name": name,
                "name_en": name_en,
                "state": state,
                "suppliers": suppliers,
                "theta": theta,
                "theta_high": theta_high,
                "theta_low": theta_low,
                "users": users,
            }
        )
        if gap_kind is not UNSET:
            field_dict["gap_kind"] = gap_kind
        if gap_kind_zh is not UNSET:
            field_dict["gap_kind_zh"] = gap_kind_zh
        if gap_rank is not UNSET:
            field_dict["gap_rank"] = gap_rank
        if gap_rank_high is not UNSET:
            field_dict["gap_rank_high"] = gap_rank_high
        if gap_rank_low is not UNSET:
            field_dict["gap_rank_low"] = gap_rank_low
        if gap_score is not UNSET:
            field_dict["gap_score"] = gap_score

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        expected = d.pop("expected")

        id = d.pop("id")

        kind = d.pop("kind")

        n_companies = d.pop("n_companies")

        n_leaders = d.pop("n_leaders")

        n_nation = d.pop("n_nation")

        name = d.pop("name")

        name_en = d.pop("name_en")

        state = PanoramaSegmentState(d.pop("state"))

        suppliers = cast(list[str], d.pop("suppliers"))

        theta = d.pop("theta")

        theta_high = d.pop("theta_high")

        theta_low = d.pop("theta_low")

        users = cast(list[str], d.pop("users"))

        def _parse_gap_kind(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        gap_kind = _parse_gap_kind(d.pop("gap_kind", UNSET))

        def _parse_gap_kind_zh(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        gap_kind_zh = _parse_gap_kind_zh(d.pop("gap_kind_zh", UNSET))

        def _parse_gap_rank(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        gap_rank = _parse_gap_rank(d.pop("gap_rank", UNSET))

        def _parse_gap_rank_high(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        gap_rank_high = _parse_gap_rank_high(d.pop("gap_rank_high", UNSET))

        def _parse_gap_rank_low(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        gap_rank_low = _parse_gap_rank_low(d.pop("gap_rank_low", UNSET))

        def _parse_gap_score(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        gap_score = _parse_gap_score(d.pop("gap_score", UNSET))

        panorama_segment = cls(
            expected=expected,
            id=id,
            kind=kind,
            n_companies=n_companies,
            n_leaders=n_leaders,
            n_nation=n_nation,
            name=name,
            name_en=name_en,
            state=state,
            suppliers=suppliers,
            theta=theta,
            theta_high=theta_high,
            theta_low=theta_low,
            users=users,
            gap_kind=gap_kind,
            gap_kind_zh=gap_kind_zh,
            gap_rank=gap_rank,
            gap_rank_high=gap_rank_high,
            gap_rank_low=gap_rank_low,
            gap_score=gap_score,
        )

        return panorama_segment
