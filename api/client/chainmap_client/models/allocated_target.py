from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.allocated_target_origin import AllocatedTargetOrigin

T = TypeVar("T", bound="AllocatedTarget")


@_attrs_define
class AllocatedTarget:
    """One place of a city's list.

    Attributes:
        also_pushed_to (list[str]):
        chain (str):
        chain_share (float): Engagement in the chain over the most engaged city's
        company (str):
        company_id (str):
        fit (float): 0 is the city's median candidate, 1 the mean of its own list
        home_city (str):
        neighbours (list[str]): Near cities whose lists seek the same segment, with the distance
        origin (AllocatedTargetOrigin): Whether it was in the city's own list, stands in for another, or is locked
        own_plan (bool): Whether a plan of the city itself names the segment
        own_rank (int | None): Rank in the city's own list; null: the limit per segment leaves it out there
        rank (int):
        score (float): As in the city's target list
        segment (str):
        segment_id (str):
    """

    also_pushed_to: list[str]
    chain: str
    chain_share: float
    company: str
    company_id: str
    fit: float
    home_city: str
    neighbours: list[str]
    origin: AllocatedTargetOrigin
    own_plan: bool
    own_rank: int | None
    rank: int
    score: float
    segment: str
    segment_id: str

    def to_dict(self) -> dict[str, Any]:
        also_pushed_to = self.also_pushed_to

        chain = self.chain

        chain_share = self.chain_share

        company = self.company

        company_id = self.company_id

        fit = self.fit

        home_city = self.home_city

        neighbours = self.neighbours

        origin = self.origin.value

        own_plan = self.own_plan

        own_rank: int | None
        own_rank = self.own_rank

        rank = self.rank

        score = self.score

        segment = self.segment

        segment_id = self.segment_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "also_pushed_to": also_pushed_to,
                "chain": chain,
                "chain_share": chain_share,
                "company": company,
                "company_id": company_id,
                "fit": fit,
                "home_city": home_city,
                "neighbours": neighbours,
                "origin": origin,
                "own_plan": own_plan,
                "own_rank": own_rank,
                "rank": rank,
                "score": score,
                "segment": segment,
                "segment_id": segment_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        also_pushed_to = cast(list[str], d.pop("also_pushed_to"))

        chain = d.pop("chain")

        chain_share = d.pop("chain_share")

        company = d.pop("company")

        company_id = d.pop("company_id")

        fit = d.pop("fit")

        home_city = d.pop("home_city")

        neighbours = cast(list[str], d.pop("neighbours"))

        origin = AllocatedTargetOrigin(d.pop("origin"))

        own_plan = d.pop("own_plan")

        def _parse_own_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        own_rank = _parse_own_rank(d.pop("own_rank"))

        rank = d.pop("rank")

        score = d.pop("score")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        allocated_target = cls(
            also_pushed_to=also_pushed_to,
            chain=chain,
            chain_share=chain_share,
            company=company,
            company_id=company_id,
            fit=fit,
            home_city=home_city,
            neighbours=neighbours,
            origin=origin,
            own_plan=own_plan,
            own_rank=own_rank,
            rank=rank,
            score=score,
            segment=segment,
            segment_id=segment_id,
        )

        return allocated_target
